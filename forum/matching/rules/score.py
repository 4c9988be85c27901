"""The score of two cities, 0 to 100, in whole hundredths of a point: the same seen from either side.

With w a need's urgency (1..3) and o an offer's level (0..3), cover(X→Y) is Σ w·min(1, o/3) ÷ Σ w over the needs
of Y.  The parts and their default weights:

fit 45·√(cover(A→B)·cover(B→A)) · give 20·mean of both covers · shared 10·common needs/3 · size 8·(1 − |log10 of
the populations' ratio|/2), half when one is unknown · lang 7 with a common working language · hours 5·shared
office hours/8, mean of January and July · role 5 when one proves, by certificate or committee role, what it
offers and the other needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from math import isqrt, log10

from forum.matching.rules.facts import HIGHEST, OFFICE_MINUTES, CityFacts, shared_minutes

CENTS = 100
WHOLE = 100  # points
SHARED_ENOUGH = 3  # common needs that give the whole part
_LOG = 1_000_000  # a logarithm is kept in millionths, so that all further steps are whole numbers
_LOG_SPAN = 2 * _LOG  # a hundredfold population gives nothing


@dataclass(frozen=True, slots=True)
class Weights:
    """How many points each part can give; together they are one hundred."""

    fit: int = 45
    give: int = 20
    shared: int = 10
    size: int = 8
    lang: int = 7
    hours: int = 5
    role: int = 5

    @property
    def sound(self) -> bool:
        """Tell whether no part is negative and all together give one hundred points."""
        points: tuple[int, ...] = astuple(self)
        return min(points) >= 0 and sum(points) == WHOLE


PARTS: tuple[str, ...] = tuple(part.name for part in fields(Weights))
DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Score:
    """The parts in hundredths of a point."""

    fit: int
    give: int
    shared: int
    size: int
    lang: int
    hours: int
    role: int

    @property
    def total(self) -> int:
        """All parts together, in hundredths of a point."""
        return self.fit + self.give + self.shared + self.size + self.lang + self.hours + self.role

    def parts(self) -> dict[str, int]:
        """Return the parts by name, in hundredths of a point."""
        return dict(zip(PARTS, astuple(self), strict=True))

    def shown(self) -> dict[str, int]:
        """Return the parts in tenths of a point, such that they add up to the shown total."""
        return shown_parts(self.parts())

    @property
    def shown_total(self) -> int:
        """The total in tenths of a point."""
        return tenths(self.total)


def tenths(cents: int) -> int:
    """Round hundredths to tenths of a point, half upwards."""
    return (cents + 5) // 10


def one_decimal(value: int) -> str:
    """Write tenths of a point with one decimal."""
    return f"{value // 10}.{value % 10}"


def shown_parts(parts: Mapping[str, int]) -> dict[str, int]:
    """Round hundredths to tenths by the largest remainder: the parts add up to the rounded total."""
    shown = {name: cents // 10 for name, cents in parts.items()}
    missing = tenths(sum(parts.values())) - sum(shown.values())
    for name in sorted(parts, key=lambda name: -(parts[name] % 10))[:missing]:
        shown[name] += 1
    return shown


def rounded(above: int, below: int) -> int:
    """Return a quotient of whole numbers to the nearest one, half upwards."""
    return (2 * above + below) // (2 * below)


def rounded_root(above: int, below: int) -> int:
    """Return the square root of a quotient to the nearest whole number."""
    return (isqrt(4 * above // below) + 1) // 2


def covered(giver: CityFacts, taker: CityFacts) -> tuple[int, int]:
    """Return how much of the taker's needs the giver's offers cover, as (part, whole); (0, 1) without needs."""
    whole = HIGHEST * sum(taker.needs.values())
    part = sum(urgency * min(HIGHEST, giver.offers.get(area, 0)) for area, urgency in taker.needs.items())
    return (part, whole) if whole else (0, 1)


@lru_cache(maxsize=65536)
def magnitude(population: int | None) -> int | None:
    """Return the decimal logarithm of a population in millionths, or None when it isn't known."""
    return round(log10(population) * _LOG) if population and population > 0 else None


def size_part(weight: int, first: int | None, second: int | None) -> int:
    """Return the part for alike sizes from two magnitudes; half of it when one isn't known."""
    if first is None or second is None:
        return rounded(weight * CENTS, 2)
    return rounded(weight * CENTS * max(0, _LOG_SPAN - abs(first - second)), _LOG_SPAN)


def shared_part(weight: int, common: int) -> int:
    """Return the part for needs that both have."""
    return rounded(weight * CENTS * min(SHARED_ENOUGH, common), SHARED_ENOUGH)


def hours_part(weight: int, zone: str, other: str, year: int) -> int:
    """Return the part for office hours in common; an unknown zone gives none."""
    minutes = shared_minutes(zone, other, year)
    return rounded(weight * CENTS * sum(minutes), 2 * OFFICE_MINUTES) if minutes else 0


def proven_areas(giver: CityFacts, taker: CityFacts) -> list[str]:
    """Return the areas that one offers and proves and the other needs, in the order of the needs."""
    return [area for area in taker.needs if giver.offers.get(area) and area in giver.proven]


def score(first: CityFacts, second: CityFacts, weights: Weights, year: int) -> Score:
    """Return the score of two cities for office hours of a year."""
    one, one_of = covered(first, second)
    two, two_of = covered(second, first)
    common_needs = len(first.needs.keys() & second.needs.keys())
    return Score(
        fit=rounded_root((weights.fit * CENTS) ** 2 * one * two, one_of * two_of),
        give=rounded(weights.give * CENTS * (one * two_of + two * one_of), 2 * one_of * two_of),
        shared=shared_part(weights.shared, common_needs),
        size=size_part(weights.size, magnitude(first.population), magnitude(second.population)),
        lang=weights.lang * CENTS if first.languages & second.languages else 0,
        hours=hours_part(weights.hours, first.zone_name, second.zone_name, year),
        role=weights.role * CENTS if proven_areas(first, second) or proven_areas(second, first) else 0,
    )
