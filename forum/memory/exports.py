"""The memory as a file."""

from __future__ import annotations

from collections.abc import Iterable

from forum.memory.models import MemorySegment
from forum.ports.exchange import tmx
from forum.ports.exchange.tmx import TmxUnit

WRITING = "1"  # how we write such files; another number when that changes


def as_tmx(segments: Iterable[MemorySegment]) -> bytes:
    """Return segments as TMX 1.4; context, origin and quality travel as properties, and no person is named."""
    return tmx.encode(map(unit_of, segments), tool="Forum", version=WRITING, source_lang="")


def unit_of(segment: MemorySegment) -> TmxUnit:
    """Return a segment as a unit."""
    known = (
        ("x-context", segment.context),
        ("x-origin", str(segment.origin)),
        ("x-quality", str(segment.quality)),
    )
    return TmxUnit(
        ((segment.src_lang, segment.src), (segment.tgt_lang, segment.tgt)),
        segment.public_id,
        properties=tuple(pair for pair in known if pair[1]),
        created_at=segment.at.replace(microsecond=0),
        used=segment.used,
    )
