"""Partnerships and their activities as ends: from the registry, or from the reader's own cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, lazyload

from forum.cooperation.models import Activity, SessionLink
from forum.cooperation.queries import publishing
from forum.cooperation.queries.publishing import Published
from forum.cooperation.states import ActivityState
from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence.queries.ends.kinds import End, reference_of
from forum.evidence.states import EndKind
from forum.partnerships.models import AgreementVersion, Origin, Partnership, PartnershipParty
from forum.partnerships.queries.standing import party_facts
from forum.partnerships.queries.standing import visible as visible_version
from forum.partnerships.rules.seeing import stand
from forum.partnerships.states import PUBLIC
from forum.places.models import City
from forum.registry import queries as registry
from forum.web.viewer import Viewer


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


def partnerships_named(ids: Collection[str], who: Viewer, _now: datetime) -> list[End]:
    """Return those of these partnerships that this viewer may know of."""
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


def activities_named(ids: Collection[str], who: Viewer, _now: datetime) -> list[End]:
    """Return those of these activities that this viewer may see; a cancelled one is none."""
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
