"""From facts to the values of a sentence in one language.

Conflicts, changes and import findings carry a catalogue key and facts: bilingual texts, wall times,
words and numbers.  ``said`` turns the facts into strings, so that one sentence can be said in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from babel import Locale

from forum.core.bilingual import Text
from forum.core.refusals import Word


class LanguageName(str):
    """A fact inside a sentence that is a language code and is said as the name of the language."""

    __slots__ = ()

    def in_language(self, language: str) -> str:
        """Return its name in English or Chinese; an unknown code stays a code."""
        names: Mapping[str, str] = Locale.parse("zh_Hans" if language == "zh" else "en").languages
        return names.get(str(self), str(self))


def numeric_moment(moment: date, _language: str) -> str:
    """Return a date, with its time where it has one, in figures that read the same in every language."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"


def said(
    facts: Mapping[str, object],
    language: str,
    translate: Callable[[str], str],
    moment: Callable[[date, str], str] = numeric_moment,
) -> dict[str, Any]:
    """Return the facts as the values of the placeholders of a sentence in that language.

    A text falls back to its other side, a ``Word`` goes through the catalogue, a tuple becomes a list
    with the comma of the language, numbers stay numbers.
    """
    comma = "、" if language == "zh" else ", "

    def one(value: object) -> Any:
        if isinstance(value, Text):
            return value.shown(language).text
        if isinstance(value, LanguageName):
            return value.in_language(language)
        if isinstance(value, Word):
            return translate(str(value))
        if isinstance(value, date):
            return moment(value, language)
        if isinstance(value, tuple):
            return comma.join(str(one(part)) for part in value)
        return value

    return {name: one(value) for name, value in facts.items()}


def sentence(
    message: str,
    facts: Mapping[str, object],
    language: str,
    translate: Callable[[str], str],
    moment: Callable[[date, str], str] = numeric_moment,
) -> str:
    """Return the whole sentence in that language; ``translate`` is its gettext."""
    spoken = translate(message)
    values = said(facts, language, translate, moment)
    return spoken % values if values else spoken
