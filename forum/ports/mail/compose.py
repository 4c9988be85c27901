"""Composing a mail: a plain-text template, in one language, with values that stay text.

The first line of a template is the subject.  Templates are files of the product; nobody writes one in
the browser, and a value is never read as markup or as a template.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel.dates import format_skeleton, format_time
from babel.lists import format_list
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forum.core.bilingual import READER, TextState
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.core.text import clean_line
from forum.paths import TEMPLATES

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}


@lru_cache(maxsize=4)
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "mail"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    speak = translator(language)
    locale = LOCALES[language]
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        speak.gettext, speak.ngettext, newstyle=True
    )

    def moment(value: Any, zone: Any) -> str:
        local = value.astimezone(zone).replace(tzinfo=None)
        return f"{format_skeleton('yMMMEd', local, locale=locale)} {format_time(local, 'HH:mm', locale=locale)}"

    environment.filters["moment"] = moment
    environment.filters["label"] = lambda value, labels: speak(labels.get(str(value), str(value)))
    environment.filters["line"] = lambda value: clean_line(str(value))
    environment.globals["language"] = language
    return environment


def compose(template: str, language: str, **facts: Any) -> tuple[str, str]:
    """Return subject and body of a mail."""
    text = _environment(language).get_template(f"{template}.txt").render(**facts)
    subject, _, body = text.partition("\n")
    return clean_line(subject)[:300], body.strip() + "\n" + _foot(text, language)


def _foot(text: str, language: str) -> str:
    """Return the line that names the machine translations in a mail, or nothing."""
    reader = READER.get()
    found = reader.doubtful() if reader is not None else {}
    machine = [name for name, (_language, state) in found.items() if state is TextState.MACHINE and name in text]
    if not machine:
        return ""
    named = format_list([f"“{name}”" for name in machine], locale=LOCALES[language])
    return "\n" + translator(language)(N_("Machine translation, not reviewed: %(texts)s."), texts=named) + "\n"
