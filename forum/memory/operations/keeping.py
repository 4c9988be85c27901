"""Taking one segment out, with its reason, and counting how often one was put in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.memory.errors import ReasonNeeded
from forum.memory.models import MemorySegment
from forum.memory.operations.learning import remove
from forum.memory.operations.revising import next_revision


def delete(public_id: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take a segment out for a reason.  Raises ``ReasonNeeded``, and ``NotFound`` when it is gone already."""
    why = clean(reason)
    if not why:
        raise ReasonNeeded
    audit.record(actor, "delete_memory_segment", "memory_segment", public_id, now=now)
    revision = next_revision()
    segment = session.scalar(select(MemorySegment).where(MemorySegment.public_id == public_id))
    if segment is None:
        raise NotFound
    remove([segment], why[:500], revision, actor=actor, now=now)


def note_use(public_id: str) -> bool:
    """Count that somebody put a suggestion in; tell whether the segment is still there."""
    counted = session.execute(
        update(MemorySegment).where(MemorySegment.public_id == public_id).values(used=MemorySegment.used + 1),
        execution_options={"synchronize_session": False},
    )
    return bool(getattr(counted, "rowcount", 0))
