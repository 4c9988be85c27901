"""Reading profiles and nominations as somebody may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from forum.committees.models import Committee
from forum.core.database import session
from forum.events.models import Forum
from forum.experts.models import ExpertProfile, ExpertRole, Nomination
from forum.experts.queries.confirmed import running_on
from forum.experts.queries.seeing import Standing, experts_seen, nominations_seen
from forum.experts.rules.terms import ENDING_SOON
from forum.experts.states import NOMINATION_LIFE, OPEN, NominationState
from forum.people.models import Person
from forum.registration.models import Participation
from forum.registration.states import ParticipationState
from forum.standards.models import Standard, Topic

_TAKES_PART = (
    ParticipationState.APPROVED,
    ParticipationState.CONFIRMED,
    ParticipationState.ARRIVED,
    ParticipationState.LEFT,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for among the nominations."""

    text: str = ""
    state: str = ""
    committee: str = ""  # slug of the committee for which they are nominated


def _nominations(standing: Standing) -> Select[Nomination]:
    return (
        select(Nomination)
        .join(ExpertProfile, ExpertProfile.id == Nomination.expert_id)
        .where(nominations_seen(standing))
        .options(
            contains_eager(Nomination.expert),
            joinedload(Nomination.committee),
            joinedload(Nomination.standard),
            joinedload(Nomination.national),
            joinedload(Nomination.organisation),
        )
    )


def _names(text: str) -> ColumnElement[bool]:
    columns = ExpertProfile.__table__.c
    found = (columns.name_en, columns.name_zh, columns.unit_en, columns.unit_zh)
    return or_(*(func.lower(column).contains(text.lower(), autoescape=True) for column in found))


def _page(query: Select[Nomination], offset: int, limit: int) -> tuple[Sequence[Nomination], int]:
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(Nomination.id).subquery())) or 0
    rows = session.scalars(query.order_by(Nomination.state_since.desc(), Nomination.id).offset(offset).limit(limit))
    return rows.all(), count


def nominations(
    standing: Standing, wanted: Wanted, *, offset: int = 0, limit: int = 40
) -> tuple[Sequence[Nomination], int]:
    """Return a page of the nominations that somebody may read, and how many there are."""
    query = _nominations(standing)
    if wanted.text:
        query = query.where(_names(wanted.text))
    if wanted.state:
        query = query.where(Nomination.state == NominationState(wanted.state))
    if wanted.committee:
        query = query.where(Nomination.committee_id.in_(select(Committee.id).where(Committee.slug == wanted.committee)))
    return _page(query, offset, limit)


def waiting(standing: Standing, limit: int = 50) -> Sequence[Nomination]:
    """Return the nominations whose expected next step is somebody's own to take, the longest waiting first."""
    ahead = {source for row in NOMINATION_LIFE.rows if row.primary for source in row.sources}
    query = _nominations(standing).where(Nomination.state.in_([NominationState(state) for state in sorted(ahead)]))
    rows = session.scalars(query.order_by(Nomination.state_since, Nomination.id).limit(500))
    mine = (row for row in rows if "nominee" not in standing.towards(row))
    return [row for row in mine if _is_next(row, standing)][:limit]


def _is_next(row: Nomination, standing: Standing) -> bool:
    return any(step.primary for step in NOMINATION_LIFE.lawful(row.state, standing.towards(row)))


def ending(standing: Standing, day: date, limit: int = 100) -> Sequence[Nomination]:
    """Return the registered roles whose term ends within ninety days, or is over without an end, soonest first."""
    query = _nominations(standing).where(
        Nomination.state == NominationState.REGISTERED, Nomination.ends_on <= day + ENDING_SOON
    )
    return session.scalars(query.order_by(Nomination.ends_on, Nomination.id).limit(limit)).all()


def every_ending(day: date) -> Sequence[Nomination]:
    """Return the same for the whole country, for reminding."""
    return ending(Standing(reads_all=True), day, limit=2000)


def where_now(
    standing: Standing, day: date, *, by_person: bool, offset: int = 0, limit: int = 100
) -> tuple[Sequence[Nomination], int]:
    """Return a page of who is registered where on a day, in the order of committees or of people."""
    query = _nominations(standing).where(Nomination.state == NominationState.REGISTERED, running_on(day))
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(Nomination.id).subquery())) or 0
    columns = ExpertProfile.__table__.c
    person = (columns.name_en, columns.name_zh, ExpertProfile.id)
    target = select(Committee.sort_key).where(Committee.id == Nomination.committee_id).scalar_subquery()
    project = select(Standard.sort_key).where(Standard.id == Nomination.standard_id).scalar_subquery()
    place = (func.coalesce(target, project), Nomination.role)
    order = (*person, *place) if by_person else (*place, *person)
    rows = session.scalars(query.order_by(*order, Nomination.id).offset(offset).limit(limit))
    return rows.all(), count


def nomination(public_id: str, standing: Standing) -> Nomination | None:
    """Return a nomination, if its reader may know of it."""
    query = _nominations(standing).where(Nomination.public_id == public_id)
    return session.scalar(query.options(selectinload(Nomination.steps)))


def expert(public_id: str, standing: Standing) -> ExpertProfile | None:
    """Return a profile, if its reader may know of it."""
    query = select(ExpertProfile).where(ExpertProfile.public_id == public_id, experts_seen(standing))
    return session.scalar(query.options(selectinload(ExpertProfile.topics)))


def experts(
    standing: Standing, text: str = "", *, offset: int = 0, limit: int = 40
) -> tuple[Sequence[ExpertProfile], int]:
    """Return a page of the profiles that somebody may read, and how many there are."""
    query = select(ExpertProfile).where(experts_seen(standing), ExpertProfile.erased_at.is_(None))
    if text:
        query = query.where(_names(text))
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(ExpertProfile.id).subquery())) or 0
    columns = ExpertProfile.__table__.c
    rows = session.scalars(
        query.order_by(columns.name_en, columns.name_zh, ExpertProfile.id).offset(offset).limit(limit)
    )
    return rows.unique().all(), count


def of_account(account_id: int) -> ExpertProfile | None:
    """Return the profile of an account."""
    return session.scalar(select(ExpertProfile).where(ExpertProfile.account_id == account_id))


def of_expert(expert_id: int, standing: Standing) -> Sequence[Nomination]:
    """Return the nominations of an expert that somebody may read, the newest first."""
    query = _nominations(standing).where(Nomination.expert_id == expert_id)
    return session.scalars(query.order_by(Nomination.starts_on.desc(), Nomination.id.desc())).all()


def all_of_expert(expert_id: int) -> Sequence[Nomination]:
    """Return every nomination of an expert with its steps, for their own copy and for erasure."""
    return session.scalars(
        select(Nomination)
        .where(Nomination.expert_id == expert_id)
        .order_by(Nomination.id)
        .options(selectinload(Nomination.steps))
    ).all()


def replaceable(standing: Standing) -> Sequence[Nomination]:
    """Return the registered roles that somebody may read, whom a nomination could replace."""
    query = _nominations(standing).where(Nomination.state == NominationState.REGISTERED)
    return session.scalars(query.order_by(Nomination.ends_on, Nomination.id).limit(200)).all()


def open_in(
    expert_id: int, committee_id: int | None, standard_id: int | None, *, roles: Iterable[ExpertRole]
) -> Sequence[Nomination]:
    """Return the open nominations of an expert for one of these roles in a committee or project."""
    return session.scalars(
        select(Nomination).where(
            Nomination.expert_id == expert_id,
            Nomination.committee_id == committee_id,
            Nomination.standard_id == standard_id,
            Nomination.role.in_(list(roles)),
            Nomination.state.in_(OPEN),
        )
    ).all()


def replacement_of(row: Nomination, states: Sequence[NominationState]) -> Nomination | None:
    """Return a nomination in one of these states that is to replace another."""
    return session.scalar(
        select(Nomination).where(Nomination.replaces_id == row.id, Nomination.state.in_(states)).limit(1)
    )


def topics() -> Sequence[Topic]:
    """Return the topics in their order."""
    return session.scalars(select(Topic).order_by(Topic.slug)).all()


def takes_part(found: ExpertProfile) -> Sequence[Participation]:
    """Return the approved participations of an expert in forums, the latest first; whoever reads them asks for more."""
    people = [Person.id == found.person_id] if found.person_id is not None else []
    if found.account_id is not None:
        people.append(Person.account_id == found.account_id)
    if not people:
        return []
    return session.scalars(
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .join(Forum, Forum.id == Participation.forum_id)
        .where(or_(*people), Participation.state.in_(_TAKES_PART))
        .order_by(Forum.first_day.desc(), Participation.id)
        .options(joinedload(Participation.forum))
        .limit(50)
    ).all()


def project(key: str) -> Standard | None:
    """Return the project whose reference folds to this key."""
    return session.scalar(select(Standard).where(Standard.folded_reference == key).order_by(Standard.id).limit(1))
