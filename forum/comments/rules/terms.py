"""Terms that a glossary fixes: whether both languages of a comment use them.  Warnings, never a bar."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term in English and every Chinese word that renders it."""

    en: str
    zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingTerm:
    """A term that stands in one language, and what the other should have."""

    term: str
    wanted: tuple[str, ...]
    language: str  # in which it is missing


def missing_terms(english: str, chinese: str, terms: Iterable[Term]) -> list[MissingTerm]:
    """Return the terms that one side uses and the other renders by other words; longest first, spans counted once."""
    if not english.strip() or not chinese.strip():
        return []
    ordered = sorted(terms, key=lambda term: (-len(term.en), term.en))
    found, text = [], english.casefold()
    for term in ordered:
        text, stands = _taken_out(text, _pattern(term.en))
        if stands and not any(word in chinese for word in term.zh):
            found.append(MissingTerm(term.en, term.zh, "zh"))
    rest = chinese
    for term in sorted(ordered, key=lambda term: -max(map(len, term.zh))):
        used = [word for word in term.zh if word in rest]
        for word in used:
            rest = rest.replace(word, "\0")
        if used and not _pattern(term.en).search(english.casefold()) and not _elsewhere(used, ordered, english):
            found.append(MissingTerm(used[0], (term.en,), "en"))
    return found


def _elsewhere(used: list[str], terms: list[Term], english: str) -> bool:
    """Tell whether another English term that the same Chinese word renders stands in the text."""
    return any(set(used) & set(term.zh) and _pattern(term.en).search(english.casefold()) for term in terms)


def _pattern(term: str) -> re.Pattern[str]:
    words = re.escape(term.casefold())
    plural = rf"{words[:-1]}(?:y|ies)" if words.endswith("y") else rf"{words}(?:s|es)?"
    return re.compile(rf"(?<!\w){plural}(?!\w)")


def _taken_out(text: str, pattern: re.Pattern[str]) -> tuple[str, bool]:
    replaced, count = pattern.subn("\0", text)
    return replaced, bool(count)
