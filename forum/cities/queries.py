"""Reading cities: always through what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import contains_eager

from forum.cities.models import (
    Certificate,
    CityChange,
    CityContact,
    CityProfile,
    CommitteeRole,
    Need,
    NetworkMembership,
    Offer,
    Pilot,
)
from forum.cities.rules import fresh_from
from forum.cities.words import Consent, Visibility
from forum.core.database import session
from forum.core.text import search_pattern
from forum.places.models import City, Country

Exchanged = TypeVar("Exchanged", Offer, Need)
# The entries of a profile, by the name that their addresses carry.
ENTRIES: dict[str, type[Any]] = {
    "offers": Offer,
    "needs": Need,
    "certificates": Certificate,
    "pilots": Pilot,
    "committees": CommitteeRole,
    "networks": NetworkMembership,
    "contacts": CityContact,
    "changes": CityChange,
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Of which cities somebody may read everything, hidden profiles too."""

    everything: bool = False
    city_ids: frozenset[int] = frozenset()
    province_codes: frozenset[str] = frozenset()

    def covers(self, city: City) -> bool:
        """Tell whether a city is within reach."""
        return self.everything or city.id in self.city_ids or city.province_code in self.province_codes

    def condition(self) -> ColumnElement[bool]:
        """Return the condition on ``City`` in a statement."""
        if self.everything:
            return City.id.is_not(None)
        return or_(City.id.in_(self.city_ids), City.province_code.in_(self.province_codes))

    def __bool__(self) -> bool:
        return bool(self.everything or self.city_ids or self.province_codes)


NOWHERE = Reach()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for among the cities."""

    text: str = ""
    country: str = ""  # ISO 3166-1
    area: str = ""
    side: str = ""  # "offers" or "needs"
    language: str = ""  # ISO 639-1


def _profiles() -> Select[CityProfile]:
    return select(CityProfile).join(City, City.id == CityProfile.city_id).options(contains_eager(CityProfile.city))


def by_slug(slug: str) -> CityProfile | None:
    """Return a profile by its present address, whoever may see it."""
    return session.scalar(_profiles().where(CityProfile.slug == slug))


def of_city(city_id: int) -> CityProfile | None:
    """Return the profile of a city."""
    return session.scalar(_profiles().where(CityProfile.city_id == city_id))


def moved_to(slug: str) -> CityProfile | None:
    """Return the profile to which a former address leads: of the renamed city, or of the one it became part of."""
    current = by_slug(slug)
    if current is not None:
        return of_city(current.successor_id) if current.successor_id is not None else None
    city_id = session.scalar(select(CityChange.city_id).where(CityChange.old_slug == slug))
    return of_city(city_id) if city_id is not None else None


def addresses_taken() -> frozenset[str]:
    """Return every address that a city has or had."""
    rows = session.scalars(
        select(CityProfile.slug).union_all(select(CityChange.old_slug).where(CityChange.old_slug.is_not(None)))
    )
    return frozenset(slug for slug in rows if slug)


def _holds(column: Any, code: str) -> ColumnElement[bool]:
    """Tell whether a list of codes holds one; codes have no character that means something to LIKE."""
    return cast(column, String).like(f'%"{code}"%')


def is_open(model: type[Exchanged], today: date) -> ColumnElement[bool]:
    """Return the condition that an offer or a need stands today."""
    return and_(model.closed_on.is_(None), or_(model.valid_until.is_(None), model.valid_until >= today))


def _exchanging(model: type[Exchanged], area: str, today: date) -> ColumnElement[bool]:
    inside = select(model.id).where(model.city_id == CityProfile.city_id, is_open(model, today))
    return (inside.where(model.area == area) if area else inside).exists()


def _matching(query: Select[CityProfile], wanted: Wanted, today: date) -> Select[CityProfile]:
    if wanted.text:
        pattern = search_pattern(wanted.text)
        query = query.where(
            or_(City.search.like(pattern, escape="\\"), CityProfile.former_names.like(pattern, escape="\\"))
        )
    if wanted.country:
        query = query.where(City.country_iso2 == wanted.country)
    if wanted.language:
        query = query.where(_holds(CityProfile.working_languages, wanted.language))
    if wanted.side == "offers":
        query = query.where(_exchanging(Offer, wanted.area, today))
    elif wanted.side == "needs":
        query = query.where(_exchanging(Need, wanted.area, today))
    elif wanted.area:
        query = query.where(
            or_(
                _holds(CityProfile.focus_areas, wanted.area),
                _exchanging(Offer, wanted.area, today),
                _exchanging(Need, wanted.area, today),
            )
        )
    return query


def _public() -> ColumnElement[bool]:
    return and_(CityProfile.visibility == Visibility.PUBLIC, CityProfile.successor_id.is_(None))


def _page(
    query: Select[CityProfile], language: str, *, today: date, offset: int, limit: int
) -> tuple[Sequence[CityProfile], int]:
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(CityProfile.id).subquery())) or 0
    last = case((CityProfile.last_confirmed_on >= fresh_from(today), 0), else_=1)  # stale ones rank below
    name = City.sort_zh if language == "zh" else func.lower(City.__table__.c.name_en)
    rows = session.scalars(query.order_by(last, name, CityProfile.id).offset(offset).limit(limit)).unique().all()
    return rows, count


def public_list(
    wanted: Wanted, language: str, *, today: date, offset: int = 0, limit: int = 40
) -> tuple[Sequence[CityProfile], int]:
    """Return a page of the cities that the public may see, and how many there are in all; two statements."""
    query = _matching(_profiles().where(_public()), wanted, today)
    return _page(query, language, today=today, offset=offset, limit=limit)


def readable_list(
    reach: Reach, wanted: Wanted, language: str, *, today: date, offset: int = 0, limit: int = 40
) -> tuple[Sequence[CityProfile], int]:
    """Return a page of the profiles within somebody's reach, hidden and merged ones too."""
    query = _matching(_profiles().where(reach.condition()), wanted, today)
    return _page(query, language, today=today, offset=offset, limit=limit)


def without_profile(city_ids: Iterable[int]) -> Sequence[City]:
    """Return which of these cities have no profile yet."""
    wanted = sorted(city_ids)
    if not wanted:
        return ()
    known = select(CityProfile.id).where(CityProfile.city_id == City.id).exists()
    return session.scalars(select(City).where(City.id.in_(wanted), ~known).order_by(City.id)).unique().all()


def public_countries() -> Sequence[Country]:
    """Return the countries and regions that have a city on the public list."""
    inside = select(City.country_iso2).join(CityProfile, CityProfile.city_id == City.id).where(_public())
    return session.scalars(select(Country).where(Country.iso2.in_(inside))).all()


def public_slugs() -> Sequence[str]:
    """Return the addresses of the public profiles."""
    return session.scalars(select(CityProfile.slug).where(_public()).order_by(CityProfile.slug)).all()


def open_areas(model: type[Exchanged], city_ids: Iterable[int], today: date) -> Mapping[int, Sequence[Exchanged]]:
    """Return what stands open in each of these cities, in the order of the areas; one statement."""
    rows = session.scalars(
        select(model)
        .where(model.city_id.in_(sorted(city_ids)), is_open(model, today))
        .order_by(model.city_id, model.area, model.id)
    )
    found: dict[int, list[Exchanged]] = {}
    for row in rows:
        found.setdefault(row.city_id, []).append(row)
    return found


def entries(kind: str, city_id: int) -> Sequence[Any]:
    """Return all entries of one kind that a city has, in the order in which they're read."""
    model = ENTRIES[kind]
    query = select(model).where(model.city_id == city_id)
    if model in (Offer, Need):
        query = query.order_by(model.closed_on.is_not(None), model.area, model.id)
    elif model is Certificate:
        query = query.order_by(model.valid_until.desc(), model.id)
    elif model is CityChange:
        query = query.order_by(model.happened_on.desc(), model.id)
    elif model is NetworkMembership:
        query = query.order_by(model.network, model.id)
    else:
        query = query.order_by(model.starts_on.desc(), model.id)
    return session.scalars(query).all()


def entry(kind: str, city_id: int, public_id: str) -> Any | None:
    """Return one entry of a city."""
    model = ENTRIES[kind]
    return session.scalar(select(model).where(model.city_id == city_id, model.public_id == public_id))


def joined_by(city_id: int) -> Sequence[CityChange]:
    """Return the cities that became part of this one."""
    return session.scalars(
        select(CityChange).where(CityChange.successor_id == city_id).order_by(CityChange.happened_on.desc())
    ).all()


def contacts_shown(city_id: int, consents: Iterable[Consent], today: date) -> Sequence[CityContact]:
    """Return the contacts in office who agreed to be shown in one of these ways."""
    return session.scalars(
        select(CityContact)
        .where(
            CityContact.city_id == city_id,
            CityContact.consent.in_(list(consents)),
            CityContact.consented_on <= today,
            CityContact.starts_on <= today,
            or_(CityContact.ends_on.is_(None), CityContact.ends_on >= today),
        )
        .order_by(CityContact.starts_on, CityContact.id)
    ).all()


def contacts_of_address(email: str) -> Sequence[CityContact]:
    """Return the contacts that carry a mail address."""
    return session.scalars(select(CityContact).where(CityContact.email == email).order_by(CityContact.id)).all()
