"""Cutting a text into paragraphs and sentences, English and Chinese alike, so that the pieces join back exactly.

A sentence ends at 。！？ with the closing signs behind it; at . ! ? only where white space follows and what comes
next begins a sentence.  Abbreviations, initials, numbers of clauses and references such as ISO 37101:2016 end nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_CLOSING = "\"'”’」』）》〉】)\\]}"
_OPENING = "\"'“‘「『（《〈【(\\[{"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_END = re.compile(rf"[。！？]+[{_CLOSING}]*\s*|[.!?]+[{_CLOSING}]*(\s+)|\s*\n\s*")
_NEXT = re.compile(rf"[{_OPENING}]*[A-ZÀ-ÖØ-Þ0-9{_HAN}]|[{_OPENING}*•–—-]")
_WORD_BEFORE = re.compile(r"([\w.&/:-]+)\Z")
_INITIAL = re.compile(r"(?:\w\.)*[^\W\d_]\Z")  # J. or U.S.
_NUMBERED = re.compile(r"(?:^|\n)[ \t]*(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)*|[ivxIVX]+)\Z")
# Behind these a full stop never ends a sentence, for something always follows them; behind the
# others it ends none where a number follows.
_ALWAYS = frozenset(
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "rev", "hon", "messrs", "vs", "e.g", "i.e", "cf", "viz", "ed",
        "eds", "approx", "resp", "incl", "excl", "dept", "gov", "gen", "col",
    }
)  # fmt: skip
_BEFORE_NUMBERS = frozenset(
    {
        "no", "nos", "fig", "figs", "vol", "vols", "p", "pp", "art", "sec", "ch", "para", "eq", "amd", "cor",
        "tel", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment and the white space behind it; a piece in front of the first words may hold blanks alone."""

    text: str
    tail: str = ""

    @property
    def ends_paragraph(self) -> bool:
        """Tell whether a new line begins behind it."""
        return "\n" in self.tail


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the sentences of a text with what stands between them: ``joined(pieces(text)) == text``."""
    found, start = [], 0
    for end in _ends(text):
        found.append(_piece(text[start:end]))
        start = end
    if start < len(text):
        found.append(_piece(text[start:]))
    return tuple(found)


def paragraphs(text: str) -> tuple[Piece, ...]:
    """Return the lines of a text with what stands between them; they join back as sentences do."""
    found, start = [], 0
    for match in re.finditer(r"\s*\n\s*", text):
        found.append(_piece(text[start : match.end()]))
        start = match.end()
    if start < len(text):
        found.append(_piece(text[start:]))
    return tuple(found)


def joined(parts: Iterable[Piece]) -> str:
    """Return the text that was cut."""
    return "".join(part.text + part.tail for part in parts)


def segments(text: str) -> tuple[str, ...]:
    """Return the sentences alone, without the white space around them and without empty ones."""
    return tuple(words for piece in pieces(text) if (words := piece.text.strip()))


def assembled(parts: Sequence[Piece], texts: Sequence[str], language: str) -> str:
    """Return translations of the pieces as one text: lines end where they did, sentences are joined as written there.

    English puts a blank between sentences, Chinese none.  ``texts`` has one text for each piece.
    """
    blank = "" if language == "zh" else " "
    made = []
    for place, (part, text) in enumerate(zip(parts, texts, strict=True)):
        last = place == len(parts) - 1
        made.append(text.strip() + (part.tail if part.ends_paragraph else "" if last or not text.strip() else blank))
    return "".join(made)


def pairs(source: str, target: str) -> tuple[tuple[str, str], ...]:
    """Return the segments of both sides side by side; unequal in number, the whole texts are one pair."""
    left, right = segments(source), segments(target)
    if len(left) == len(right) and len(left) > 1 and _lines(source) == _lines(target):
        return tuple(zip(left, right, strict=True))
    whole = source.strip(), target.strip()
    return (whole,) if all(whole) else ()


def _lines(text: str) -> tuple[int, ...]:
    """Return how many sentences each line has: as many in all isn't enough for them to belong together."""
    return tuple(len(segments(line.text)) for line in paragraphs(text.strip()))


def _piece(words: str) -> Piece:
    kept = words.rstrip()
    return Piece(kept, words[len(kept) :])


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match.end() == len(text):
            continue
        if match.group(1) is None or "\n" in match.group(1) or _ends_sentence(text, match):
            yield match.end()


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether a full stop, or a mark, with a blank behind it ends a sentence of a Latin script."""
    if not _NEXT.match(text, match.end()):
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    before = text[max(0, match.start() - 40) : match.start()]
    if _NUMBERED.search(text[max(0, match.start() - 12) : match.start()]) and _begins_line(text, match.start()):
        return False
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    last = word.group(1)
    if _INITIAL.fullmatch(last) or last.casefold() in _ALWAYS:
        return False
    return not (last.casefold() in _BEFORE_NUMBERS and text[match.end()].isdigit())


def _begins_line(text: str, end: int) -> bool:
    """Tell whether nothing but a number stands between the beginning of the line and the full stop."""
    line = text[text.rfind("\n", 0, end) + 1 : end].strip()
    return bool(_NUMBERED.fullmatch(line))
