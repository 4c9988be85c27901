"""Checking a matching afterwards, slowly and by another road than the one it was made on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from forum.matching.rules.bars import first_bar
from forum.matching.rules.facts import CityFacts, Grounds, pair_of
from forum.matching.rules.pairing import Pair
from forum.matching.rules.score import Weights, score


@dataclass(slots=True)
class Faults:
    """What is wrong with a matching; empty when it is right."""

    duplicates: list[tuple[int, int]] = field(default_factory=list)
    overfull: list[int] = field(default_factory=list)
    barred: list[tuple[int, int]] = field(default_factory=list)
    wrong_scores: list[tuple[int, int]] = field(default_factory=list)
    blocking: list[tuple[int, int]] = field(default_factory=list)  # two cities that prefer each other

    def __bool__(self) -> bool:
        return any((self.duplicates, self.overfull, self.barred, self.wrong_scores, self.blocking))


def faults(
    cities: Sequence[CityFacts], chosen: Iterable[Pair], weights: Weights, grounds: Grounds, *, floor: int
) -> Faults:
    """Return every fault of a matching, each pair scored anew one by one."""
    known = {city.id: city for city in cities}
    pairs = [(pair_of(pair.first, pair.second), pair.score) for pair in chosen]
    found = Faults()
    found.duplicates = [pair for pair, times in Counter(pair for pair, _ in pairs).items() if times > 1]
    load = Counter(city for pair, _ in pairs for city in pair)
    found.overfull = [city for city, times in load.items() if times > known[city].free]
    held: dict[int, list[tuple[bool, int, int, int]]] = {city: [] for city in known}
    for (first, second), claimed in pairs:
        order = _order(known[first], known[second], weights, grounds)
        if -order[1] != claimed or claimed < floor:
            found.wrong_scores.append((first, second))
        if first_bar(known[first], known[second], grounds):
            found.barred.append((first, second))
        held[first].append(order)
        held[second].append(order)
    made = {pair for pair, _ in pairs}
    found.blocking = [pair for pair in _blocking(known, held, weights, grounds, floor) if pair not in made]
    return found


def _order(first: CityFacts, second: CityFacts, weights: Weights, grounds: Grounds) -> tuple[bool, int, int, int]:
    stale = first.is_stale(grounds.today) or second.is_stale(grounds.today)
    return (stale, -score(first, second, weights, grounds.today.year).total, *pair_of(first.id, second.id))


def _blocking(
    known: Mapping[int, CityFacts],
    held: Mapping[int, list[tuple[bool, int, int, int]]],
    weights: Weights,
    grounds: Grounds,
    floor: int,
) -> Iterable[tuple[int, int]]:
    """Yield the permitted pairs that both sides would rather have than an empty place or their least partner."""
    for first in known.values():
        for second in known.values():
            if first.id >= second.id or first_bar(first, second, grounds):
                continue
            order = _order(first, second, weights, grounds)
            if -order[1] >= floor and all(
                len(held[city.id]) < city.free or order < max(held[city.id]) for city in (first, second)
            ):
                yield first.id, second.id
