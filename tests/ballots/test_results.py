"""International results: by the rule under which the ballot opened, and only lawful stages after them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.ballots import errors
from forum.ballots.models import Ballot, BallotKind
from forum.ballots.operations import configuring, performing, results
from forum.ballots.queries import cases, configured
from forum.ballots.rules.acceptance import Tallies, Tally
from forum.core.bilingual import Text
from forum.core.database import session
from forum.standards.models import StageEvent
from tests.ballots import house as making
from tests.ballots.house import OFFICE, House
from tests.conftest import START

PASSED = Tallies(Tally({"approve": 20, "disapprove": 10}), Tally({"approve": 10}))
FAILED = Tallies(Tally({"approve": 20, "disapprove": 10}), Tally({"approve": 4}))


def closed(house: House) -> Ballot:
    ballot = making.submitted(house)
    performing.settle(ballot, now=ballot.closes_at)
    return ballot


def stricter(house: House) -> None:
    """Let the national office ask for three quarters from tomorrow on."""
    before = configured.latest(BallotKind.DIS)
    assert before is not None
    criteria = [{"rule": "majority", "share": [3, 4], "equal_passes": True, "among": "p"}]
    what = configuring.RuleVersion(
        START.date() + timedelta(days=1), {**before.terms, "criteria": criteria}, Text("DIS", "草案"), "verified", ""
    )
    configuring.add_version(BallotKind.DIS, what, **house.as_(OFFICE))  # type: ignore[arg-type]


def test_a_ballot_keeps_its_outcome_when_a_second_version_of_the_rule_comes(house: House) -> None:
    ballot = closed(house)
    stricter(house)
    found = results.enter_result(ballot, PASSED, **house.as_(OFFICE, ballot.closes_at))  # type: ignore[arg-type]
    assert found.outcome == "approved"
    newest = configured.latest(BallotKind.DIS)
    assert newest is not None
    assert newest.number == 2
    ballot.rule_id = ballot.rule.id  # nothing changes
    assert results.reckoned(ballot, found).outcome == "approved"


def test_a_result_is_entered_after_the_closing_and_corrected_by_another_row(house: House) -> None:
    ballot = making.submitted(house)
    with pytest.raises(errors.NotClosedYet):
        results.enter_result(ballot, PASSED, **house.as_(OFFICE))  # type: ignore[arg-type]
    performing.settle(ballot, now=ballot.closes_at)
    after = house.as_(OFFICE, ballot.closes_at)
    wrong = Tallies(Tally({"disapprove": 1}, unreasoned=2))
    with pytest.raises(errors.CountsImpossible):
        results.enter_result(ballot, wrong, **after)  # type: ignore[arg-type]
    results.enter_result(ballot, FAILED, **after)  # type: ignore[arg-type]
    second = results.enter_result(ballot, PASSED, **after)  # type: ignore[arg-type]
    assert (second.number, second.outcome) == (2, "approved")


def test_only_a_lawful_stage_is_declared_once_and_the_standard_follows(house: House) -> None:
    ballot = closed(house)
    after = house.as_(OFFICE, ballot.closes_at)
    results.enter_result(ballot, FAILED, **after)  # type: ignore[arg-type]
    with pytest.raises(errors.DecisionUnlawful):
        results.decide(ballot, "40.99", **after)  # type: ignore[arg-type]
    results.decide(ballot, "40.93", **after)  # type: ignore[arg-type]
    assert ballot.standard is not None
    assert ballot.standard.stage_equivalent == "40.93"
    codes = session.scalars(select(StageEvent.code).where(StageEvent.standard_id == ballot.standard_id))
    assert list(codes) == ["40.60", "40.93"]
    with pytest.raises(errors.DecidedAlready):
        results.decide(ballot, "40.92", **after)  # type: ignore[arg-type]
    with pytest.raises(errors.DecidedAlready):
        results.enter_result(ballot, PASSED, **after)  # type: ignore[arg-type]
    found = cases.result(ballot.id)
    assert found is not None
    assert found.decision == "40.93"
