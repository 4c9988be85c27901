"""What the addresses of the memory name: a segment, and a file that waits for the one who handed it in."""

from __future__ import annotations

import io
from datetime import datetime

from sqlalchemy import select

from forum.core.actor import Actor
from forum.core.database import session
from forum.memory.models import MemorySegment
from forum.memory.operations.handing_in import hand_in
from forum.ports.exchange.tmx import TmxUnit, encode
from tests.cast import Cast
from tests.memory.house import taught


def furnish(_cast: Cast, _now: datetime) -> dict[str, dict[str, str]]:
    """One segment of each side; a file of nobody who is tried waits, so that it opens for nobody."""
    found = {}
    for side, words in (("own", "One city."), ("other", "Two cities.")):
        taught(words, "城市。", record=side)
        number = session.scalars(select(MemorySegment.public_id).where(MemorySegment.src == words)).one()
        content = encode([TmxUnit((("en", words), ("zh", "甲")))], tool="Forum", version="1")
        kept = hand_in(io.BytesIO(content), "memory.tmx", actor=Actor(f"account:{side}"))
        found[side] = {"segment_id": number, "import_id": kept.public_id}
    return found
