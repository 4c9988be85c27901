"""Suggestions for a text: the best that the memory holds, exactly as if every segment had been scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import select

from forum.core.database import session
from forum.memory.models import MemorySegment, SegmentOrigin, source_key_of
from forum.memory.queries.shelf import SHELF, Side, is_tentative
from forum.memory.rules import scoring
from forum.memory.rules.normalising import normalised, tokens
from forum.memory.rules.numbers import fitted, skeleton

LONGEST = 5000  # characters of a text for which suggestions are looked up
_LEAST = (scoring.CUT * 2 - 1) / 100  # what both similarities add up to at the cut, which is rounded
_IN_ONE = 24  # rows asked for by one statement


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation that the memory offers; nothing is ever put in without a person."""

    segment_id: str  # public
    score: int
    source: str
    target: str  # with the numbers of the text, where only they differ
    stored_target: str
    origin: SegmentOrigin
    quality: int
    context: str
    by: str
    at: datetime

    @property
    def numbers_changed(self) -> bool:
        """Tell whether other numbers were put in."""
        return self.target != self.stored_target


def forget() -> None:
    """Let go of what this process holds of the memory; it is read again when it is needed."""
    SHELF.forget()


def is_reading() -> bool:
    """Tell whether this process has yet to read much of the memory: then it answers with the same sources at least."""
    return SHELF.behind


def suggest(
    text: str, source: str, target: str, *, most: int = scoring.MOST, context: str = "", wait: bool = False
) -> list[Suggestion]:
    """Return the best suggestions, highest score first, each translation once.

    ``context`` decides between equal scores alone; then quality, then the latest.  ``wait``: until this process has
    read what it lacks, which takes seconds for a large memory; else ``is_reading`` tells that there may be more.
    """
    norm = normalised(text)
    if not norm or len(norm) > LONGEST or most < 1:
        return []
    try:
        return _found(text, norm, (source, target), most, context, wait=wait)
    finally:
        if is_tentative():
            SHELF.forget()  # others of this process must not see what may be rolled back


def _found(
    text: str, norm: str, languages: tuple[str, str], most: int, context: str, *, wait: bool
) -> list[Suggestion]:
    with SHELF.lock:
        side = SHELF.side(*languages, wait=wait)
        sure = side.same.get(norm, set()) | side.alike.get(skeleton(norm), set())
        if SHELF.behind:
            key = source_key_of(*languages, norm)
            sure = sure | set(session.scalars(select(MemorySegment.id).where(MemorySegment.source_key == key)))
        near = _near(side, norm)
        machine = side.machine & {number for _, number, _ in near}
    best = _best(_offers(text, norm, _rows(sure)), most, context)
    if len(best) >= most and best[-1].score > scoring.FUZZY_MOST:
        return best
    ranked = _ranked([each for each in near if each[1] not in sure], norm, machine)
    while batch := list(islice(ranked, _IN_ONE)):
        if len(best) >= most and batch[0][0] < best[-1].score:
            break
        best = _best([*best, *_offers(text, norm, _rows(number for _, number in batch))], most, context)
        if len(best) >= most and batch[-1][0] < best[-1].score:
            break
    return best


def _ranked(near: list[tuple[float, int, str]], norm: str, machine: set[int]) -> Iterator[tuple[int, int]]:
    """Yield score and id, the best first, and score no more texts by their tokens than that takes.

    ``near`` comes by character similarity; what follows can't score more than its characters allow.
    """
    waiting: list[tuple[int, int]] = []
    words, place = tokens(norm), 0
    while True:
        while place < len(near) and (not waiting or scoring.at_best(near[place][0]) >= -waiting[0][0]):
            share, number, other = near[place]
            score = scoring.mean_of(share, words, tokens(other)) - scoring.MACHINE_LOSS * (number in machine)
            if score >= scoring.CUT:
                heappush(waiting, (-score, number))
            place += 1
        if not waiting:
            return
        score, number = heappop(waiting)
        yield -score, number


def _near(side: Side, norm: str) -> list[tuple[float, int, str]]:
    """Return similarity, id and normalised source of what is near enough by its characters, the nearest first."""
    found: list[tuple[float, int, str]] = []
    for near in side.near(tokens(norm), _LEAST):
        hits = process.extract(
            norm, near.norms, scorer=Levenshtein.normalized_similarity, score_cutoff=near.share, limit=None
        )
        found += [(share, near.ids[place], other) for other, share, place in hits]
    return sorted(found, reverse=True)


def _rows(numbers: Iterable[int]) -> Sequence[MemorySegment]:
    ids = sorted(numbers)
    if not ids:
        return ()
    return session.scalars(select(MemorySegment).where(MemorySegment.id.in_(ids))).all()


def _offers(text: str, norm: str, rows: Iterable[MemorySegment]) -> Iterator[Suggestion]:
    for row in rows:
        score, translation = _offer(text, norm, row)
        score -= scoring.MACHINE_LOSS if row.origin == SegmentOrigin.MACHINE else 0
        if score >= scoring.CUT:
            yield Suggestion(
                segment_id=row.public_id,
                score=score,
                source=row.src,
                target=translation,
                stored_target=row.tgt,
                origin=row.origin,
                quality=row.quality,
                context=row.context,
                by=row.by,
                at=row.at,
            )


def _offer(text: str, norm: str, row: MemorySegment) -> tuple[int, str]:
    if row.src == text:
        return scoring.IDENTICAL, row.tgt
    if row.src_norm == norm:
        return scoring.SAME, row.tgt
    if skeleton(row.src_norm) == skeleton(norm) and (put := fitted(text, row.src, row.tgt)) is not None:
        return scoring.NUMBERS, put.text
    return scoring.likeness(norm, row.src_norm), row.tgt


def _best(offers: Iterable[Suggestion], most: int, context: str) -> list[Suggestion]:
    ordered = sorted(
        offers,
        key=lambda one: (-one.score, one.context != context, -one.quality, -one.at.timestamp(), one.segment_id),
    )
    kept: dict[str, Suggestion] = {}
    for one in ordered:
        kept.setdefault(one.target, one)
    return list(kept.values())[:most]
