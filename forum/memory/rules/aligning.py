"""A text and its translation, segment beside segment: cut for working on it, joined again without losing anything.

A line whose two sides have as many sentences is cut into sentences, any other line stays whole; and where the two
sides haven't as many lines, they can't be laid side by side.  Marks of lists and headings, line breaks and the blanks
between sentences belong to no segment: they are kept as the translation has them, or as the source has them where
there is no translation yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forum.memory.rules.segmenting import Piece, paragraphs, pieces

_HEAD = re.compile(r"\s*(?:(?:#{1,6}|>|[*+•–-]|\d{1,3}[.)])\s+)*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment of the source beside its translation, and what stands around the latter."""

    source: str
    target: str
    head: str  # such as the mark of a list
    tail: str  # white space behind
    source_end: int  # where the next one begins in the source, and in the translation
    target_end: int


def side_by_side(source: str, target: str, language: str) -> tuple[Pair, ...]:
    """Return the segments of both sides; none where they haven't as many lines.

    ``language`` is that of the translation: English puts a blank between sentences, Chinese none.
    """
    ours, theirs = _lines(source), _lines(target)
    if not target.strip():
        theirs = [None] * len(ours)
    if len(ours) != len(theirs):
        return ()
    found: list[Pair] = []
    source_end = target_end = 0
    for mine, its in zip(ours, theirs, strict=True):
        for pair in _pairs(mine, its, " " if language == "en" else ""):
            source_end += pair.source_end
            target_end += pair.target_end
            found.append(Pair(pair.source, pair.target, pair.head, pair.tail, source_end, target_end))
    return tuple(found)


def put_together(pairs: Sequence[Pair], texts: Sequence[str]) -> str:
    """Return translations of the segments as one text; unchanged ones give the translation as it was.

    ``texts`` has one text for each pair; where all are empty there is no translation.
    """
    if not any(text.strip() for text in texts):
        return ""
    made = []
    for pair, text in zip(pairs, texts, strict=True):
        words = text.strip()
        marked = _HEAD.match(words)
        head = "" if pair.head.strip() and marked and marked.group().strip() else pair.head
        made.append(head + words + pair.tail)
    return "".join(made).strip()


def _lines(text: str) -> list[Piece | None]:
    return [line for line in paragraphs(text.strip()) if line.text.strip()]


def _pairs(mine: Piece | None, its: Piece | None, blank: str) -> Iterator[Pair]:
    """Yield the pairs of one line; their ends are lengths."""
    mark, ours = _cut(mine)
    head, theirs = _cut(its)
    if its is None:
        last = mine.tail if mine else ""
        for place, each in enumerate(ours):
            tail = last if place == len(ours) - 1 else blank
            yield Pair(each.text, "", mark if place == 0 else "", tail, _length(each, mark, place), 0)
        return
    if len(ours) != len(theirs):
        ours, theirs = [_whole(mine, mark)], [_whole(its, head)]
    for place, (left, right) in enumerate(zip(ours, theirs, strict=True)):
        sizes = _length(left, mark, place), _length(right, head, place)
        yield Pair(left.text, right.text, head if place == 0 else "", right.tail, *sizes)


def _length(piece: Piece, head: str, place: int) -> int:
    return len(piece.text) + len(piece.tail) + (0 if place else len(head))


def _cut(line: Piece | None) -> tuple[str, list[Piece]]:
    """Return the mark of a line, and its sentences; the last one has the line's end behind it."""
    if line is None:
        return "", []
    head = _head(line)
    found = list(pieces(line.text[len(head) :]))
    return head, [*found[:-1], Piece(found[-1].text, found[-1].tail + line.tail)]


def _whole(line: Piece | None, head: str) -> Piece:
    return Piece(line.text[len(head) :], line.tail) if line else Piece("")


def _head(line: Piece) -> str:
    found = _HEAD.match(line.text)
    head = found.group() if found else ""
    return head if len(head) < len(line.text) else ""
