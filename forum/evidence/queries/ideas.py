"""Reading ideas: always through what the viewer may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from forum.core.database import session
from forum.evidence.models import Idea, IdeaStep, WillingCity
from forum.evidence.queries.ends import idea_scope
from forum.evidence.states import OPEN_IDEAS, IdeaState
from forum.web.viewer import Viewer

PAGE = 30


def _shown(who: Viewer) -> Select[Idea]:
    return (
        select(Idea)
        .where(idea_scope(who))
        .options(joinedload(Idea.city), joinedload(Idea.committee), joinedload(Idea.standard))
    )


def one(public_id: str, who: Viewer) -> Idea | None:
    """Return one idea, if it exists for this reader."""
    query = _shown(who).options(joinedload(Idea.agenda_session), joinedload(Idea.merged_into))
    return session.scalar(query.where(Idea.public_id == public_id))


def listed(
    who: Viewer, *, state: IdeaState | None = None, offset: int = 0, limit: int = PAGE
) -> tuple[Sequence[Idea], int]:
    """Return ideas, those raised last first, and how many there are."""
    query = _shown(who)
    if state is not None:
        query = query.where(Idea.state == state)
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(Idea.id).subquery())) or 0
    rows = session.scalars(query.order_by(Idea.raised_on.desc(), Idea.id.desc()).offset(offset).limit(limit)).all()
    return rows, count


def open_ones(who: Viewer, limit: int = 200) -> Sequence[Idea]:
    """Return the ideas that something may be tied to, newest first."""
    query = _shown(who).where(Idea.state.in_(sorted(OPEN_IDEAS)))
    return session.scalars(query.order_by(Idea.raised_on.desc(), Idea.id.desc()).limit(limit)).all()


def steps(idea_id: int) -> Sequence[IdeaStep]:
    """Return the steps of an idea in order."""
    return session.scalars(select(IdeaStep).where(IdeaStep.idea_id == idea_id).order_by(IdeaStep.at, IdeaStep.id)).all()


def willing(idea_ids: Collection[int]) -> Mapping[int, Sequence[WillingCity]]:
    """Return the cities that would try ideas out; one statement."""
    rows = session.scalars(
        select(WillingCity)
        .where(WillingCity.idea_id.in_(idea_ids))
        .options(joinedload(WillingCity.city))
        .order_by(WillingCity.said_on, WillingCity.id)
    )
    found: dict[int, list[WillingCity]] = {}
    for row in rows:
        found.setdefault(row.idea_id, []).append(row)
    return found
