"""Composing a mail: a plain-text template, in one language, with values that stay text.

The first line of a template is the subject.  Templates are files of the product; nobody writes one in
the browser, and a value is never read as markup or as a template.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel.dates import format_skeleton, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forum.core.catalogue import translator
from forum.core.text import clean_line
from forum.paths import TEMPLATES


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
    locale = "zh_Hans_CN" if language == "zh" else "en_GB"
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
    return clean_line(subject)[:300], body.strip() + "\n"
