"""Filling the places from the reference data, and correcting how they are displayed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forum.audit.operations import record
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean_line, pinyin_key, search_forms
from forum.places import reference
from forum.places.models import City, Country, Organisation, OrganisationKind, Province
from forum.places.queries import Place


def _named(name: Text, *more: str) -> dict[str, Any]:
    return {
        "name_en": name.en,
        "name_zh": name.zh,
        "sort_zh": pinyin_key(name.zh or name.en),
        "search": search_forms(name.en, name.zh, *more)[:1000],
    }


def load_reference() -> int:
    """Write the reference data into an empty set of tables; return how many rows were made.

    What the office has overridden is never touched: when there are countries already, nothing happens.
    """
    if session.scalar(select(func.count()).select_from(Country)):
        return 0
    rows: list[Any] = []
    for country in reference.countries():
        others = {country.match_en, country.match_zh, country.iso_short_name}
        rows.append(
            Country(
                iso2=country.iso2,
                iso3=country.iso3,
                currency=country.currency,
                match_names="|" + "|".join(sorted(n.casefold() for n in others if n)) + "|",
                **_named(country.name, country.iso2, country.iso3),
            )
        )
    rows += [
        Province(code=p.code, iso3166_2=p.iso3166_2, kind=p.kind, **_named(p.name, p.short_zh))
        for p in reference.provinces()
    ]
    session.add_all(rows)
    session.flush()
    cities = [
        City(
            code=c.code,
            country_iso2=c.iso2,
            province_code=c.province_code or None,
            gbt2260=c.gbt2260 or None,
            geonameid=int(c.geonames_id) if c.geonames_id else None,
            zone_name=c.work_zone_name or c.zone_name,
            latitude=c.latitude,
            longitude=c.longitude,
            population=c.population,
            name_en_status="suggested" if c.name_en_is_suggested else "source",
            **_named(c.name),
        )
        for c in reference.cities()
    ]
    organisations = [
        Organisation(
            code=o.code,
            kind=_kind(o.kind),
            acronym=o.acronym,
            country_iso2=o.iso2 or None,
            **_named(o.name, o.acronym),
        )
        for o in reference.organisations()
    ]
    session.add_all([*cities, *organisations])
    session.flush()
    return len(rows) + len(cities) + len(organisations)


def _kind(kind: str) -> OrganisationKind:
    try:
        return OrganisationKind(kind)
    except ValueError:
        return _KINDS.get(kind, OrganisationKind.OTHER)


_KINDS = {
    "national_body": OrganisationKind.STANDARDS_BODY,
    "national_committee": OrganisationKind.COMMITTEE,
    "regional_body": OrganisationKind.STANDARDS_BODY,
    "research": OrganisationKind.UNIVERSITY,
    "un_body": OrganisationKind.INTERNATIONAL,
    "city_network": OrganisationKind.INTERNATIONAL,
}


def override_name(place: Place, name_en: str, name_zh: str, *, actor: Actor, now: datetime) -> None:
    """Set the name that pages print; search finds both the new and the former one."""
    former = (place.name_en, place.name_zh)
    place.name_en, place.name_zh = clean_line(name_en), clean_line(name_zh)
    place.sort_zh = pinyin_key(place.name_zh or place.name_en or "")
    place.search = search_forms(place.name_en, place.name_zh, *former)[:1000]
    place.name_overridden = True
    kind = type(place).__tablename__
    key = place.iso2 if isinstance(place, Country) else place.code if isinstance(place, Province) else place.public_id
    revisions.bump(revisions.CITIES, now=now)
    record(actor, "override_name", kind, key, now=now)


def add_organisation(
    name_en: str, name_zh: str, kind: OrganisationKind, country_iso2: str | None, *, actor: Actor, now: datetime
) -> Organisation:
    """Add a body that the reference data doesn't know."""
    made = Organisation(kind=kind, country_iso2=country_iso2, **_named(Text(clean_line(name_en), clean_line(name_zh))))
    session.add(made)
    session.flush()
    record(actor, "add", "organisation", made.public_id, now=now)
    return made
