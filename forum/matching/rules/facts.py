"""What matching knows of a city: offers, needs and facts that the city itself gave, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forum.cities.rules import freshness
from forum.core.bilingual import Text

AREAS: tuple[str, ...] = tuple(f"A{number:02d}" for number in range(1, 13))
HIGHEST = 3  # of an offer's level and of a need's urgency
OFFICE_MINUTES = 8 * 60
DAY_MINUTES = 24 * 60
# The partnerships join a city of China with one abroad; these territories are no foreign country.
AT_HOME = frozenset({"CN", "HK", "MO", "TW"})


@dataclass(frozen=True, slots=True)
class CityFacts:
    """One city as matching sees it; ``needs`` stand in the order in which the city ranked them."""

    id: int
    name: Text
    country: str = ""  # ISO 3166-1 alpha-2
    level: str = ""  # of its administration, such as "prefecture"
    zone_name: str = ""  # IANA, of its offices; empty when unknown
    population: int | None = None  # None when unknown
    languages: frozenset[str] = frozenset()  # working languages that the city declared, ISO 639
    offers: Mapping[str, int] = field(default_factory=dict)  # area: level 1..3
    needs: Mapping[str, int] = field(default_factory=dict)  # area: urgency 1..3
    proven: frozenset[str] = frozenset()  # areas with a valid certificate or committee role
    capacity: int = 0  # partnerships that it can carry
    taken: int = 0  # partnerships that it carries
    confirmed_on: date | None = None  # when the city last said that its profile is true

    @property
    def at_home(self) -> bool:
        """Tell whether the city stands on the Chinese side of a partnership."""
        return self.country in AT_HOME

    @property
    def free(self) -> int:
        """How many more partnerships it can carry."""
        return max(0, self.capacity - self.taken)

    def rank_of(self, area: str) -> int:
        """Return the place of an area among its needs, from 1."""
        return list(self.needs).index(area) + 1

    def is_stale(self, today: date) -> bool:
        """Tell whether the profile was confirmed twelve months ago or longer, or never."""
        return freshness(self.confirmed_on, today) != "fresh"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands between cities, and the day on which it is asked."""

    today: date
    active: frozenset[tuple[int, int]] = frozenset()  # pairs with an open partnership, smaller id first
    blocks: frozenset[tuple[int, int]] = frozenset()  # (who set aside, whom)
    no_relations: frozenset[str] = frozenset()  # countries on the list of the national office


def pair_of(first: int, second: int) -> tuple[int, int]:
    """Return two ids, the smaller one first."""
    return (first, second) if first < second else (second, first)


@lru_cache(maxsize=4096)
def _offset(zone_name: str, year: int, month: int) -> int | None:
    """Return the minutes east of Greenwich on the 15th of a month, or None for an unknown zone."""
    if not zone_name:
        return None
    try:
        offset = datetime(year, month, 15, 12, tzinfo=UTC).astimezone(ZoneInfo(zone_name)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return None if offset is None else round(offset.total_seconds() / 60)


@lru_cache(maxsize=65536)
def shared_minutes(zone: str, other: str, year: int) -> tuple[int, int] | None:
    """Return the office minutes a day that two zones share on 15 January and on 15 July, or None if unknown.

    Offices work eight hours; what separates them is the circular difference of their offsets from UTC.
    """
    found: list[int] = []
    for month in (1, 7):
        here, there = _offset(zone, year, month), _offset(other, year, month)
        if here is None or there is None:
            return None
        apart = abs(here - there) % DAY_MINUTES
        found.append(max(0, OFFICE_MINUTES - min(apart, DAY_MINUTES - apart)))
    return found[0], found[1]


def as_record(facts: CityFacts) -> dict[str, Any]:
    """Return the facts as they are frozen for a round: plain values, in a fixed order."""
    return {
        "id": facts.id,
        "name": [facts.name.en, facts.name.zh],
        "country": facts.country,
        "level": facts.level,
        "zone": facts.zone_name,
        "population": facts.population,
        "languages": sorted(facts.languages),
        "offers": dict(sorted(facts.offers.items())),
        "needs": [[area, urgency] for area, urgency in facts.needs.items()],
        "proven": sorted(facts.proven),
        "capacity": facts.capacity,
        "taken": facts.taken,
        "confirmed_on": facts.confirmed_on.isoformat() if facts.confirmed_on else None,
    }


def from_record(record: Mapping[str, Any]) -> CityFacts:
    """Return the facts that were frozen."""
    confirmed = record["confirmed_on"]
    return CityFacts(
        id=record["id"],
        name=Text(*record["name"]),
        country=record["country"],
        level=record["level"],
        zone_name=record["zone"],
        population=record["population"],
        languages=frozenset(record["languages"]),
        offers=dict(record["offers"]),
        needs={area: urgency for area, urgency in record["needs"]},  # noqa: C416 - pairs came back as lists
        proven=frozenset(record["proven"]),
        capacity=record["capacity"],
        taken=record["taken"],
        confirmed_on=date.fromisoformat(confirmed) if confirmed else None,
    )
