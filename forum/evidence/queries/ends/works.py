"""Pilots, ideas and deliverables as ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum.agenda.models import AgendaSession
from forum.cities.models import CityProfile, Pilot
from forum.cities.permissions import reads_inside
from forum.cities.words import Visibility
from forum.committees.models import Mirror, TitleStatus
from forum.committees.permissions import committees_of, is_national_office
from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence.models import Idea
from forum.evidence.queries.ends.kinds import End, reference_of
from forum.evidence.states import EndKind
from forum.offices.rules import in_term
from forum.standards.models import Standard
from forum.web.viewer import Viewer


def pilots_named(ids: Collection[str], who: Viewer, _now: datetime) -> list[End]:
    """Return those of these pilots whose city shows its profile to this viewer."""
    return pilots_as_ends(Pilot.public_id.in_(ids), who)


def pilots_as_ends(condition: ColumnElement[bool], who: Viewer) -> list[End]:
    """Return those pilots whose city shows its profile to this viewer."""
    rows = session.execute(
        select(Pilot, CityProfile)
        .join(CityProfile, CityProfile.city_id == Pilot.city_id)
        .where(condition)
        .options(joinedload(CityProfile.city))
        .order_by(Pilot.starts_on)
    )
    return [
        End(
            reference_of(EndKind.PILOT, pilot.public_id),
            EndKind.PILOT,
            pilot.text("title"),
            pilot.starts_on,
            profile.city.text("name"),
            "cities.city",
            {"city_slug": profile.slug},
            frozenset({f"city:{pilot.city_id}"}),
            pilot.id,
        )
        for pilot, profile in rows
        if profile.visibility is Visibility.PUBLIC or reads_inside(who, profile)
    ]


def idea_scope(who: Viewer) -> ColumnElement[bool]:
    """Return the condition under which an idea exists for somebody: lists and single pages use this one."""
    ways: list[ColumnElement[bool]] = [Idea.published_at.is_not(None)]
    if is_national_office(who) or who.places_of("auditor"):
        return Idea.id.is_not(None)
    if who.account_id is not None:
        ways.append(Idea.account_id == who.account_id)
    if forums := who.scopes_of("organiser"):
        ways.append(Idea.session_id.in_(select(AgendaSession.id).where(AgendaSession.forum_id.in_(sorted(forums)))))
    if cities := _own_cities(who):
        ways.append(Idea.city_id.in_(sorted(cities)))
    if national := committees_of(who, "mirror_secretary", "mirror_chair"):
        mirrored = select(Mirror.committee_id).where(Mirror.national_id.in_(sorted(national)))
        ways.append(Idea.committee_id.in_(mirrored))
    return or_(*ways)


def _own_cities(who: Viewer) -> set[int]:
    places = who.places_of("city_liaison", "city_lead")
    return {int(place.partition(":")[2]) for place in places if place.startswith("city:")}


def ideas_named(ids: Collection[str], who: Viewer, now: datetime) -> list[End]:
    """Return those of these ideas that exist for this viewer."""
    rows = session.scalars(
        select(Idea)
        .where(Idea.public_id.in_(ids), idea_scope(who))
        .options(joinedload(Idea.city), joinedload(Idea.agenda_session))
    ).all()
    mirrors = _national(sorted({row.committee_id for row in rows if row.committee_id is not None}), now)
    return [idea_as_end(row, mirrors) for row in rows]


def idea_as_end(row: Idea, mirrors: Mapping[int, frozenset[str]]) -> End:
    """Return an idea as an end, with those who may act for it."""
    owners = set(mirrors.get(row.committee_id or 0, ()))
    if row.city_id is not None:
        owners.add(f"city:{row.city_id}")
    if row.agenda_session is not None:
        owners.add(f"forum:{row.agenda_session.forum_id}")
    return End(
        row.reference,
        EndKind.IDEA,
        row.text("title"),
        row.raised_on,
        row.city.text("name") if row.city is not None else Text(),
        "evidence.idea",
        {"idea_id": row.public_id},
        frozenset(owners),
        row.id,
    )


def standards_named(ids: Collection[str], _who: Viewer, now: datetime) -> list[End]:
    """Return these deliverables; the catalogue is open to everybody."""
    rows = session.scalars(
        select(Standard).where(Standard.public_id.in_(ids)).options(selectinload(Standard.committee))
    ).all()
    return standards_as_ends(rows, now)


def standards_as_ends(rows: Collection[Standard], now: datetime) -> list[End]:
    """Return deliverables as ends; the catalogue is open to everybody."""
    mirrors = _national(sorted({row.committee_id for row in rows if row.committee_id is not None}), now)
    return [
        End(
            reference_of(EndKind.STANDARD, row.public_id),
            EndKind.STANDARD,
            Text(row.reference, row.reference),
            row.stage_on,
            own_title(row),
            "standards.standard",
            {"standard_slug": row.slug},
            mirrors.get(row.committee_id or 0, frozenset()),
            row.id,
        )
        for row in rows
    ]


def own_title(row: Standard) -> Text:
    """Return the titles that are the publisher's own: those alone may stand without a mark, and leave the house."""
    return Text(row.title_en, row.title_zh if row.zh_status is TitleStatus.OFFICIAL else "")


def _national(committee_ids: Collection[int], now: datetime) -> dict[int, frozenset[str]]:
    """Return the scopes of the national committees that answer for international ones now."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    if committee_ids:
        for mirror in session.scalars(select(Mirror).where(Mirror.committee_id.in_(committee_ids))):
            if in_term(mirror.starts_on or date.min, mirror.ends_on, now=now):
                found[mirror.committee_id].add(f"committee:{mirror.national_id}")
    for committee_id in committee_ids:
        found[committee_id].add(f"committee:{committee_id}")  # a national committee answers for its own work
    return {key: frozenset(scopes) for key, scopes in found.items()}
