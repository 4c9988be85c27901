"""The ends of links as one viewer may see them: what isn't returned doesn't exist for them.

Each kind is loaded through the visibility of its own room: a session from a release, a partnership from the
registry or the reader's own cases, an activity where its parties have consented, a pilot with its city's profile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload

from forum.agenda.models import AgendaSession
from forum.agenda.queries import released
from forum.agenda.queries.level import viewer_level
from forum.agenda.visibility import visible as visible_programme
from forum.cities.models import CityProfile, Pilot
from forum.cities.permissions import reads_inside
from forum.cities.words import Visibility
from forum.committees.models import Mirror, TitleStatus
from forum.committees.permissions import committees_of, is_national_office
from forum.cooperation.models import Activity, SessionLink
from forum.cooperation.queries import publishing
from forum.cooperation.queries.publishing import Published
from forum.cooperation.states import ActivityState
from forum.core.bilingual import Text
from forum.core.database import session
from forum.events.models import Forum, ForumState
from forum.evidence.models import Idea
from forum.evidence.states import EndKind
from forum.offices.rules import in_term
from forum.partnerships.models import AgreementVersion, Origin, Partnership, PartnershipParty
from forum.partnerships.queries.standing import party_facts
from forum.partnerships.queries.standing import visible as visible_version
from forum.partnerships.rules.seeing import stand
from forum.partnerships.states import PUBLIC
from forum.places.models import City
from forum.registry import queries as registry
from forum.standards.models import Standard
from forum.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: what it is called, when it was, where its page is, and whose it is."""

    reference: str
    kind: EndKind
    title: Text
    on: date | None = None
    place: Text = Text()  # the forum, the cities
    endpoint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()  # scopes of grants: "forum:3", "city:12", "committee:5"
    key: int = 0
    sessions: frozenset[str] | None = None  # of a partnership: those that it may be tied to; None: any


def reference_of(kind: EndKind, public_id: str) -> str:
    """Return how links name an end."""
    return f"{kind}:{public_id}"


def ends(references: Iterable[str], who: Viewer, now: datetime) -> dict[str, End]:
    """Return those ends that this viewer may see; a number of statements that doesn't grow with them."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for reference in references:
        kind, _, public_id = reference.partition(":")
        wanted[kind].add(public_id)
    found: dict[str, End] = {}
    for kind, load in _LOADERS.items():
        if ids := wanted.get(kind):
            found |= {end.reference: end for end in load(sorted(ids), who, now)}
    return found


def end(reference: str, who: Viewer, now: datetime) -> End | None:
    """Return one end, if this viewer may see it."""
    return ends([reference], who, now).get(reference)


# --- Sessions -------------------------------------------------------------------------------------------


def _sessions(ids: Collection[str], who: Viewer, now: datetime) -> list[End]:
    rows = session.execute(
        select(AgendaSession.public_id, Forum)
        .join(Forum, Forum.id == AgendaSession.forum_id)
        .where(AgendaSession.public_id.in_(ids))
    )
    by_forum: defaultdict[int, set[str]] = defaultdict(set)
    forums: dict[int, Forum] = {}
    for public_id, forum in rows:
        by_forum[forum.id].add(public_id)
        forums[forum.id] = forum
    found = []
    for forum_id, wanted in by_forum.items():
        found += open_sessions_of(forums[forum_id], who, now, wanted)
    return found


def open_sessions_of(forum: Forum, who: Viewer, now: datetime, wanted: Collection[str] | None = None) -> list[End]:
    """Return the sessions of a forum's latest release that this viewer may see."""
    if forum.state is ForumState.DRAFT and not who.roles_in(forum):
        return []
    programme = released.current(forum)
    if programme is None:
        return []
    made: dict[str, End] = {}
    shown = visible_programme(programme, viewer_level(who, forum), now)
    for item in sorted(shown.items, key=lambda each: each.starts_at):
        key = item.session_id
        if not key or item.is_placeholder or key in made or (wanted is not None and key not in wanted):
            continue
        made[key] = End(
            reference_of(EndKind.SESSION, key),
            EndKind.SESSION,
            item.title,
            item.starts_at.astimezone(ZoneInfo(forum.zone_name)).date(),
            forum.text("title"),
            "agenda.session",
            {"slug": forum.slug, "session_id": key},
            frozenset({f"forum:{forum.id}"}),
        )
    return list(made.values())


# --- Partnerships and their activities --------------------------------------------------------------------


def shown_versions(condition: ColumnElement[bool], who: Viewer) -> dict[int, AgreementVersion]:
    """Return the newest version that this viewer may know of, by partnership; a public one before any other."""
    ways: list[ColumnElement[bool]] = [AgreementVersion.state.in_(sorted(PUBLIC))]
    if who.offices:
        ways.append(visible_version(who))
    rows = session.scalars(
        select(AgreementVersion)
        .join(Partnership, Partnership.id == AgreementVersion.partnership_id)
        .where(condition, or_(*ways))
        .options(
            contains_eager(AgreementVersion.partnership)
            .selectinload(Partnership.parties)
            .joinedload(PartnershipParty.city)
        )
        .order_by(AgreementVersion.number)
    ).unique()
    found: dict[int, AgreementVersion] = {}
    for version in rows:
        known = found.get(version.partnership_id)
        if known is None or version.state in PUBLIC or known.state not in PUBLIC:
            found[version.partnership_id] = version
    return found


def _partnerships(ids: Collection[str], who: Viewer, _now: datetime) -> list[End]:
    return partnerships_as_ends(Partnership.public_id.in_(ids), who)


def partnerships_as_ends(condition: ColumnElement[bool], who: Viewer) -> list[End]:
    """Return the partnerships that this viewer may know of: those in the registry, and their own cases."""
    versions = shown_versions(condition, who)
    numbers = _numbers(versions)
    published = publishing.public_of(list(versions.values()))
    return [
        _partnership(version, numbers, published.get(key, Published()).sessions, who)
        for key, version in versions.items()
    ]


def _numbers(versions: Mapping[int, AgreementVersion]) -> dict[int, str]:
    public = [version for version in versions.values() if version.state in PUBLIC]
    return {entry.partnership.id: entry.number for entry in registry.entries(public)} if public else {}


def _partnership(
    version: AgreementVersion, numbers: Mapping[int, str], tied: Iterable[SessionLink], who: Viewer
) -> End:
    one = version.partnership
    public = version.state in PUBLIC
    cities = [party.city for party in one.parties]
    return End(
        one.reference,
        EndKind.PARTNERSHIP,
        version.text("registered_title") if public else one.text("title"),
        (version.effective_on or version.registered_on or version.signed_on) if public else None,
        _joined(cities),
        "registry.partnership" if public else "partnerships.case",
        {"number": numbers[one.id]} if public else {"case_id": version.public_id},
        frozenset(f"city:{city.id}" for city in cities),
        one.id,
        None if _inside(version, who) else frozenset(_told_sessions(one, tied)),
    )


def _told_sessions(one: Partnership, tied: Iterable[SessionLink]) -> Iterable[str]:
    """What the registry itself tells of sessions: those that each party consented to, and the origin."""
    for link in tied:
        yield reference_of(EndKind.SESSION, link.agenda_session.public_id)
    if one.origin is Origin.FORUM and "/sessions/" in one.origin_reference:
        yield reference_of(EndKind.SESSION, one.origin_reference.rpartition("/")[2])


def _joined(cities: Iterable[City]) -> Text:
    named = list(cities)
    return Text(
        " – ".join(city.side("name", "en") or city.side("name", "zh") for city in named),
        "—".join(city.side("name", "zh") or city.side("name", "en") for city in named),
    )


def _activities(ids: Collection[str], who: Viewer, _now: datetime) -> list[End]:
    rows = session.scalars(
        select(Activity)
        .where(Activity.public_id.in_(ids), Activity.state != ActivityState.CANCELLED)
        .options(lazyload(Activity.participants), lazyload(Activity.budgets))
    ).all()
    return activities_as_ends(rows, who)


def activities_as_ends(rows: Collection[Activity], who: Viewer) -> list[End]:
    """Return those activities that this viewer may see: with every party's consent, or from inside."""
    if not rows:
        return []
    versions = shown_versions(Partnership.id.in_({row.partnership_id for row in rows}), who)
    published = publishing.public_of(list(versions.values()))
    numbers = _numbers(versions)
    found = []
    for row in rows:
        version = versions.get(row.partnership_id)
        if version is None:
            continue
        shown = published.get(row.partnership_id, Published()).activities
        if row in shown or _inside(version, who):
            found.append(_activity(row, version, numbers, inside=row not in shown))
    return found


def _inside(version: AgreementVersion, who: Viewer) -> bool:
    if not who.offices or version.state not in PUBLIC:
        return False
    standing = stand(who.account_id, who.offices, party_facts(version.partnership), version.state)
    return bool(standing.parties) or standing.inside


def _activity(row: Activity, version: AgreementVersion, numbers: Mapping[int, str], *, inside: bool) -> End:
    cities = [party.city for party in version.partnership.parties]
    return End(
        row.reference,
        EndKind.ACTIVITY,
        row.text("title"),
        row.actual_to or row.planned_from.date(),
        _joined(cities),
        "cooperation.plan" if inside else "registry.partnership",
        {"case_id": version.public_id} if inside else {"number": numbers[row.partnership_id]},
        frozenset(f"city:{city.id}" for city in cities),
        row.id,
    )


# --- Pilots, ideas, standards -----------------------------------------------------------------------------


def _pilots(ids: Collection[str], who: Viewer, _now: datetime) -> list[End]:
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


def _ideas(ids: Collection[str], who: Viewer, now: datetime) -> list[End]:
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


def _standards(ids: Collection[str], _who: Viewer, now: datetime) -> list[End]:
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


_LOADERS: Mapping[str, Callable[[Collection[str], Viewer, datetime], list[End]]] = {
    EndKind.SESSION: _sessions,
    EndKind.IDEA: _ideas,
    EndKind.PARTNERSHIP: _partnerships,
    EndKind.ACTIVITY: _activities,
    EndKind.PILOT: _pilots,
    EndKind.STANDARD: _standards,
}
