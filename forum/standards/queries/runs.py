"""Reading imports for the desk and for the worker."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from forum.core.database import session
from forum.standards.models import ImportNote, ImportRun, RunState

AT_WORK = (RunState.WAITING, RunState.CONFIRMED, RunState.RUNNING)


def page(*, offset: int, limit: int) -> tuple[Sequence[ImportRun], int]:
    """Return a page of the imports, the newest first, and how many there are."""
    query = select(ImportRun).options(joinedload(ImportRun.account)).order_by(ImportRun.id.desc())
    count = session.scalar(select(func.count()).select_from(ImportRun)) or 0
    return session.scalars(query.offset(offset).limit(limit)).all(), count


def by_public_id(public_id: str) -> ImportRun | None:
    """Return an import."""
    query = select(ImportRun).options(joinedload(ImportRun.account)).where(ImportRun.public_id == public_id)
    return session.scalar(query)


def counted_notes(run: ImportRun) -> dict[str, int]:
    """Return how many notes of each kind an import has."""
    query = select(ImportNote.kind, func.count()).where(ImportNote.run_id == run.id).group_by(ImportNote.kind)
    return {row[0]: row[1] for row in session.execute(query)}


def notes(run: ImportRun, kind: str, *, offset: int, limit: int) -> Sequence[ImportNote]:
    """Return notes of an import as they were written."""
    query = select(ImportNote).where(ImportNote.run_id == run.id).order_by(ImportNote.id)
    if kind:
        query = query.where(ImportNote.kind == kind)
    return session.scalars(query.offset(offset).limit(limit)).all()


def to_do() -> ImportRun | None:
    """Return the import from the desk that the worker does next: one that was cut off before one that waits."""
    query = select(ImportRun).where(ImportRun.state.in_(AT_WORK), ImportRun.file_id.is_not(None))
    return session.scalar(query.order_by((ImportRun.state == RunState.RUNNING).desc(), ImportRun.id).limit(1))
