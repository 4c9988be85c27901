"""Taking a file of segments in: compared first, told in counts, and nothing that is there is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.core.text import clean
from forum.memory.models import QUALITY, QUALITY_OF_ANOTHER, MemorySegment, SegmentOrigin, key_of, source_key_of
from forum.memory.operations.revising import next_revision
from forum.memory.rules.normalising import normalised

LONGEST = 20_000  # characters of one side
_IN_ONE = 500  # keys asked for, or rows written, by one statement
NOTES = 50  # places that are told of each kind


@dataclass(frozen=True, slots=True)
class Offered:
    """A pair as a file has it."""

    source_lang: str
    target_lang: str
    source: str
    target: str
    line: int = 0
    unit: str = ""
    context: str = ""


@dataclass(slots=True)
class Summary:
    """What an import came to, or would come to: counts, and the places of what is told."""

    read: int = 0
    new: int = 0
    known: int = 0  # there already, word for word
    another: int = 0  # the same source has another translation: kept beside it, with lower quality
    too_long: int = 0
    another_at: list[tuple[int, str]] = field(default_factory=list)  # (line, source)


@dataclass(slots=True)
class _Standing:
    """What the memory has of one source, in whatever context: in the database, or from this file."""

    targets: set[str] = field(default_factory=set)
    variants: dict[str, int] = field(default_factory=dict)  # the highest under each key


def preview(pairs: Sequence[Offered]) -> Summary:
    """Return what an import would come to; nothing is changed."""
    summary = Summary()
    for _ in _rows(pairs, summary, now=None, by=""):
        pass
    return summary


def take_in(pairs: Sequence[Offered], *, actor: Actor, now: datetime) -> Summary:
    """Take pairs in.  Whatever is there stays as it is; flushes."""
    summary = Summary()
    audit.record(actor, "begin_memory_import", "memory", "all", now=now, offered=len(pairs))
    revision = next_revision()
    rows = []
    for row in _rows(pairs, summary, now=now, by=actor.reference):
        rows.append(row | {"revision": revision, "public_id": public_id()})
        if len(rows) >= _IN_ONE:
            session.execute(insert(MemorySegment), rows)
            rows = []
    if rows:
        session.execute(insert(MemorySegment), rows)
    audit.record(
        actor,
        "import_memory",
        "memory",
        "all",
        now=now,
        revision=revision,
        read=summary.read,
        new=summary.new,
        known=summary.known,
        another=summary.another,
    )
    return summary


def _rows(pairs: Sequence[Offered], summary: Summary, *, now: datetime | None, by: str) -> Iterator[dict[str, Any]]:
    """Yield the rows that are to be written, and count what isn't."""
    held: dict[str, _Standing] = {}
    for start in range(0, len(pairs), _IN_ONE):
        batch = [_cleaned(each) for each in pairs[start : start + _IN_ONE]]
        _look_up({_source_key(each) for each in batch} - held.keys(), held)
        for each in batch:
            summary.read += 1
            if max(len(each.source), len(each.target)) > LONGEST or not normalised(each.source):
                summary.too_long += 1
                continue
            standing = held[_source_key(each)]
            if each.target in standing.targets:
                summary.known += 1
                continue
            first = not standing.targets
            if first:
                summary.new += 1
            else:
                summary.another += 1
                if len(summary.another_at) < NOTES:
                    summary.another_at.append((each.line, each.source[:80]))
            yield _row(each, standing, now, by)


def _row(pair: Offered, standing: _Standing, now: datetime | None, by: str) -> dict[str, Any]:
    quality = QUALITY_OF_ANOTHER if standing.targets else QUALITY[SegmentOrigin.IMPORTED]
    norm = normalised(pair.source)
    key = key_of(pair.source_lang, pair.target_lang, norm, pair.context)
    variant = standing.variants.get(key, -1) + 1
    standing.targets.add(pair.target)
    standing.variants[key] = variant
    return {
        "src_lang": pair.source_lang,
        "tgt_lang": pair.target_lang,
        "src": pair.source,
        "tgt": pair.target,
        "src_norm": norm,
        "context": pair.context,
        "key": key,
        "source_key": _source_key(pair),
        "variant": variant,
        "origin": SegmentOrigin.IMPORTED,
        "quality": quality,
        "by": by,
        "at": now,
    }


def _cleaned(pair: Offered) -> Offered:
    return Offered(
        pair.source_lang,
        pair.target_lang,
        clean(pair.source),
        clean(pair.target),
        pair.line,
        pair.unit,
        clean(pair.context)[:200],
    )


def _source_key(pair: Offered) -> str:
    return source_key_of(pair.source_lang, pair.target_lang, normalised(pair.source))


def _look_up(keys: Iterable[str], held: dict[str, _Standing]) -> None:
    wanted = sorted(keys)
    for source_key in wanted:
        held[source_key] = _Standing()
    columns = (MemorySegment.source_key, MemorySegment.key, MemorySegment.tgt, MemorySegment.variant)
    for source_key, key, target, variant in session.execute(
        select(*columns).where(MemorySegment.source_key.in_(wanted))
    ):
        standing = held[source_key]
        standing.targets.add(target)
        standing.variants[key] = max(standing.variants.get(key, -1), variant)
