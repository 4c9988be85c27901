"""Reading the public registry: partnerships that have come into force, never any other, with their parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, cast, func, not_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from forum.cities.models import CityChange, CityProfile
from forum.cities.words import Visibility
from forum.cooperation.models import PublishedOutcome
from forum.cooperation.queries import publishing
from forum.cooperation.queries.publishing import NOTHING, Published
from forum.core.database import session
from forum.core.text import search_pattern
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty, Side, TransitionRecord
from forum.partnerships.states import PUBLIC, VersionState
from forum.places.models import City, Country
from forum.registry.rules import IN_FORCE, Party, name_on, present_name, signing_day, states_behind

__all__ = ["IN_FORCE", "Entry", "Wanted", "choices", "entries", "found", "news", "of_city", "one", "steps", "versions"]
NEWS = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the registry."""

    text: str = ""
    country: str = ""  # ISO 3166-1, of a party abroad
    city: str = ""  # public id
    area: str = ""
    instrument: str = ""
    state: str = ""  # as the public reads it
    year: int | None = None  # of the registration


@dataclass(frozen=True, slots=True)
class Entry:
    """A partnership as the registry lists it."""

    version: AgreementVersion
    parties: tuple[Party, ...]
    number: str = ""  # of the first registration; one that counted drafts as well would tell how many there are
    published: Published = NOTHING  # what the parties have consented to show

    @property
    def partnership(self) -> Partnership:
        """The partnership."""
        return self.version.partnership


def _newest() -> ScalarSelect[Any]:
    """Return the newest public version of each partnership: a successor in the making isn't public yet."""
    newest = (
        select(func.max(AgreementVersion.number))
        .where(AgreementVersion.partnership_id == Partnership.id, AgreementVersion.state.in_(sorted(PUBLIC)))
        .correlate(Partnership)
    )
    return newest.scalar_subquery()


def _versions() -> Select[AgreementVersion]:
    return (
        select(AgreementVersion)
        .join(Partnership, Partnership.id == AgreementVersion.partnership_id)
        .where(AgreementVersion.state.in_(sorted(PUBLIC)), AgreementVersion.number == _newest())
        .options(
            contains_eager(AgreementVersion.partnership)
            .selectinload(Partnership.parties)
            .joinedload(PartnershipParty.city)
        )
        .order_by(AgreementVersion.registered_on.desc(), AgreementVersion.id.desc())
    )


def versions() -> Sequence[AgreementVersion]:
    """Return the public version of each partnership, those registered last first, with parties; two statements."""
    return session.scalars(_versions()).unique().all()


def _with_party(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(PartnershipParty.id)
        .join(City, City.id == PartnershipParty.city_id)
        .where(PartnershipParty.partnership_id == Partnership.id, *conditions)
        .exists()
    )


def _search(text: str) -> ColumnElement[bool]:
    pattern = search_pattern(text)
    columns = AgreementVersion.__table__.c
    former = (
        select(CityChange.id)
        .where(
            CityChange.city_id == City.id,
            or_(
                func.lower(CityChange.old_name_en).like(pattern, escape="\\"),
                CityChange.old_name_zh.like(pattern, escape="\\"),
            ),
        )
        .exists()
    )
    return or_(
        *(
            func.lower(column).like(pattern, escape="\\")
            for column in (
                columns.registered_title_en,
                columns.registered_title_zh,
                columns.registry_number,
            )
        ),
        _with_party(or_(City.search.like(pattern, escape="\\"), former)),
    )


def _matching(wanted: Wanted) -> Select[AgreementVersion]:
    query = _versions()
    if wanted.text:
        query = query.where(_search(wanted.text))
    if wanted.country:
        query = query.where(_with_party(City.country_iso2 == wanted.country, PartnershipParty.side == Side.FOREIGN))
    if wanted.city:
        query = query.where(_with_party(City.public_id == wanted.city))
    if wanted.area:  # codes have no character that means something to LIKE
        query = query.where(cast(AgreementVersion.registered_areas, String).like(f'%"{wanted.area}"%'))
    if wanted.instrument:
        query = query.where(AgreementVersion.instrument == wanted.instrument)
    if wanted.state:
        query = query.where(AgreementVersion.state.in_(sorted(states_behind(wanted.state))))
    if wanted.year is not None:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        query = query.where(AgreementVersion.registered_on.between(first, last))
    return query


def found(wanted: Wanted, *, offset: int = 0, limit: int | None = None) -> tuple[list[Entry], int]:
    """Return the entries that match, those registered last first, and how many there are in all.

    Without a limit, they come with what the parties have consented to show.
    """
    query = _matching(wanted)
    if limit is None:
        everything = opened(entries(session.scalars(query).unique().all()))
        return everything, len(everything)
    ids = query.with_only_columns(AgreementVersion.id).order_by(None)
    count = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    return entries(session.scalars(query.offset(offset).limit(limit)).unique().all()), count


def one(number: str) -> Entry | None:
    """Return a partnership by the number of one of its registrations."""
    registered = (
        select(AgreementVersion.partnership_id)
        .where(AgreementVersion.registry_number == number, AgreementVersion.state.in_(sorted(PUBLIC)))
        .scalar_subquery()
    )
    version = session.scalars(_versions().where(Partnership.id == registered)).unique().one_or_none()
    return None if version is None else opened(entries([version]))[0]


def opened(of: Sequence[Entry]) -> list[Entry]:
    """Return entries with what the parties have consented to show."""
    published = publishing.public_of([each.version for each in of])
    return [replace(each, published=published.get(each.version.partnership_id, NOTHING)) for each in of]


def newest_outcomes() -> list[tuple[Entry, PublishedOutcome]]:
    """Return the outcomes that were published last, newest first, with the partnership that the registry shows."""
    rows = publishing.newest_public(NEWS)
    by_id = {
        entry.version.id: entry for entry in entries(list({version.id: version for version, _row in rows}.values()))
    }
    return [(by_id[version.id], row) for version, row in rows]


def of_city(city_id: int) -> list[Entry]:
    """Return the public partnerships of a city, and of those that became part of it."""
    joined = select(CityChange.city_id).where(CityChange.successor_id == city_id)
    mine = _with_party(or_(PartnershipParty.city_id == city_id, PartnershipParty.city_id.in_(joined)))
    return entries(session.scalars(_versions().where(mine)).unique().all())


def entries(of: Sequence[AgreementVersion]) -> list[Entry]:
    """Return versions with numbers and the names of their parties, as at signing and now; three statements."""
    ids = {party.city_id for version in of for party in version.partnership.parties}
    changes: dict[int, list[CityChange]] = {}
    slugs: dict[int, str] = {}
    if ids:
        query = select(CityChange).where(CityChange.city_id.in_(ids)).order_by(CityChange.happened_on, CityChange.id)
        for change in session.scalars(query).unique():
            changes.setdefault(change.city_id, []).append(change)
        ids |= {each.successor_id for rows in changes.values() for each in rows if each.successor_id is not None}
        slugs = _slugs(ids)
    numbers = _numbers({version.partnership_id for version in of})
    return [
        Entry(
            version,
            tuple(_party(version, each, changes, slugs) for each in version.partnership.parties),
            numbers.get(version.partnership_id, version.public_id),
        )
        for version in of
    ]


def _numbers(partnership_ids: set[int]) -> dict[int, str]:
    """Return the number under which each partnership was registered first; it stays when a later version is."""
    rows = session.execute(
        select(AgreementVersion.partnership_id, AgreementVersion.registry_number)
        .where(
            AgreementVersion.partnership_id.in_(sorted(partnership_ids)),
            AgreementVersion.registry_number.is_not(None),
            AgreementVersion.state.in_(sorted(PUBLIC)),
        )
        .order_by(AgreementVersion.number.desc())
    )
    return {row.partnership_id: row.registry_number for row in rows if row.registry_number}


def _slugs(city_ids: set[int]) -> dict[int, str]:
    """Return the addresses of those cities whose pages are open to everybody."""
    rows = session.execute(
        select(CityProfile.city_id, CityProfile.slug).where(
            CityProfile.city_id.in_(city_ids),
            CityProfile.visibility == Visibility.PUBLIC,
            CityProfile.successor_id.is_(None),
        )
    )
    return {city_id: slug for city_id, slug in rows}  # noqa: C416 - rows are no pairs to the type checker


def _party(
    version: AgreementVersion, party: PartnershipParty, changes: dict[int, list[CityChange]], slugs: dict[int, str]
) -> Party:
    mine = changes.get(party.city_id, [])
    then, today = name_on(party.city, mine, signing_day(version)), present_name(party.city, mine)
    joined = [each.successor_id for each in mine if each.successor_id is not None]
    return Party(party.city, then, today if today != then else None, slugs.get(joined[-1] if joined else party.city_id))


def steps(partnership: Partnership) -> Sequence[TransitionRecord]:
    """Return the steps of a partnership that led to a public state, in order."""
    return session.scalars(
        _steps().where(AgreementVersion.partnership_id == partnership.id).order_by(TransitionRecord.at)
    ).all()


def news() -> Sequence[TransitionRecord]:
    """Return the newest steps of all partnerships that the public learns of, newest first, with the parties."""
    renewals = or_(
        TransitionRecord.target == VersionState.RENEWAL,
        and_(TransitionRecord.source == VersionState.RENEWAL, TransitionRecord.target == VersionState.ACTIVE),
    )
    return session.scalars(
        _steps()
        .where(not_(renewals))
        .options(
            contains_eager(TransitionRecord.case)
            .joinedload(AgreementVersion.partnership)
            .selectinload(Partnership.parties)
            .joinedload(PartnershipParty.city)
        )
        .order_by(TransitionRecord.at.desc(), TransitionRecord.id.desc())
        .limit(NEWS)
    ).all()


def _steps() -> Select[TransitionRecord]:
    return (
        select(TransitionRecord)
        .join(AgreementVersion, AgreementVersion.id == TransitionRecord.version_id)
        .where(TransitionRecord.target.in_(sorted(PUBLIC)), AgreementVersion.state.in_(sorted(PUBLIC)))
        .options(contains_eager(TransitionRecord.case).options(joinedload(AgreementVersion.partnership)))
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what stands in the registry."""

    countries: Sequence[Country]
    cities: Sequence[City]
    years: Sequence[int]


def choices() -> Choices:
    """Return the countries abroad, the cities and the years of public partnerships; three statements."""
    public = select(AgreementVersion.partnership_id).where(AgreementVersion.state.in_(sorted(PUBLIC))).scalar_subquery()
    part = select(PartnershipParty.city_id).where(PartnershipParty.partnership_id.in_(public))
    abroad = select(City.country_iso2).where(City.id.in_(part.where(PartnershipParty.side == Side.FOREIGN)))
    countries = session.scalars(select(Country).where(Country.iso2.in_(abroad))).all()
    towns = session.scalars(
        select(City).where(City.id.in_(part)).options(lazyload(City.country), lazyload(City.province))
    )
    first, last = session.execute(
        select(func.min(AgreementVersion.registered_on), func.max(AgreementVersion.registered_on)).where(
            AgreementVersion.state.in_(sorted(PUBLIC))
        )
    ).one()
    years = range(last.year, first.year - 1, -1) if first and last else ()
    return Choices(countries, towns.unique().all(), years)
