"""Who is confirmed and registered where: what ballots and committees ask of this room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.core.database import session
from forum.experts.models import ExpertProfile, ExpertRole, Nomination
from forum.experts.rules.terms import today
from forum.experts.states import CONFIRMED, OPEN, NominationState

NAMED_IN_VOTES = (ExpertRole.EXPERT, ExpertRole.PROJECT_LEADER)


def running_on(day: date) -> ColumnElement[bool]:
    """Return the condition that the term of a nomination holds on a day."""
    return and_(Nomination.starts_on <= day, not_over(day))


def not_over(day: date) -> ColumnElement[bool]:
    """Return the condition that the term of a nomination isn't over on a day."""
    return or_(Nomination.ends_on.is_(None), Nomination.ends_on >= day)


def confirmed_for(
    *, now: datetime, committee_id: int | None = None, standard_id: int | None = None
) -> Sequence[Nomination]:
    """Return the experts whom a vote on a new project may name: approved by the mirror committee at the least (VG-05).

    Those for the project and those for the committee count; whose term is over or who withdrew doesn't.
    """
    return _for_vote(CONFIRMED, committee_id, standard_id, now)


def named_for(
    *, now: datetime, committee_id: int | None = None, standard_id: int | None = None
) -> Sequence[Nomination]:
    """Return everybody who is nominated as an expert there, confirmed or still on the way."""
    return _for_vote(OPEN, committee_id, standard_id, now)


def _for_vote(
    states: Collection[NominationState], committee_id: int | None, standard_id: int | None, now: datetime
) -> Sequence[Nomination]:
    wanted: list[ColumnElement[bool]] = []
    if committee_id is not None:
        wanted.append(Nomination.committee_id == committee_id)
    if standard_id is not None:
        wanted.append(Nomination.standard_id == standard_id)
    if not wanted:
        return []
    return session.scalars(
        select(Nomination)
        .where(
            or_(*wanted),
            Nomination.state.in_(states),
            Nomination.role.in_(NAMED_IN_VOTES),
            not_over(today(now)),
        )
        .order_by(Nomination.id)
    ).all()


def may_vote(account_id: int, committee_id: int, now: datetime) -> bool:
    """Tell whether nothing keeps somebody from voting in a committee: document monitors don't vote."""
    day = today(now)
    monitors = (
        select(Nomination.id)
        .join(ExpertProfile, ExpertProfile.id == Nomination.expert_id)
        .where(
            ExpertProfile.account_id == account_id,
            Nomination.committee_id == committee_id,
            Nomination.role == ExpertRole.DOCUMENT_MONITOR,
            Nomination.state == NominationState.REGISTERED,
            running_on(day),
        )
    )
    return session.scalar(monitors.limit(1)) is None


def registered_in(committee_id: int, now: datetime) -> Sequence[Nomination]:
    """Return who is registered in a committee now and has agreed to be shown; of a national one, through it."""
    day = today(now)
    return session.scalars(
        select(Nomination)
        .join(ExpertProfile, ExpertProfile.id == Nomination.expert_id)
        .options(
            contains_eager(Nomination.expert),
            joinedload(Nomination.committee),
            joinedload(Nomination.standard),
            joinedload(Nomination.organisation),
        )
        .where(
            or_(Nomination.committee_id == committee_id, Nomination.national_id == committee_id),
            Nomination.state == NominationState.REGISTERED,
            running_on(day),
            ExpertProfile.consented_on <= day,
            ExpertProfile.erased_at.is_(None),
        )
        .order_by(Nomination.role, Nomination.starts_on, Nomination.id)
        .limit(200)
    ).all()
