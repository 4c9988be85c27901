"""The copies that lists need of a concept: its first words, their keys and letters, the forms to find it by."""

from __future__ import annotations

from collections.abc import Iterable

from forum.core.text import fold, pinyin_key, search_forms
from forum.terms.models import TermConcept, TermRendering
from forum.terms.states import Use

_ORDER = {Use.PREFERRED: 0, Use.ADMITTED: 1, Use.DEPRECATED: 2, Use.FORBIDDEN: 3}


def rank(row: TermRendering) -> tuple[int, bool, bool, int]:
    """Return by what the words of one language are ordered: what is preferred and sure first."""
    return _ORDER[row.use], not row.is_sure, bool(row.owner), row.id or 0


def ordered(rows: Iterable[TermRendering], lang: str) -> list[TermRendering]:
    """Return the words of one language, the most fitting first."""
    return sorted((row for row in rows if row.lang == lang), key=rank)


def letter_of(text: str) -> str:
    """Return under which letter a word stands: Chinese by its pinyin; what has none stands under #."""
    sign = fold(pinyin_key(text))[:1].upper()
    return sign if sign.isascii() and sign.isalpha() else "#"


def settle(concept: TermConcept) -> None:
    """Bring the copies up to date; call after every change of a word."""
    english, chinese = ordered(concept.renderings, "en"), ordered(concept.renderings, "zh")
    concept.head_en = english[0].text if english else ""
    concept.head_zh = chinese[0].text if chinese else ""
    lead_en, lead_zh = concept.head_en or concept.head_zh, concept.head_zh or concept.head_en
    concept.sort_en, concept.sort_zh = pinyin_key(lead_en), pinyin_key(lead_zh)
    concept.letter_en, concept.letter_zh = letter_of(lead_en), letter_of(lead_zh)
    concept.search = search_forms(*(row.text for row in (*english, *chinese)))
