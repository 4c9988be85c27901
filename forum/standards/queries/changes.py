"""What changed since a day: stages that were entered, and what became of committees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from forum.committees.models import Committee, Succession
from forum.core.database import session
from forum.standards.models import Scheme, StageEvent, Standard


def _since(day: date) -> ColumnElement[bool]:
    # Where the day of a stage isn't known, the day of the data says when it was first seen there; but the first
    # thing that is known of a deliverable is no change: it may have stood there for years.
    before = aliased(StageEvent)
    known_before = exists().where(before.standard_id == StageEvent.standard_id, before.id < StageEvent.id)
    return or_(StageEvent.on >= day, and_(StageEvent.on.is_(None), StageEvent.as_of >= day, known_before))


def stages(
    since: date, committee: Committee | None = None, *, offset: int = 0, limit: int = 40
) -> tuple[Sequence[StageEvent], int]:
    """Return the stages entered since a day, the newest first, with their deliverables, and how many there are."""
    query = select(StageEvent).where(_since(since))
    if committee is not None:
        query = query.join(Standard, Standard.id == StageEvent.standard_id).where(Standard.committee_id == committee.id)
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(joinedload(StageEvent.standard).joinedload(Standard.committee))
        .order_by(func.coalesce(StageEvent.on, StageEvent.as_of).desc(), StageEvent.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, count


def turns(since: date) -> Sequence[Succession]:
    """Return what happened between committees since a day, the newest first."""
    return session.scalars(
        select(Succession)
        .where(Succession.effective_on >= since)
        .options(joinedload(Succession.source), joinedload(Succession.target))
        .order_by(Succession.effective_on.desc(), Succession.id.desc())
    ).all()


def dataset_date() -> date | None:
    """Return the newest day of ISO's data that are shown."""
    return session.scalar(select(func.max(Standard.as_of)).where(Standard.scheme == Scheme.ISO))
