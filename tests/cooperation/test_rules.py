"""What follows from what is written down, without a database."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from forum.cooperation.models import CompletionRule, ConditionKind, EvidenceKind, Principle
from forum.cooperation.rules import money
from forum.cooperation.rules.assessing import gaps, may_see, opened
from forum.cooperation.rules.due import annual_due
from forum.cooperation.rules.heartbeat import Colour, heartbeat
from forum.cooperation.rules.milestones import Condition, Facts, Piece, enough, holds, percent, progress
from forum.cooperation.rules.standards import is_national_project, is_stage, read
from forum.cooperation.rules.times import locals_of, span
from forum.cooperation.states import (
    ACTIVITY_LIFE,
    DELIVERABLE_LIFE,
    REPORT_LIFE,
    ActivityState,
    DeliverableState,
)
from forum.core.walltime import NonexistentTime
from forum.partnerships.models import Side

TODAY = date(2027, 3, 1)


def test_progress_with_weights_one_one_five_never_exceeds_a_hundred_per_cent() -> None:
    assert progress([(1, True), (1, True), (5, True)]) == 1
    assert progress([(1, True), (1, True), (5, False)]) == Fraction(2, 7)
    assert percent(Fraction(2, 7)) == 28
    assert percent(Fraction(999, 1000)) == 99
    assert progress([]) == 0


@pytest.mark.parametrize("seed", range(20))
def test_progress_stays_between_nothing_and_all_and_never_falls_when_more_is_done(seed: int) -> None:
    chance = random.Random(seed)
    rows = [(chance.randint(1, 1000), chance.random() < 0.5) for _ in range(chance.randint(1, 30))]
    before = progress(rows)
    assert 0 <= before <= 1
    assert (before == 1) == all(done for _weight, done in rows)
    at = chance.randrange(len(rows))
    more = [(weight, done or number == at) for number, (weight, done) in enumerate(rows)]
    assert before <= progress(more) <= 1


def test_a_milestone_is_done_by_all_any_or_so_many_of_its_conditions() -> None:
    some = [True, False, True]
    assert not enough(CompletionRule.ALL, 1, some)
    assert enough(CompletionRule.ANY, 1, some)
    assert enough(CompletionRule.AT_LEAST, 2, some)
    assert not enough(CompletionRule.AT_LEAST, 3, some)
    assert not any(enough(rule, 1, []) for rule in CompletionRule)


def test_evidence_meets_a_condition_by_kind_verdict_date_and_side() -> None:
    piece = Piece(EvidenceKind.MINUTES, Side.DOMESTIC, TODAY, accepted=True)
    ask = Condition(ConditionKind.EVIDENCE, EvidenceKind.MINUTES)
    assert holds(ask, Facts([piece]))
    assert not holds(Condition(ConditionKind.EVIDENCE, EvidenceKind.DATASET), Facts([piece]))
    unchecked = Piece(EvidenceKind.MINUTES, Side.DOMESTIC, TODAY, accepted=False)
    assert not holds(ask, Facts([unchecked]))
    assert holds(Condition(ConditionKind.EVIDENCE, accepted=False), Facts([unchecked]))
    assert not holds(ask, Facts([Piece(EvidenceKind.MINUTES, Side.DOMESTIC, TODAY, accepted=True, superseded=True)]))
    later = Condition(ConditionKind.EVIDENCE, dated_from=TODAY + timedelta(days=1))
    assert not holds(later, Facts([piece]))
    both = Condition(ConditionKind.EVIDENCE, both_sides=True)
    assert not holds(both, Facts([piece, piece]))
    assert holds(both, Facts([piece, Piece(EvidenceKind.REPORT, Side.FOREIGN, TODAY, accepted=True)]))


def test_a_deliverable_that_has_come_further_meets_the_condition_and_a_dropped_one_never() -> None:
    ask = Condition(ConditionKind.DELIVERABLE, deliverable_id=1, deliverable_state=DeliverableState.DELIVERED)
    assert holds(ask, Facts(deliverables={1: DeliverableState.ACCEPTED}))
    assert not holds(ask, Facts(deliverables={1: DeliverableState.DRAFTING}))
    assert not holds(ask, Facts(deliverables={1: DeliverableState.DROPPED}))
    event = Condition(ConditionKind.ACTIVITY, activity_id=1)
    assert holds(event, Facts(activities={1: ActivityState.HELD}))
    assert not holds(event, Facts(activities={1: ActivityState.RUNNING}))


def test_money_is_summed_across_currencies_by_a_dated_rate_alone() -> None:
    yuan = money.Money(10_000_00, "CNY")
    euro = money.Money(500_00, "EUR")
    without = money.total([yuan, euro], "CNY")
    assert without.hundredths is None
    assert without.without_rate == ("EUR",)
    assert without.by_currency == {"CNY": 10_000_00, "EUR": 500_00}
    dated = money.Money(500_00, "EUR", money.Rate(Decimal("7.8"), "CNY", TODAY))
    assert money.total([yuan, dated], "CNY").hundredths == 13_900_00
    assert money.total([yuan, dated], "EUR").hundredths is None  # the rate leads the other way only


@pytest.mark.parametrize("seed", range(20))
def test_no_sum_ever_hides_an_amount_without_a_rate(seed: int) -> None:
    chance = random.Random(seed)
    rows = []
    for _ in range(chance.randint(1, 12)):
        currency = chance.choice(["CNY", "EUR", "JPY"])
        rate = money.Rate(Decimal("2.5"), chance.choice(["CNY", "EUR"]), TODAY) if chance.random() < 0.5 else None
        rows.append(money.Money(chance.randint(0, 10**9), currency, rate))
    found = money.total(rows, "CNY")
    stuck = {one.currency for one in rows if one.currency != "CNY" and (one.rate is None or one.rate.into != "CNY")}
    assert set(found.without_rate) == stuck
    assert (found.hundredths is None) == bool(stuck)
    assert sum(found.by_currency.values()) == sum(one.hundredths for one in rows)
    shuffled = chance.sample(rows, len(rows))
    assert money.total(shuffled, "CNY") == found or dict(money.total(shuffled, "CNY").by_currency) == dict(
        found.by_currency
    )


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("12,500.50", 1250050), ("0", 0), ("7", 700), ("1.005", None), ("-3", None), ("1e5", None), ("", None)],
)
def test_an_amount_is_read_exactly_or_not_at_all(typed: str, hundredths: int | None) -> None:
    assert money.hundredths(typed) == hundredths


def test_a_partnership_slows_down_after_half_a_year_and_sleeps_after_one() -> None:
    last = date(2027, 1, 1)
    expected = [(179, Colour.GREEN), (180, Colour.AMBER), (364, Colour.AMBER), (365, Colour.RED)]
    for days, colour in expected:
        found = heartbeat(last, None, last + timedelta(days=days))
        assert (found.colour, found.days, found.red_on) == (colour, days, last + timedelta(days=365))
    assert heartbeat(None, last, last + timedelta(days=10)).days == 10  # from the effective date before any
    grey = heartbeat(last, None, TODAY, suspended=True)
    assert (grey.colour, grey.red_on) == (Colour.GREY, None)


def test_both_sides_read_their_own_clocks_and_daylight_saving_keeps_the_wall_time_of_the_place() -> None:
    for month, hour in ((3, 9), (4, 10)):  # Lyon goes over to summer time on 28 March 2027
        begins, ends = span(datetime(2027, month, 15, 16, 0), datetime(2027, month, 15, 17, 0), "Asia/Shanghai")
        here, there = locals_of(begins, ends, ["Asia/Shanghai", "Europe/Paris", "Asia/Shanghai"])
        assert here.begins == datetime(2027, month, 15, 16, 0)
        assert there.begins == datetime(2027, month, 15, hour, 0)
    with pytest.raises(NonexistentTime):
        span(datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 4, 0), "Europe/Paris")


def test_an_assessment_opens_when_both_are_in_or_the_last_day_is_over_for_everybody() -> None:
    zones = ("Asia/Shanghai", "America/Los_Angeles")
    last = date(2027, 3, 31)
    before = datetime(2027, 4, 1, 6, 0, tzinfo=UTC)  # 1 April in Hangzhou, still 31 March in Los Angeles
    assert not opened([], last, zones, before)
    assert not opened([Side.DOMESTIC], last, zones, before)
    assert opened(list(Side), last, zones, before)
    assert opened([Side.DOMESTIC], last, zones, before + timedelta(hours=2))


def test_until_it_opens_only_the_side_itself_sees_its_answer() -> None:
    for answer in Side:
        for reader in (*Side, None):
            assert may_see(answer, reader, is_open=False) is (answer is reader)
            assert may_see(answer, reader, is_open=True)


def test_the_widest_gap_comes_first_and_agreement_is_none() -> None:
    ours = {Principle.DATA: 5, Principle.CAPACITY: 3, Principle.FINANCING: 2}
    theirs = {Principle.DATA: 1, Principle.CAPACITY: 3, Principle.FINANCING: 4}
    assert [(one.principle, one.width) for one in gaps(ours, theirs)] == [(Principle.DATA, 4), (Principle.FINANCING, 2)]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ISO 37101:2016", "ISO 37101:2016"),
        ("iso37101 ： 2016", "ISO 37101:2016"),
        ("ISO/IEC 30145-3:2020", "ISO/IEC 30145-3:2020"),
        ("iso/ts 37151", "ISO/TS 37151"),
        ("GB/T 36749-2018", "GB/T 36749-2018"),
        ("ＧＢ／Ｔ36749—2018", "GB/T 36749-2018"),
        ("GB 3095-2012", "GB 3095-2012"),
        ("DB33/T 2487-2022", "DB33/T 2487-2022"),
        ("T/CAS 12-2021", "T/CAS 12-2021"),
        ("ITU-T Y.4900", "ITU-T Y.4900"),
        ("itu-t rec. y.4900", "ITU-T Y.4900"),
    ],
)
def test_a_reference_number_is_written_as_its_publisher_does(typed: str, written: str) -> None:
    assert read(typed).text == written
    assert read(typed).recognised
    assert read(written).text == written


def test_an_unknown_reference_is_kept_as_typed() -> None:
    assert read("City rule 12 of 2020").text == "City rule 12 of 2020"
    assert not read("City rule 12 of 2020").recognised


def test_stages_and_project_numbers_have_their_shapes() -> None:
    assert all(is_stage(code) for code in ("00.00", "40.20", "60.60", "95.99"))
    assert not any(is_stage(code) for code in ("70.00", "60.61", "60", "", "6.60"))
    assert is_national_project("20231234-T-469")
    assert not is_national_project("2023-T-469")


def test_a_yearly_report_is_due_on_the_nearest_anniversary_never_on_the_first_day() -> None:
    assert annual_due(date(2026, 3, 10), TODAY) == date(2027, 3, 10)
    assert annual_due(date(2027, 2, 20), TODAY) == date(2028, 2, 20)
    assert annual_due(date(2024, 2, 29), TODAY) == date(2027, 2, 28)


def test_every_state_of_the_lives_is_reached_and_comes_to_an_end() -> None:
    for life, start in ((ACTIVITY_LIFE, "planned"), (DELIVERABLE_LIFE, "planned"), (REPORT_LIFE, "draft")):
        reached, before = {start}, set[str]()
        while reached != before:
            before = set(reached)
            reached |= {row.target for row in life.rows if reached & set(row.sources)}
        assert reached == set(map(str, life.states))
        assert any(life.final(state) for state in reached)
