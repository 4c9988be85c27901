"""What is due in ballots is told to those who have to act, and to nobody else."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from forum.ballots.models import StepKind
from forum.ballots.operations import enquiring, performing
from forum.ballots.queries import cases
from forum.ballots.queries.due import dues
from forum.reminders.rules import Due
from forum.schedule import REMINDER_SOURCES
from tests.ballots import house as making
from tests.ballots.house import CHAIR, OFFICE, SECRETARY, SUBMITTER, House
from tests.conftest import START


def told(house: House) -> dict[str, list[Due]]:
    """Return what is due by the name of the person."""
    names = {number: who for who, number in house.cast.accounts.items()}
    found: dict[str, list[Due]] = defaultdict(list)
    for one in dues(START):
        found[names[one.account_id]].append(one)
    return found


def test_the_secretary_is_told_of_a_ballot_to_take_up_and_nobody_else(house: House) -> None:
    ballot = making.opened(house)
    found = told(house)
    assert set(found) == {SECRETARY}
    (due,) = found[SECRETARY]
    assert due.on == next(row.due_on for row in ballot.steps if row.kind is StepKind.TRIAGE)
    assert due.link == f"/ballots/{ballot.public_id}/"


def test_those_who_are_asked_are_told_until_they_have_answered(house: House) -> None:
    ballot = making.asked(house, making.opened(house), "delegate", "focal")
    assert set(told(house)) == {SECRETARY, "delegate", "focal"}
    mine = cases.enquired(ballot.id, house.cast.accounts["delegate"])
    assert mine is not None
    enquiring.answer(mine, "approve", **house.as_("delegate"))  # type: ignore[arg-type]
    assert set(told(house)) == {SECRETARY, "focal"}


def test_approval_waits_for_chair_and_office_and_the_vote_for_the_submission_officer(house: House) -> None:
    ballot = making.worded(house, making.drafting(house, making.opened(house)))
    assert set(told(house)) == {CHAIR, OFFICE}
    making.approved(house, ballot)
    assert set(told(house)) == {OFFICE, SUBMITTER}
    making.voted(house, ballot)
    assert not told(house)


def test_nothing_is_due_of_a_ballot_without_position_or_after_its_closing(house: House) -> None:
    ballot = making.opened(house)
    performing.perform(ballot, "take_no_position", reason="No expertise.", **house.as_(CHAIR))  # type: ignore[arg-type]
    assert not told(house)
    making.opened(house, standard=making.standard(house.committee("ISO/TC 900"), "90003", "Second", "第二"))
    assert told(house)
    assert not list(dues(START + timedelta(days=200)))


def test_the_house_asks_ballots_what_is_due() -> None:
    assert "ballots" in {source.name for source in REMINDER_SOURCES}
