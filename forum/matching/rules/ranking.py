"""A city's suggestions, why a city isn't among them, what would raise a score, and the needs that nobody meets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from forum.matching.rules.bars import Bar, Warn, WarningKind, first_bar, warnings
from forum.matching.rules.facts import AREAS, HIGHEST, CityFacts, Grounds
from forum.matching.rules.score import PARTS, Score, Weights, score

RAISES = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One city that may be proposed to another."""

    city: CityFacts
    score: Score
    warnings: tuple[Warn, ...] = ()

    @property
    def stale(self) -> bool:
        """Tell whether a profile of the pair wasn't confirmed for a year: such pairs rank below fresh ones."""
        return any(warn.kind is WarningKind.STALE for warn in self.warnings)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a city isn't at the top: the first hard filter, or its rank and its two weakest parts."""

    bar: Bar | None = None
    rank: int = 0  # from 1
    of: int = 0
    weakest: tuple[str, ...] = ()
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Raise:
    """One offer that would raise a score, and by how many hundredths of a point."""

    area: str
    level: int
    gain: int


def suggest(city: CityFacts, others: Iterable[CityFacts], weights: Weights, grounds: Grounds) -> list[Suggestion]:
    """Return all cities that may be proposed to one, the best first."""
    found = [
        Suggestion(other, score(city, other, weights, grounds.today.year), tuple(warnings(city, other, grounds)))
        for other in others
        if first_bar(city, other, grounds) is None
    ]
    return sorted(found, key=lambda each: (each.stale, -each.score.total, each.city.id))


def weakest_parts(found: Score, weights: Weights) -> tuple[str, ...]:
    """Return the two parts that gave least of what they can give, the heavier ones first among equals."""
    most = dict(zip(PARTS, astuple(weights), strict=True))
    parts = found.parts()
    counted = [name for name in PARTS if most[name]]
    return tuple(sorted(counted, key=lambda name: (parts[name] / most[name], -most[name]))[:2])


def why_not(
    city: CityFacts, other: CityFacts, ranked: Sequence[Suggestion], weights: Weights, grounds: Grounds
) -> WhyNot:
    """Answer why another city isn't at the top of a city's suggestions."""
    if (bar := first_bar(city, other, grounds)) is not None:
        return WhyNot(bar=bar)
    for rank, each in enumerate(ranked, start=1):
        if each.city.id == other.id:
            return WhyNot(rank=rank, of=len(ranked), weakest=weakest_parts(each.score, weights), suggestion=each)
    message = f"city {other.id} was not among those that were ranked"
    raise LookupError(message)


def raises(city: CityFacts, other: CityFacts, weights: Weights, year: int) -> list[Raise]:
    """Return the two offers of ``city``, each one level higher, that would raise the score with ``other`` most."""
    now = score(city, other, weights, year).total
    found: list[Raise] = []
    for area in other.needs:
        level = city.offers.get(area, 0) + 1
        if level > HIGHEST:
            continue
        more = replace(city, offers={**city.offers, area: level})
        gain = score(more, other, weights, year).total - now
        if gain > 0:
            found.append(Raise(area, level, gain))
    return sorted(found, key=lambda each: (-each.gain, each.area))[:RAISES]


def unmet_needs(cities: Iterable[CityFacts]) -> dict[str, list[int]]:
    """Return the needs that no city of the other side offers anything for, with the cities that have them.

    They are the agenda of the next forum.
    """
    known = list(cities)
    offered = {side: {area for c in known if c.at_home == side for area in c.offers} for side in (True, False)}
    found: dict[str, list[int]] = {}
    for area in AREAS:
        alone = [city.id for city in known if area in city.needs and area not in offered[not city.at_home]]
        if alone:
            found[area] = alone
    return found
