"""The acceptance calculator: the cases of the house, exactness, and an independent oracle."""

from __future__ import annotations

from fractions import Fraction

import pytest

from forum.ballots.rules.acceptance import Flag, Outcome, Result, Tallies, Tally, reckon
from forum.ballots.rules.terms import TermsUnclear, defaults, read, read_office
from tests.proof.calculator import RULES, trial


def votes(pro: int, con: int, abstain: int = 0, unreasoned: int = 0) -> Tally:
    return Tally({"approve": pro, "disapprove": con, "abstain": abstain}, unreasoned)


def shares(result: Result) -> list[tuple[Fraction | None, bool | None]]:
    return [(one.value, one.passed) for one in result.criteria]


@pytest.mark.parametrize(
    ("p", "o", "majority", "negative", "outcome"),
    [
        (votes(20, 10), votes(10, 0), (Fraction(2, 3), True), (Fraction(1, 4), True), "approved"),  # AC-1
        (votes(20, 10), votes(4, 0), (Fraction(2, 3), True), (Fraction(10, 34), False), "not_approved"),  # AC-2
        (votes(24, 8), votes(8, 0), (Fraction(3, 4), True), (Fraction(1, 5), True), "approved"),  # AC-3
        (votes(19, 10), votes(11, 0), (Fraction(19, 29), False), (Fraction(1, 4), True), "not_approved"),  # AC-4
        (votes(30, 0, 10), votes(0, 11), (Fraction(1), True), (Fraction(11, 41), False), "not_approved"),  # AC-5
    ],
)
def test_a_draft_is_accepted_by_two_thirds_of_p_and_at_most_a_quarter_against(
    p: Tally,
    o: Tally,
    majority: tuple[Fraction, bool],
    negative: tuple[Fraction, bool],
    outcome: str,
) -> None:
    found = reckon(RULES["dis"], Tallies(p, o))
    assert shares(found) == [majority, negative]
    assert found.outcome == outcome


def test_leaving_out_unreasoned_negatives_is_said_where_it_decides() -> None:  # AC-6
    found = reckon(RULES["dis"], Tallies(votes(20, 10, unreasoned=2), votes(4, 0)))
    assert shares(found) == [(Fraction(20, 28), True), (Fraction(1, 4), True)]
    assert found.outcome is Outcome.APPROVED
    assert found.flags == {Flag.EXCLUSION_DECIDED}
    assert not reckon(RULES["dis"], Tallies(votes(20, 10), votes(10, 0))).flags


def test_nothing_counted_is_undetermined_and_no_failure() -> None:  # AC-7
    found = reckon(RULES["dis"], Tallies(votes(0, 0, 30), votes(0, 0, 4)))
    assert shares(found) == [(None, None), (None, None)]
    assert found.outcome is Outcome.UNDETERMINED
    assert "40.99" not in found.decisions


@pytest.mark.parametrize(
    ("members", "naming", "outcome"),
    [(16, 4, "approved"), (16, 3, "not_approved"), (17, 4, "not_approved"), (17, 5, "approved")],
)
def test_a_proposal_needs_experts_by_the_size_of_the_committee(members: int, naming: int, outcome: str) -> None:
    found = reckon(RULES["np"], Tallies(votes(8, 4), p_members=members, naming=naming))  # AC-8, AC-9
    assert found.outcome == outcome
    assert found.criteria[1].threshold == (4 if members == 16 else 5)


def test_a_report_needs_more_than_half() -> None:  # AC-10
    assert reckon(RULES["dtr"], Tallies(votes(15, 15))).outcome is Outcome.NOT_APPROVED
    assert reckon(RULES["dtr"], Tallies(votes(16, 15))).outcome is Outcome.APPROVED


def test_a_confirmed_standard_used_in_four_countries_is_a_candidate_for_withdrawal() -> None:  # AC-11
    wishes = Tally({"confirm": 12, "revise": 5, "withdraw": 3})
    found = reckon(RULES["sr"], Tallies(wishes, countries=4))
    assert found.outcome is Outcome.CONFIRM
    assert found.flags == {Flag.FEW_COUNTRIES}
    assert not reckon(RULES["sr"], Tallies(wishes, countries=5)).flags


def test_only_lawful_decisions_are_offered() -> None:
    failed = reckon(RULES["dis"], Tallies(votes(1, 10)))
    passed = reckon(RULES["dis"], Tallies(votes(10, 1)))
    assert failed.decisions == ("40.92", "40.93", "40.98")
    assert set(passed.decisions) - set(failed.decisions) == {"40.99"}


def test_no_float_enters_the_calculator() -> None:
    found = reckon(RULES["dis"], Tallies(votes(20, 10), votes(10, 0)))
    assert all(isinstance(one.value, Fraction) and isinstance(one.threshold, Fraction) for one in found.criteria)
    terms = next(one["terms"] for one in defaults()["rules"] if one["kind"] == "dis")
    with pytest.raises(TermsUnclear, match="share"):
        read({**terms, "criteria": [{"rule": "majority", "share": [0.666, 1]}]})


def test_the_calculator_agrees_with_an_oracle_written_another_way() -> None:
    outcome = trial(10_000, seed=7)
    assert outcome.differing == ()
    assert {"dis:approved", "dis:not_approved", "dis:undetermined", "np:approved", "sr:withdraw"} <= set(
        outcome.outcomes
    )


def test_every_kind_of_ballot_has_a_rule_that_can_be_read() -> None:
    assert len(RULES) == 17
    office = read_office(defaults()["office"]["terms"])
    assert [one.weeks for one in office.templates] == [4, 8, 12, 20]
    with pytest.raises(TermsUnclear):
        read_office({**defaults()["office"]["terms"], "closing": {"iso": ["25:99", "Europe/Zurich"]}})
