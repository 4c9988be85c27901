"""Scoring all pairs at once, and choosing among them: greedily, stably, within each city's capacity.

A pair stands before another when both profiles are fresh, then by the higher score, then by the smaller ids.  With
one order for all, taking pairs from the top while both cities have room is the stable matching: no two cities
prefer each other to what they got.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import NamedTuple

from forum.matching.rules.facts import AREAS, CityFacts, Grounds, pair_of
from forum.matching.rules.score import (
    CENTS,
    WHOLE,
    Weights,
    covered,
    hours_part,
    magnitude,
    shared_part,
    size_part,
)

FLOOR = 30 * CENTS
_BITS = 8  # of one area in a packed vector: twelve areas at 3 × 3 come to 108, which eight bits hold
_SHIFT = _BITS * (len(AREAS) - 1)
_LOWEST = (1 << _BITS) - 1
_STALE = WHOLE * CENTS + 1  # further down than any score of fresh profiles


class Pair(NamedTuple):
    """Two cities by their ids, the smaller first, with their score in hundredths of a point."""

    first: int
    second: int
    score: int
    stale: bool = False  # one of the profiles wasn't confirmed for a year

    @property
    def order(self) -> tuple[bool, int, int, int]:
        """Where the pair stands among others, the best first."""
        return self.stale, -self.score, self.first, self.second


@dataclass(frozen=True, slots=True)
class RankedPairs:
    """All permitted pairs, the best first; each is one whole number, so that a quarter of a million are light."""

    ids: tuple[int, ...]  # in rising order
    keys: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Pair]:
        count = len(self.ids)
        for key in self.keys:
            rest, second = divmod(key, count)
            place, first = divmod(rest, count)
            stale, below = divmod(place, _STALE)
            yield Pair(self.ids[first], self.ids[second], WHOLE * CENTS - below, bool(stale))


class _Packed(NamedTuple):
    """A city as the inner loop reads it."""

    at: int
    offers: int  # level of each area, eight bits apiece
    wants: int  # urgency of each area, in the opposite order: a product's middle digit is the sum over areas
    whole: int  # what full cover of its needs comes to
    needs: int  # a bit for each area needed
    proofs: int  # a bit for each area offered and proven
    languages: int
    zone: int
    size: int | None
    stale: bool


def _vector(values: Mapping[str, int], *, reverse: bool) -> int:
    last = len(AREAS) - 1
    return sum(min(3, values.get(area, 0)) << _BITS * (last - at if reverse else at) for at, area in enumerate(AREAS))


def _mask(areas: Iterable[str]) -> int:
    return sum(1 << AREAS.index(area) for area in set(areas))


def _pack(cities: Sequence[CityFacts], places: Mapping[int, int], zones: list[str], grounds: Grounds) -> list[_Packed]:
    tongues = {tongue: 1 << at for at, tongue in enumerate(sorted({t for city in cities for t in city.languages}))}
    return [
        _Packed(
            at=places[city.id],
            offers=_vector(city.offers, reverse=False),
            wants=_vector(city.needs, reverse=True),
            whole=covered(city, city)[1],
            needs=_mask(city.needs),
            proofs=_mask(area for area in city.proven if city.offers.get(area)),
            languages=sum(tongues[tongue] for tongue in city.languages),
            zone=zones.index(city.zone_name),
            size=magnitude(city.population),
            stale=city.is_stale(grounds.today),
        )
        for city in cities
    ]


def ranked_pairs(cities: Iterable[CityFacts], weights: Weights, grounds: Grounds, *, floor: int = FLOOR) -> RankedPairs:
    """Score every permitted pair of a city of China with one abroad; keep those from ``floor`` upwards, ranked.

    Gives exactly what ``score`` and ``bars`` give pair by pair, in a small part of the time.
    """
    known = sorted({city.id: city for city in cities}.values(), key=lambda city: city.id)
    open_ones = [city for city in known if city.free and (city.at_home or city.country not in grounds.no_relations)]
    ids = tuple(city.id for city in open_ones)
    places = {city_id: at for at, city_id in enumerate(ids)}
    zones = sorted({city.zone_name for city in open_ones})
    packed = _pack(open_ones, places, zones, grounds)
    home = [each for each, city in zip(packed, open_ones, strict=True) if city.at_home]
    abroad = [each for each, city in zip(packed, open_ones, strict=True) if not city.at_home]
    apart: dict[int, set[int]] = {}
    for first, second in (*grounds.active, *grounds.blocks):
        if first in places and second in places:
            apart.setdefault(places[first], set()).add(places[second])
            apart.setdefault(places[second], set()).add(places[first])
    table = _Table(weights, zones, grounds.today.year, max(1, len(ids)), floor)
    keys: list[int] = []
    for city in home:
        barred = apart.get(city.at)
        keys += table.row(city, [other for other in abroad if other.at not in barred] if barred else abroad)
    keys.sort()
    return RankedPairs(ids, keys)


class _Table:
    """What the inner loop looks up instead of working it out again."""

    def __init__(self, weights: Weights, zones: list[str], year: int, count: int, floor: int) -> None:
        self.weights, self.count, self.floor = weights, count, floor
        self.shared = [shared_part(weights.shared, common) for common in range(len(AREAS) + 1)]
        self.hours = [[hours_part(weights.hours, one, two, year) for two in zones] for one in zones]
        self._sizes: dict[tuple[int | None, int | None], int] = {}

    def row(self, city: _Packed, others: Iterable[_Packed]) -> list[int]:
        """Return the keys of one city's pairs: written out flat, for it runs a quarter of a million times."""
        shared, hours, size = self.shared, self.hours[city.zone], self.weights.size
        lang, role = self.weights.lang * CENTS, self.weights.role * CENTS
        fit, give = 4 * (self.weights.fit * CENTS) ** 2, self.weights.give * CENTS
        count, floor, ceiling = self.count, self.floor, WHOLE * CENTS
        mine, offers, wants, whole, needs, proofs, languages, _zone, magnitude_, stale = city
        found: list[int] = []
        for (
            index,
            its_offers,
            its_wants,
            its_whole,
            its_needs,
            its_proofs,
            its_languages,
            zone,
            its_size,
            old,
        ) in others:
            one = offers * its_wants >> _SHIFT & _LOWEST
            two = its_offers * wants >> _SHIFT & _LOWEST
            total = shared[(needs & its_needs).bit_count()] + hours[zone] + size_part(size, magnitude_, its_size)
            if one or two:
                below = whole * its_whole
                total += (give * (one * whole + two * its_whole) + below) // (2 * below)
                if one and two:
                    total += (isqrt(fit * one * two // below) + 1) // 2
            if languages & its_languages:
                total += lang
            if proofs & its_needs or its_proofs & needs:
                total += role
            if total >= floor:
                place = ceiling - total + (_STALE if stale or old else 0)
                low, high = (mine, index) if mine < index else (index, mine)
                found.append((place * count + low) * count + high)
        return found


def stable_matching(pairs: Iterable[Pair], room: Mapping[int, int]) -> list[Pair]:
    """Take pairs from the best down while both cities have room; the order in which they come doesn't matter."""
    ranked = pairs if isinstance(pairs, RankedPairs) else sorted(pairs, key=lambda pair: pair.order)
    left = dict(room)
    chosen: list[Pair] = []
    taken: set[tuple[int, int]] = set()
    for pair in ranked:
        key = pair_of(pair.first, pair.second)
        if left.get(pair.first, 0) > 0 and left.get(pair.second, 0) > 0 and key not in taken:
            left[pair.first] -= 1
            left[pair.second] -= 1
            taken.add(key)
            chosen.append(pair)
    return chosen


def room_of(cities: Iterable[CityFacts]) -> dict[int, int]:
    """Return how many more partnerships each city can carry."""
    return {city.id: city.free for city in cities}
