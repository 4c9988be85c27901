"""A file at the desk: handed in, looked at, taken in or let go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import delete, select

from forum.core.actor import Actor
from forum.core.database import session
from forum.memory.errors import PreviewOver
from forum.memory.models import MemoryImport
from forum.memory.operations.importing import Offered, Summary, take_in
from forum.ports.files import keeping
from forum.ports.files.kinds import Kind


def hand_in(stream: BinaryIO | None, filename: str | None, *, actor: Actor) -> MemoryImport:
    """Keep a file until somebody has seen its preview; one that this person left waiting goes.

    Raises a ``FileRefused``.
    """
    for former in session.scalars(select(MemoryImport).where(MemoryImport.account_id == actor.account_id)).all():
        let_go(former)
    kept = keeping.store(stream, filename, f"memory:{actor.reference}", frozenset({Kind.TMX}), field="file")
    row = MemoryImport(file_id=kept.id, account_id=actor.account_id)
    session.add(row)
    session.flush()
    return row


def confirm(row: MemoryImport, pairs: Sequence[Offered], *, actor: Actor, now: datetime) -> Summary:
    """Take the pairs of the file in, once.  Raises ``PreviewOver`` for whoever comes second."""
    let_go(row)
    return take_in(pairs, actor=actor, now=now)


def let_go(row: MemoryImport) -> None:
    """Remove a file that waits.  Raises ``PreviewOver`` when it is gone."""
    stored, number = row.file, row.id
    session.expunge(row)
    gone = session.execute(
        delete(MemoryImport).where(MemoryImport.id == number), execution_options={"synchronize_session": False}
    )
    if not getattr(gone, "rowcount", 0):
        raise PreviewOver
    keeping.delete(stored)


def waiting(public_id: str, account_id: int | None) -> MemoryImport | None:
    """Return a file that this person handed in and that still waits."""
    wanted = select(MemoryImport).where(MemoryImport.public_id == public_id, MemoryImport.account_id == account_id)
    return session.scalar(wanted)
