"""The memory as a list: searched, page by page; and whole, for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from forum.core.database import session
from forum.memory.models import MemorySegment
from forum.memory.rules.normalising import normalised

_IN_ONE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty means everything."""

    words: str = ""  # in either side
    source_lang: str = ""
    origin: str = ""


def page(wanted: Wanted, *, offset: int, limit: int) -> tuple[Sequence[MemorySegment], int]:
    """Return a page of segments, the latest first, and how many there are in all."""
    query = _narrowed(select(MemorySegment), wanted)
    count = session.scalar(_narrowed(select(func.count()).select_from(MemorySegment), wanted)) or 0
    order = (MemorySegment.at.desc(), MemorySegment.id.desc())
    return session.scalars(query.order_by(*order).offset(offset).limit(limit)).all(), count


def by_public_id(public_id: str) -> MemorySegment | None:
    """Return a segment, or None."""
    return session.scalar(select(MemorySegment).where(MemorySegment.public_id == public_id))


def everything(wanted: Wanted | None = None) -> Iterator[MemorySegment]:
    """Yield every segment in the order in which it came, without holding all at once."""
    last = 0
    while True:
        query = _narrowed(select(MemorySegment), wanted or Wanted()).where(MemorySegment.id > last)
        rows = session.scalars(query.order_by(MemorySegment.id).limit(_IN_ONE)).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].id
        session.expunge_all()


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.source_lang:
        query = query.where(MemorySegment.src_lang == wanted.source_lang)
    if wanted.origin:
        query = query.where(MemorySegment.origin == wanted.origin)
    if norm := normalised(wanted.words):
        pattern = "%" + norm.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        in_target = func.lower(MemorySegment.tgt).like(pattern, escape="\\")
        query = query.where(MemorySegment.src_norm.like(pattern, escape="\\") | in_target)
    return query
