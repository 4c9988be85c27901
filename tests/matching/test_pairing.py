"""Pairing: the same whatever comes first, within capacity, without two cities that prefer each other."""

from __future__ import annotations

import itertools
import random
import time
from dataclasses import replace

import pytest

from forum.matching.rules.assignment import best_total
from forum.matching.rules.bars import BarKind, bars, first_bar
from forum.matching.rules.checking import Faults, faults
from forum.matching.rules.facts import CityFacts, Grounds, pair_of
from forum.matching.rules.pairing import FLOOR, Pair, ranked_pairs, room_of, stable_matching
from forum.matching.rules.score import DEFAULT_WEIGHTS, score
from tests.matching.cities import GROUNDS, HANGZHOU, LYON, TODAY, YEAR, city, many

LOW = 1500


def _grounds(seed: int, count: int) -> Grounds:
    chance = random.Random(seed)
    some = [(chance.randint(1, count), chance.randint(1, count)) for _ in range(count // 2)]
    return Grounds(
        TODAY,
        active=frozenset(pair_of(*pair) for pair in some[::2]),
        blocks=frozenset(some[1::2]),
        no_relations=frozenset({"KE"}),
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_quick_scores_are_those_of_each_pair_by_itself(seed: int) -> None:
    cities, grounds = many(seed, 25, 25), _grounds(seed, 50)
    slow = [
        Pair(
            one.id,
            other.id,
            score(one, other, DEFAULT_WEIGHTS, YEAR).total,
            one.is_stale(TODAY) or other.is_stale(TODAY),
        )
        for one, other in itertools.combinations(cities, 2)
        if first_bar(one, other, grounds) is None
    ]
    expected = sorted((pair for pair in slow if pair.score >= LOW), key=lambda pair: pair.order)
    assert list(ranked_pairs(cities, DEFAULT_WEIGHTS, grounds, floor=LOW)) == expected
    assert len(expected) > 20


@pytest.mark.parametrize("seed", range(6))
def test_the_matching_has_no_fault(seed: int) -> None:
    cities, grounds = many(seed, 20, 30), _grounds(seed, 50)
    chosen = stable_matching(ranked_pairs(cities, DEFAULT_WEIGHTS, grounds, floor=LOW), room_of(cities))
    assert len(chosen) > 3
    assert not faults(cities, chosen, DEFAULT_WEIGHTS, grounds, floor=LOW)


def test_the_checker_sees_each_fault() -> None:
    cities = many(5, 20, 30)
    pairs = ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS, floor=LOW)
    chosen = stable_matching(pairs, room_of(cities))

    def check(made: list[Pair], grounds: Grounds = GROUNDS) -> Faults:
        return faults(cities, made, DEFAULT_WEIGHTS, grounds, floor=LOW)

    assert (chosen[0].first, chosen[0].second) in check(chosen[1:]).blocking
    assert check([*chosen, chosen[0]]).duplicates
    everything = check(list(pairs))
    assert everything.overfull
    assert check([chosen[0]._replace(score=1), *chosen[1:]]).wrong_scores
    barred = Grounds(TODAY, blocks=frozenset({(chosen[0].second, chosen[0].first)}))
    assert check(chosen, barred).barred


def test_the_result_is_the_same_for_every_order_of_input() -> None:
    cities = many(9, 20, 20)
    wanted = stable_matching(ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS, floor=LOW), room_of(cities))
    chance = random.Random(9)
    for _ in range(50):
        chance.shuffle(cities)
        pairs = list(ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS, floor=LOW))
        chance.shuffle(pairs)
        assert stable_matching(pairs, room_of(cities)) == wanted


def test_equal_scores_go_by_the_smaller_ids() -> None:
    pairs = [Pair(2, 11, 4000), Pair(1, 12, 4000), Pair(1, 11, 4000), Pair(2, 12, 4000)]
    chosen = stable_matching(pairs, dict.fromkeys((1, 2, 11, 12), 1))
    assert [(pair.first, pair.second) for pair in chosen] == [(1, 11), (2, 12)]


def test_a_stale_profile_stands_below_every_fresh_one() -> None:
    stale = replace(LYON, id=3, confirmed_on=None)
    weaker = replace(LYON, id=4, offers={"A09": 1})
    pairs = list(ranked_pairs([HANGZHOU, stale, weaker], DEFAULT_WEIGHTS, GROUNDS))
    assert [pair.second for pair in pairs] == [4, 3]
    assert pairs[0].score < pairs[1].score


def test_below_the_floor_no_pair_is_made() -> None:
    least = score(HANGZHOU, LYON, DEFAULT_WEIGHTS, YEAR).total
    assert len(ranked_pairs([HANGZHOU, LYON], DEFAULT_WEIGHTS, GROUNDS, floor=least)) == 1
    assert len(ranked_pairs([HANGZHOU, LYON], DEFAULT_WEIGHTS, GROUNDS, floor=least + 1)) == 0
    assert FLOOR == 3000


@pytest.mark.parametrize(
    ("first", "second", "grounds", "kind"),
    [
        (HANGZHOU, LYON, Grounds(TODAY, active=frozenset({(1, 2)})), BarKind.ACTIVE),
        (replace(HANGZHOU, taken=2), LYON, GROUNDS, BarKind.FULL),
        (HANGZHOU, replace(LYON, capacity=0), GROUNDS, BarKind.FULL),
        (HANGZHOU, LYON, Grounds(TODAY, blocks=frozenset({(1, 2)})), BarKind.BLOCKED),
        (HANGZHOU, LYON, Grounds(TODAY, blocks=frozenset({(2, 1)})), BarKind.BLOCKED),
        (HANGZHOU, LYON, Grounds(TODAY, no_relations=frozenset({"FR"})), BarKind.NO_RELATIONS),
        (HANGZHOU, city(7), GROUNDS, BarKind.SAME_SIDE),
        (HANGZHOU, replace(LYON, country="MO"), GROUNDS, BarKind.SAME_SIDE),
        (HANGZHOU, HANGZHOU, GROUNDS, BarKind.ITSELF),
    ],
)
def test_a_barred_pair_is_never_proposed(first: CityFacts, second: CityFacts, grounds: Grounds, kind: BarKind) -> None:
    assert kind in [bar.kind for bar in bars(first, second, grounds)]
    assert len(ranked_pairs([first, second], DEFAULT_WEIGHTS, grounds, floor=0)) == 0
    assert len(ranked_pairs([HANGZHOU, LYON], DEFAULT_WEIGHTS, GROUNDS, floor=0)) == 1  # without the bar it is


def test_the_best_total_is_never_below_the_stable_one_and_never_beaten() -> None:
    for seed in range(5):
        cities = many(seed, 6, 6)
        pairs = list(ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS, floor=LOW))
        best = best_total(pairs)
        stable = stable_matching(pairs, dict.fromkeys((each.id for each in cities), 1))
        total = sum(pair.score for pair in best)
        assert len({c for pair in best for c in (pair.first, pair.second)}) == 2 * len(best)
        assert total >= sum(pair.score for pair in stable)
        assert total == _by_trying(pairs)


def _by_trying(pairs: list[Pair]) -> int:
    """The best total by trying everything."""
    if not pairs:
        return 0
    head, *rest = pairs
    free = [pair for pair in rest if not {pair.first, pair.second} & {head.first, head.second}]
    return max(head.score + _by_trying(free), _by_trying(rest))


def test_the_best_total_of_nothing_is_nothing() -> None:
    assert best_total([]) == []


def test_a_hundred_cities_a_side_take_a_blink() -> None:
    cities = many(3, 100, 100)
    begun = time.perf_counter()
    chosen = stable_matching(ranked_pairs(cities, DEFAULT_WEIGHTS, GROUNDS), room_of(cities))
    assert chosen
    assert time.perf_counter() - begun < 2  # ten thousand pairs; a hundredth of it on a machine with nothing else to do
