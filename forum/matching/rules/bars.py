"""What keeps two cities apart before any score, and what only warns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forum.matching.rules.facts import CityFacts, Grounds, pair_of


class BarKind(StrEnum):
    """Why a pair is never proposed; nationality, rankings and politics are no reasons."""

    ITSELF = "itself"
    SAME_SIDE = "same_side"
    ACTIVE = "active"
    FULL = "full"
    BLOCKED = "blocked"
    NO_RELATIONS = "no_relations"


@dataclass(frozen=True, slots=True)
class Bar:
    """One hard filter that holds for a pair.

    ``about`` is the city that is full, that set the other aside, or that lies in the country concerned.
    """

    kind: BarKind
    about: int = 0
    taken: int = 0
    capacity: int = 0


class WarningKind(StrEnum):
    """What a reader should know of a pair that is proposed all the same."""

    LEVELS = "levels"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Warn:
    """One warning, about one city or about both (0)."""

    kind: WarningKind
    about: int = 0


# Which levels of administration meet as equals (inferred; to be confirmed by the national office).
_TIERS: dict[str, frozenset[int]] = {
    "province": frozenset({3}),
    "sub_provincial": frozenset({2, 3}),
    "prefecture": frozenset({2}),
    "county": frozenset({1}),
    "metropolitan": frozenset({2, 3}),
    "municipality": frozenset({1, 2, 3}),
    "borough": frozenset({1}),
}


def levels_meet(first: str, second: str) -> bool:
    """Tell whether two levels of administration meet as equals; an unknown one is taken on trust."""
    one, two = _TIERS.get(first), _TIERS.get(second)
    return one is None or two is None or bool(one & two)


def bars(first: CityFacts, second: CityFacts, grounds: Grounds) -> Iterator[Bar]:
    """Yield every hard filter that holds for a pair, in the order in which they are asked."""
    if first.id == second.id:
        yield Bar(BarKind.ITSELF, first.id)
        return
    if first.at_home == second.at_home:
        yield Bar(BarKind.SAME_SIDE)
    if pair_of(first.id, second.id) in grounds.active:
        yield Bar(BarKind.ACTIVE)
    for city in (first, second):
        if not city.free:
            yield Bar(BarKind.FULL, city.id, city.taken, city.capacity)
    for city, other in ((first, second), (second, first)):
        if (city.id, other.id) in grounds.blocks:
            yield Bar(BarKind.BLOCKED, city.id)
    for city in (first, second):
        if not city.at_home and city.country in grounds.no_relations:
            yield Bar(BarKind.NO_RELATIONS, city.id)


def first_bar(first: CityFacts, second: CityFacts, grounds: Grounds) -> Bar | None:
    """Return the first hard filter that holds, or None if the pair may be proposed."""
    return next(bars(first, second, grounds), None)


def warnings(first: CityFacts, second: CityFacts, grounds: Grounds) -> list[Warn]:
    """Return what should be known of a pair that may be proposed."""
    found = [] if levels_meet(first.level, second.level) else [Warn(WarningKind.LEVELS)]
    return found + [Warn(WarningKind.STALE, city.id) for city in (first, second) if city.is_stale(grounds.today)]
