"""What is owed in answer: deadlines by two clocks, the register, its reminders and figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from forum.core.refusals import Refusal
from forum.core.walltime import NonexistentTime, UnknownZone
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.liaisons import errors
from forum.liaisons.models import ActionTag, Obligation, Purpose, Statement
from forum.liaisons.operations import answering
from forum.liaisons.queries import obligations, reminding, statements
from forum.liaisons.rules.deadlines import due_day, instant_of, internal_due
from forum.liaisons.rules.figures import Answered, figures
from forum.liaisons.rules.terms import Terms
from forum.liaisons.states import ObligationState
from forum.reminders.rules import Due
from forum.schedule import REMINDER_SOURCES
from tests.conftest import START
from tests.liaisons.committees import Desk

TERMS = Terms()


def owed(statement: Statement) -> Obligation:
    row = obligations.of_statement(statement.id)
    assert row is not None
    return row


def move(desk: Desk, row: Obligation, action: str, who: str, reason: str = "", now: datetime = START) -> None:
    answering.move(row, action, reason, seen=row.version, **desk.as_(who, now))


# --- deadlines ----------------------------------------------------------------------------------------------


def test_a_deadline_is_an_instant_in_summer_and_in_winter() -> None:
    winter, zone = instant_of(date(2026, 10, 27), "", "", TERMS)
    assert (winter, zone) == (datetime(2026, 10, 27, 22, 59, tzinfo=UTC), "Europe/Zurich")
    summer, _zone = instant_of(date(2026, 10, 24), "23：59", "", TERMS)
    assert summer == datetime(2026, 10, 24, 21, 59, tzinfo=UTC)


def test_a_time_that_the_clocks_jump_over_is_refused_and_one_that_comes_twice_is_the_first() -> None:
    with pytest.raises(NonexistentTime) as refused:
        instant_of(date(2027, 3, 28), "02:30", "Europe/Zurich", TERMS)
    assert refused.value.field == "deadline_time"
    twice, _zone = instant_of(date(2026, 10, 25), "02:30", "Europe/Zurich", TERMS)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_zone_is_never_an_abbreviation() -> None:
    with pytest.raises(UnknownZone) as refused:
        instant_of(date(2027, 3, 1), "10:00", "CST", TERMS)
    assert refused.value.field == "deadline_zone"


@pytest.mark.parametrize(
    ("deadline", "zone", "day"),
    [
        (datetime(2026, 10, 27, 22, 59, tzinfo=UTC), "Europe/Zurich", date(2026, 10, 27)),
        (datetime(2026, 10, 28, 6, 59, tzinfo=UTC), "America/Los_Angeles", date(2026, 10, 27)),
        (datetime(2026, 10, 28, 9, 0, tzinfo=UTC), "Asia/Shanghai", date(2026, 10, 28)),
        (datetime(2026, 10, 27, 16, 0, tzinfo=UTC), "Asia/Shanghai", date(2026, 10, 27)),  # midnight: too late next day
    ],
)
def test_the_due_day_leaves_its_morning_in_beijing(deadline: datetime, zone: str, day: date) -> None:
    assert due_day(deadline, zone) == day


def test_what_is_due_here_is_a_week_earlier_but_never_before_it_began() -> None:
    assert internal_due(START + timedelta(days=30), START, 7) == START + timedelta(days=23)
    assert internal_due(START + timedelta(days=3), START, 7) == START


# --- the register -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", [Purpose.ACTION, Purpose.COMMENT])
def test_for_action_or_comment_makes_an_obligation_of_a_person(desk: Desk, purpose: Purpose) -> None:
    row = owed(desk.received("focal", receivers=(("ISO/TC 268", purpose),)))
    assert (row.owner_id, row.state) == (desk.cast.accounts["focal"], ObligationState.OPEN)
    assert row.due_at - row.internal_due_at == timedelta(days=7)


def test_for_information_makes_none(desk: Desk) -> None:
    statement = desk.received(receivers=(("ISO/TC 268", Purpose.INFORMATION),))
    assert obligations.of_statement(statement.id) is None
    assert statement.action is ActionTag.NONE


@pytest.mark.parametrize("who", ["stranger", "door", "other_focal"])
def test_whoever_has_no_part_in_it_owns_nothing(desk: Desk, who: str) -> None:
    with pytest.raises(errors.OwnerNeeded):
        desk.received(who, senders=("Council of Invented Cities",))


def test_an_obligation_goes_its_way(desk: Desk) -> None:
    row = owed(desk.received("focal"))
    for action in ("acknowledge", "begin"):
        move(desk, row, action, "focal")
    with pytest.raises(ReasonNeeded):
        move(desk, row, "answer", "focal")
    move(desk, row, "answer", "focal", "Answered at the meeting")
    assert row.statement.action is ActionTag.TAKEN
    move(desk, row, "close", "focal")
    assert row.state is ObligationState.CLOSED


def test_only_the_owner_moves_it_and_only_the_national_office_waives_it(desk: Desk) -> None:
    row = owed(desk.received("focal"))
    with pytest.raises(UnlawfulAction):
        move(desk, row, "acknowledge", "agenda")
    with pytest.raises(UnlawfulAction):
        move(desk, row, "waive", "focal", "No need")
    with pytest.raises(ReasonNeeded):
        move(desk, row, "waive", "viewer")
    move(desk, row, "waive", "viewer", "Withdrawn by the sender")
    assert row.state is ObligationState.WAIVED


def test_it_is_handed_over_to_somebody_concerned(desk: Desk) -> None:
    row = owed(desk.received("focal"))
    answering.hand_over(row, desk.account("delegate"), seen=None, **desk.as_("agenda"))
    assert row.owner_id == desk.cast.accounts["delegate"]
    with pytest.raises(errors.OwnerNeeded):
        answering.hand_over(row, desk.account("stranger"), seen=None, **desk.as_("agenda"))
    with pytest.raises(Refusal):
        answering.hand_over(row, desk.account("focal"), seen=None, **desk.as_("door"))


def test_overdue_is_derived(desk: Desk) -> None:
    row = owed(desk.received("focal"))
    assert not row.is_overdue(row.due_at - timedelta(seconds=1))
    assert row.is_overdue(row.due_at)
    move(desk, row, "answer", "focal", "By telephone")
    assert not row.is_overdue(row.due_at)


def test_a_posted_reply_answers_it_and_links_both_ways(desk: Desk) -> None:
    came = desk.received("focal")
    row, reply = owed(came), desk.reply(came)
    for action, who in (("submit", "agenda"), ("approve", "delegate")):
        desk.step(reply, action, who)
    assert row.state is ObligationState.OPEN  # not before it is posted
    desk.step(reply, "post", "agenda")
    assert (row.state, row.answer_id, came.action) == (ObligationState.ANSWERED, reply.id, ActionTag.TAKEN)
    seen = statements.visible(desk.standing("viewer"), START)
    assert [one.statement.id for one in statements.relatives(came, seen)] == [reply.id]
    assert [one.statement.id for one in statements.relatives(reply, seen)] == [came.id]


# --- reminders ----------------------------------------------------------------------------------------------


def named(now: datetime = START) -> list[Due]:
    return [due for due in reminding.dues(now) if due.kind == reminding.OBLIGATION]


def test_the_schedule_hears_this_room() -> None:
    assert [source.dues for source in REMINDER_SOURCES if source.name == "liaisons"] == [reminding.dues]


def test_the_owner_is_reminded_on_the_seven_days_and_weekly_when_it_is_late(desk: Desk) -> None:
    row = owed(desk.received("focal"))
    (due,) = named(row.due_at - timedelta(days=14))
    assert due.offsets[:7] == (-14, -7, -4, -3, -2, -1, 0)
    assert due.offsets[7:10] == (7, 14, 21)
    assert due.account_id == desk.cast.accounts["focal"]
    assert due.link == f"/desk/liaisons/obligations/{row.public_id}"
    assert len(due.offsets) <= 24


def test_nobody_is_reminded_long_before(desk: Desk) -> None:
    desk.received("focal", deadline_on=date(2027, 12, 1))
    assert named() == []


def test_nobody_is_reminded_after_the_action_was_taken(desk: Desk) -> None:
    came = desk.received("focal")
    late = owed(came).due_at + timedelta(days=1)
    assert len(named(late)) == 1
    answering.take_action(came, **desk.as_("agenda"))
    assert named(late) == []


@pytest.mark.parametrize(("action", "who"), [("answer", "focal"), ("waive", "viewer")])
def test_nobody_is_reminded_of_what_is_settled(desk: Desk, action: str, who: str) -> None:
    row = owed(desk.received("focal"))
    assert len(named(row.due_at)) == 1
    move(desk, row, action, who, "Settled")
    assert named(row.due_at) == []


# --- figures ------------------------------------------------------------------------------------------------


def test_the_figures_count_what_was_answered_in_time() -> None:
    due = START + timedelta(days=10)
    rows = [
        Answered(("A",), START, due, START + timedelta(days=2)),
        Answered(("A", "B"), START, due, START + timedelta(days=12)),
        Answered(("B",), START, due, None),  # late and still owed
        Answered(("B",), START, due + timedelta(days=99), None),  # still has time
    ]
    by: dict[str, Any] = {one.group: one for one in figures(rows, due)}
    assert (by[""].count, by[""].median_days, by[""].share) == (4, 7.0, 33)
    assert (by["A"].median_days, by["A"].share) == (7.0, 50)
    assert (by["B"].median_days, by["B"].share, by["B"].open) == (12.0, 0, 2)
    assert figures([], due) == []
