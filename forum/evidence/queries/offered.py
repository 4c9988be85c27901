"""What somebody may tie together: things that are theirs, and things that everybody may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import lazyload

from forum.agenda.models import AgendaSession
from forum.cities.models import Pilot
from forum.committees.models import Committee, CommitteeState
from forum.committees.permissions import is_national_office
from forum.cooperation.models import Activity
from forum.cooperation.states import ActivityState
from forum.core.database import session
from forum.events import queries as events
from forum.evidence.permissions import own_cities
from forum.evidence.queries import ideas
from forum.evidence.queries.ends import (
    End,
    activities_as_ends,
    idea_as_end,
    open_sessions_of,
    partnerships_as_ends,
    pilots_as_ends,
)
from forum.partnerships.models import Partnership, PartnershipParty
from forum.places.models import City
from forum.standards.models import ReferenceRecord, Standard
from forum.standards.references import folded
from forum.web.viewer import Viewer

MOST = 150


def sessions_for(who: Viewer, now: datetime) -> list[End]:
    """Return the released sessions of one's own forums; those of every public forum for cities and offices."""
    own = who.scopes_of("organiser")
    wide = is_national_office(who) or bool(who.offices or who.standards_posts)
    found: list[End] = []
    for forum in events.public_forums():
        if wide or forum.id in own:
            found += open_sessions_of(forum, who, now)
    return found[:MOST]


def session_of(public_id: str) -> AgendaSession | None:
    """Return a session that was offered as one."""
    return session.scalar(select(AgendaSession).where(AgendaSession.public_id == public_id))


def pilot_of(city: City, public_id: str) -> Pilot | None:
    """Return a pilot of a city."""
    return session.scalar(select(Pilot).where(Pilot.public_id == public_id, Pilot.city_id == city.id))


def subjects_for(who: Viewer, now: datetime) -> list[End]:
    """Return what an arrow of somebody's may begin at."""
    return [
        *sessions_for(who, now),
        *(idea_as_end(idea, {}) for idea in ideas.open_ones(who, MOST)),
        *partnerships_for(who),
        *activities_for(who),
        *pilots_for(who),
    ]


def targets_for(who: Viewer) -> list[End]:
    """Return what an arrow of somebody's may end in, but for deliverables, which are named by their reference."""
    return [
        *(idea_as_end(idea, {}) for idea in ideas.open_ones(who, MOST)),
        *partnerships_for(who),
        *activities_for(who),
        *pilots_for(who),
    ]


def _of_own(who: Viewer) -> ColumnElement[bool]:
    mine = select(PartnershipParty.partnership_id).where(PartnershipParty.city_id.in_(sorted(own_cities(who))))
    return Partnership.id.in_(mine)


def partnerships_for(who: Viewer) -> list[End]:
    """Return the partnerships of one's own cities; for the national office those that are registered."""
    condition = Partnership.id.is_not(None) if is_national_office(who) else _of_own(who)
    return partnerships_as_ends(condition, who)[:MOST]


def activities_for(who: Viewer) -> list[End]:
    """Return the activities of those partnerships."""
    query = select(Activity).where(Activity.state != ActivityState.CANCELLED)
    if not is_national_office(who):
        query = query.join(Partnership, Partnership.id == Activity.partnership_id).where(_of_own(who))
    rows = session.scalars(
        query.options(lazyload(Activity.participants), lazyload(Activity.budgets))
        .order_by(Activity.begins_at.desc())
        .limit(MOST)
    ).all()
    return activities_as_ends(rows, who)


def pilots_for(who: Viewer) -> list[End]:
    """Return the pilots of one's own cities; for the national office those of all that show their profile."""
    condition = Pilot.id.is_not(None) if is_national_office(who) else Pilot.city_id.in_(sorted(own_cities(who)))
    return pilots_as_ends(condition, who)[:MOST]


def own_city_rows(who: Viewer) -> Sequence[City]:
    """Return the cities for which somebody speaks."""
    return session.scalars(select(City).where(City.id.in_(sorted(own_cities(who)))).order_by(City.id)).unique().all()


def committees() -> Sequence[Committee]:
    """Return the committees that an idea may suit."""
    working = (CommitteeState.ACTIVE, CommitteeState.PROPOSED)
    return session.scalars(
        select(Committee).where(Committee.state.in_(working)).order_by(Committee.sort_key, Committee.id).limit(1000)
    ).all()


def standard_by_reference(typed: str) -> Standard | None:
    """Return the deliverable of a reference in any spelling; of several editions the latest one."""
    key = folded(typed)
    if len(key) < 3:
        return None
    known = select(ReferenceRecord.standard_id).where(ReferenceRecord.folded == key)
    exact = session.scalars(
        select(Standard)
        .where(or_(Standard.folded_reference == key, Standard.id.in_(known)))
        .order_by(Standard.published_on.desc().nulls_first(), Standard.id.desc())
        .limit(1)
    ).first()
    if exact is not None:
        return exact
    return session.scalars(
        select(Standard)
        .where(Standard.folded_reference.startswith(key, autoescape=True), Standard.supplement == "")
        .where(or_(*(Standard.folded_reference.like(f"{key}{century}__") for century in ("19", "20"))))
        .order_by(Standard.published_on.desc().nulls_last(), Standard.id.desc())
        .limit(1)
    ).first()


def by_public_id(rows: Sequence[City]) -> Mapping[str, City]:
    """Return cities by what addresses call them."""
    return {row.public_id: row for row in rows}
