"""Read the reference files into frozen values.

Sort keys and search forms aren't stored here: they are computed with ``forum.core.text`` on the way into
the database, from the name that is in force there.  Names of people's offices are not reference data.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, overload

from forum.core.bilingual import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTRIBUTION = Text(
    en=(
        "City data: GeoNames (geonames.org), CC BY 4.0 (creativecommons.org/licenses/by/4.0), "
        "names corrected by us. "
        "Country names and currencies: Unicode CLDR, GeoNames, and Debian iso-codes by way of pycountry "
        "(LGPL-2.1). Friendship links: Wikidata, CC0, state of 2016. Administrative codes: National Bureau "
        "of Statistics of China, 30 June 2023. "
        "Contains information from ISO Open Data, made available under the ODC Attribution License."
    ),
    zh=(
        "城市数据：GeoNames（geonames.org），CC BY 4.0（creativecommons.org/licenses/by/4.0），"
        "名称经本平台校正。国家和地区名称及货币：Unicode CLDR、GeoNames、Debian iso-codes"
        "（经pycountry，LGPL-2.1）。友好城市关系：Wikidata，CC0，2016年数据。"
        "行政区划代码：国家统计局，2023年6月30日。"
        "含有依据ODC署名许可（ODC-By 1.0）提供的ISO开放数据信息。"
    ),
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or region 国家和地区, with the name that pages print.

    ``match_en``, ``match_zh`` and ``iso_short_name`` serve to recognise imported names and are never printed.
    """

    iso2: str
    iso3: str
    name: Text
    to_confirm: bool
    match_en: str
    match_zh: str
    iso_short_name: str
    currency: str  # ISO 4217; empty for Antarctica


@dataclass(frozen=True, slots=True)
class Province:
    """A province-level unit of China, by its GB/T 2260 code; the Corps 新疆生产建设兵团 has the code XPCC."""

    code: str
    name: Text
    short_zh: str
    kind: str  # municipality, province, autonomous_region, …, corps
    iso3166_2: str
    iso_name: str  # for matching imports only
    to_confirm: bool


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A prefecture-level unit of China, mid-2023; a placeholder stands for districts run by the province."""

    code: str
    name: Text
    kind: str  # city, prefecture, autonomous_prefecture, league, placeholder
    province_code: str
    name_en_is_suggested: bool  # pinyin by rule, not yet confirmed by the city


@dataclass(frozen=True, slots=True)
class City:
    """A city that can be a partner, a host or a delegation's home.

    ``work_zone_name`` is the zone that office hours follow; ``zone_name`` is what the map says.
    Coordinates are WGS 84; they and ``population`` come from GeoNames (CC BY 4.0) and may be absent.
    """

    code: str  # "cn-330100", "fr-lyon": ours, stable
    name: Text
    iso2: str
    province_code: str
    gbt2260: str
    zone_name: str
    work_zone_name: str
    latitude: float | None
    longitude: float | None
    population: int | None
    geonames_id: str
    name_en_is_suggested: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A real body: a standards organisation, a committee, an office of the United Nations, a city network."""

    code: str
    kind: str
    iso2: str  # empty for international bodies
    parent_code: str
    acronym: str
    name: Text
    name_zh_status: str  # official, in_use, unofficial: unofficial is never shown as official


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _name(row: Mapping[str, str]) -> Text:
    return Text(row["name_en"], row["name_zh"])


@cache
def countries() -> tuple[Country, ...]:
    """Return the 249 countries and regions of ISO 3166-1 with the names that the office prints."""
    return tuple(
        Country(
            iso2=row["iso2"],
            iso3=row["iso3"],
            name=_name(row),
            to_confirm=row["name_status"] == "to_confirm",
            match_en=row["match_en"],
            match_zh=row["match_zh"],
            iso_short_name=row["iso_short_name"],
            currency=row["currency"],
        )
        for row in _rows("countries.csv")
    )


@cache
def provinces() -> tuple[Province, ...]:
    """Return the 34 province-level units of China and the Xinjiang Production and Construction Corps."""
    return tuple(
        Province(
            code=row["code"],
            name=_name(row),
            short_zh=row["short_zh"],
            kind=row["kind"],
            iso3166_2=row["iso3166_2"],
            iso_name=row["iso_name"],
            to_confirm=row["name_status"] == "to_confirm",
        )
        for row in _rows("provinces.csv")
    )


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """Return the 342 prefecture-level codes of China: 333 units and 9 placeholders."""
    return tuple(
        Prefecture(
            code=row["gbt2260"],
            name=_name(row),
            kind=row["kind"],
            province_code=row["province_code"],
            name_en_is_suggested=row["name_en_status"] == "suggested",
        )
        for row in _rows("prefectures.csv")
    )


@cache
def cities() -> tuple[City, ...]:
    """Return the 95 cities of the sample and the remaining Chinese cities at prefecture level."""
    return tuple(
        City(
            code=row["code"],
            name=_name(row),
            iso2=row["iso2"],
            province_code=row["province_code"],
            gbt2260=row["gbt2260"],
            zone_name=row["zone_name"],
            work_zone_name=row["work_zone_name"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            population=int(row["population"]) if row["population"] else None,
            geonames_id=row["geonames_id"],
            name_en_is_suggested=row["name_en_status"] == "suggested",
        )
        for row in _rows("cities.csv")
    )


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return the standards bodies, committees, offices and networks that forums deal with most."""
    return tuple(
        Organisation(
            code=row["code"],
            kind=row["kind"],
            iso2=row["iso2"],
            parent_code=row["parent_code"],
            acronym=row["acronym"],
            name=_name(row),
            name_zh_status=row["name_zh_status"],
        )
        for row in _rows("organisations.csv")
    )


@cache
def _by_code() -> dict[tuple[str, str], Country | City | Organisation]:
    found: dict[tuple[str, str], Country | City | Organisation] = {}
    found |= {("country", country.iso2): country for country in countries()}
    found |= {("city", city.code): city for city in cities()}
    found |= {("organisation", organisation.code): organisation for organisation in organisations()}
    return found


@overload
def place(kind: Literal["country"], code: str) -> Country: ...
@overload
def place(kind: Literal["city"], code: str) -> City: ...
@overload
def place(kind: Literal["organisation"], code: str) -> Organisation: ...
@overload
def place(kind: str, code: str) -> Country | City | Organisation: ...
def place(kind: str, code: str) -> Country | City | Organisation:
    """Return the country, city or organisation with that code; raise ``KeyError`` when there is none."""
    return _by_code()[kind, code]
