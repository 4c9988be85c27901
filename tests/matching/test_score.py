"""The score: symmetric, in whole hundredths, its shown parts adding up to the shown total."""

from __future__ import annotations

import itertools
from dataclasses import astuple, replace
from datetime import date
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.matching.rules.facts import CityFacts, as_record, from_record, shared_minutes
from forum.matching.rules.score import (
    DEFAULT_WEIGHTS,
    PARTS,
    Weights,
    covered,
    rounded_root,
    score,
    shown_parts,
    tenths,
)
from tests.matching.cities import HANGZHOU, LYON, TODAY, YEAR, city, many


def test_the_parts_of_hangzhou_and_lyon_are_those_worked_out_by_hand() -> None:
    # Lyon covers 3·3 of 3·(3+1); Hangzhou covers 2·3 + 1·1 of 3·(2+2+1).
    assert covered(LYON, HANGZHOU) == (9, 12)
    assert covered(HANGZHOU, LYON) == (7, 15)
    found = score(HANGZHOU, LYON, DEFAULT_WEIGHTS, YEAR)
    assert found.fit == round(4500 * sqrt(9 / 12 * 7 / 15)) == 2662
    assert found.give == round(2000 * (9 / 12 + 7 / 15) / 2) == 1217
    assert found.shared == 333  # one need in common
    assert found.size == 301  # 800 · (1 − 1.2476 / 2)
    assert found.lang == 700
    assert found.hours == 94  # one hour in winter, two in summer: 500 · 1.5 / 8
    assert found.role == 500  # Lyon proves what Hangzhou needs
    assert found.total == sum(found.parts().values()) == 5807


def test_the_score_is_the_same_from_either_side() -> None:
    for one, other in itertools.combinations(many(1, 20, 20), 2):
        assert score(one, other, DEFAULT_WEIGHTS, YEAR) == score(other, one, DEFAULT_WEIGHTS, YEAR)


def test_each_part_stays_between_nothing_and_its_weight() -> None:
    for one, other in itertools.combinations(many(2, 15, 15), 2):
        parts = score(one, other, DEFAULT_WEIGHTS, YEAR).parts()
        for name, most in zip(PARTS, astuple(DEFAULT_WEIGHTS), strict=True):
            assert 0 <= parts[name] <= most * 100


def test_the_perfect_pair_scores_one_hundred() -> None:
    needs = {"A01": 3, "A02": 1, "A03": 2}
    offers = dict.fromkeys(needs, 3)
    facts = {"population": 1_000_000, "languages": frozenset({"en"}), "offers": offers, "needs": needs}
    one = city(1, proven=frozenset({"A01"}), **facts)
    two = city(2, country="SG", zone_name="Asia/Singapore", **facts)
    assert score(one, two, DEFAULT_WEIGHTS, YEAR).total == 10_000


def test_a_city_without_needs_or_offers_still_has_a_score() -> None:
    one, two = city(1, population=None), city(2, country="FR", population=10, zone_name="")
    found = score(one, two, DEFAULT_WEIGHTS, YEAR)
    assert (found.fit, found.give, found.hours) == (0, 0, 0)
    assert found.size == 400  # population unknown: half


@given(st.lists(st.integers(0, 4500), min_size=7, max_size=7))
def test_shown_parts_add_up_to_the_shown_total(cents: list[int]) -> None:
    parts = dict(zip(PARTS, cents, strict=True))
    shown = shown_parts(parts)
    assert sum(shown.values()) == tenths(sum(cents))
    assert all(abs(shown[name] * 10 - parts[name]) < 10 for name in PARTS)


def test_rounding_the_parts_one_by_one_would_miss_the_total() -> None:
    parts = dict.fromkeys(PARTS, 4)
    assert sum(tenths(cents) for cents in parts.values()) == 0 != tenths(28) == sum(shown_parts(parts).values())


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_the_root_is_the_nearest_whole_number(above: int, below: int) -> None:
    root, value = rounded_root(above, below), Fraction(above, below)
    assert (Fraction(2 * root - 1, 2)) ** 2 <= value or root == 0
    assert value < Fraction(2 * root + 1, 2) ** 2


@pytest.mark.parametrize(
    ("zone", "other", "minutes"),
    [
        ("Asia/Shanghai", "Europe/Paris", (60, 120)),
        ("Asia/Shanghai", "Asia/Kolkata", (330, 330)),
        ("Pacific/Auckland", "America/Los_Angeles", (300, 180)),  # 21 hours apart are three, 19 are five
        ("Asia/Shanghai", "America/New_York", (0, 0)),
        ("Asia/Shanghai", "Asia/Shanghai", (480, 480)),
    ],
)
def test_shared_office_hours_follow_the_circle_and_the_season(zone: str, other: str, minutes: tuple[int, int]) -> None:
    assert shared_minutes(zone, other, YEAR) == shared_minutes(other, zone, YEAR) == minutes


def test_an_unknown_zone_gives_no_hours_and_no_error() -> None:
    assert shared_minutes("Asia/Shanghai", "", YEAR) is None
    assert shared_minutes("Mars/Olympus", "Asia/Shanghai", YEAR) is None


def test_weights_are_sound_when_they_give_one_hundred_points() -> None:
    assert DEFAULT_WEIGHTS.sound
    assert not Weights(fit=46).sound
    assert not Weights(fit=85, give=-20).sound


@pytest.mark.parametrize(
    ("confirmed", "stale"),
    [(date(2026, 3, 2), False), (date(2026, 3, 1), True), (None, True), (TODAY, False)],
)
def test_a_profile_is_stale_after_twelve_months(confirmed: date | None, stale: bool) -> None:
    assert replace(LYON, confirmed_on=confirmed).is_stale(TODAY) is stale


def test_a_leap_day_is_stale_from_march() -> None:
    leap = replace(LYON, confirmed_on=date(2028, 2, 29))
    assert not leap.is_stale(date(2029, 2, 28))
    assert leap.is_stale(date(2029, 3, 1))


@pytest.mark.parametrize("facts", [HANGZHOU, LYON, *many(3, 5, 5)], ids=lambda facts: str(facts.id))
def test_frozen_facts_come_back_as_they_were_with_needs_in_their_order(facts: CityFacts) -> None:
    back = from_record(as_record(facts))
    assert back == facts
    assert list(back.needs) == list(facts.needs)
