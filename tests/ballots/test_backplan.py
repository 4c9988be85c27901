"""The timetable counted back: the example of the house to the day, five hundred closings, both changes of the clock."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forum.ballots.models import StepKind
from forum.ballots.rules.backplan import STEPS, closing_instant, last_day, moved, plan
from forum.ballots.rules.terms import defaults, read_office
from forum.workdays.rules.calendars import Footing, Region, WorkCalendar

OFFICE = read_office(defaults()["office"]["terms"])
CHINA = Region("CN")
PUBLISHED = WorkCalendar()
ZURICH = "Europe/Zurich"


class MondayToFriday:
    """A calendar without holidays."""

    def is_workday(self, day: date, _region: Region) -> bool:
        return day.weekday() < 5

    def footing(self, _year: int, _region: Region) -> Footing:
        return Footing.NOT_ANNOUNCED


def made(opens: date, closes: date, **more: object):  # type: ignore[no-untyped-def]
    at, zone = closing_instant(closes, "iso", OFFICE)
    return plan(opens, at, OFFICE, zone=zone, calendar=more.pop("calendar", PUBLISHED), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "utc", "beijing"),
    [
        (date(2026, 10, 27), "2026-10-27 22:59", "2026-10-28 06:59"),
        (date(2026, 7, 15), "2026-07-15 21:59", "2026-07-16 05:59"),
        (date(2026, 10, 24), "2026-10-24 21:59", "2026-10-25 05:59"),  # the evening before winter time
        (date(2026, 10, 25), "2026-10-25 22:59", "2026-10-26 06:59"),
        (date(2027, 3, 27), "2027-03-27 22:59", "2027-03-28 06:59"),
        (date(2027, 3, 28), "2027-03-28 21:59", "2027-03-29 05:59"),
    ],
)
def test_the_closing_instant_follows_the_clocks_of_geneva(day: date, utc: str, beijing: str) -> None:
    at, zone = closing_instant(day, "iso", OFFICE)
    assert zone == ZURICH
    assert f"{at:%Y-%m-%d %H:%M}" == utc
    assert f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}" == beijing


def test_the_example_comes_out_to_the_day() -> None:
    found = made(date(2026, 8, 4), date(2026, 10, 27))
    assert found.steps == {
        StepKind.TRIAGE: date(2026, 8, 7),
        StepKind.ENQUIRY: date(2026, 9, 22),
        StepKind.CONSOLIDATE: date(2026, 9, 30),
        StepKind.APPROVE: date(2026, 10, 16),
        StepKind.SUBMIT: date(2026, 10, 20),
    }
    assert (found.compressed, found.too_short, found.provisional) == (False, False, False)


def test_without_the_holidays_consolidation_falls_on_the_sixth_and_the_plan_is_provisional() -> None:
    found = made(date(2026, 8, 4), date(2026, 10, 27), calendar=MondayToFriday())
    assert found.steps[StepKind.CONSOLIDATE] == date(2026, 10, 6)
    assert found.provisional


def test_a_ballot_learned_of_late_is_compressed_and_never_in_the_past() -> None:
    found = made(date(2026, 8, 4), date(2026, 10, 27), known_on=date(2026, 10, 15))
    assert min(found.steps.values()) >= date(2026, 10, 15)
    assert found.compressed


def test_a_plan_says_when_the_time_is_too_short() -> None:
    tight = made(date(2026, 8, 4), date(2026, 10, 27), known_on=date(2026, 10, 26))
    assert tight.too_short
    assert set(tight.steps.values()) <= {date(2026, 10, 26), date(2026, 10, 27)}
    none = made(date(2026, 8, 4), date(2026, 10, 27), known_on=date(2026, 10, 28))
    assert none.too_short
    assert not none.steps


def test_planning_again_leaves_what_is_done() -> None:
    first = made(date(2026, 8, 4), date(2026, 10, 27))
    done = {step: first.steps[step] for step in (StepKind.TRIAGE, StepKind.ENQUIRY)}
    second = made(date(2026, 8, 4), date(2026, 11, 10), known_on=date(2026, 9, 23), done=done)
    changed = {one.step for one in moved(first.steps, second.steps)}
    assert changed
    assert not changed & done.keys()
    assert [second.steps[step] for step in STEPS] == sorted(second.steps.values())


def test_five_hundred_closings_keep_working_days_order_and_buffer() -> None:
    chance = random.Random(2026)
    first = date(2026, 1, 1)
    closings = [first + timedelta(days=chance.randrange(5 * 365)) for _ in range(470)]
    closings += [date(year, month, day) for year in range(2026, 2029) for month in (3, 10) for day in range(25, 30)]
    said_too_short = 0
    for closes in closings:
        length = 7 * chance.choice((3, 4, 8, 12, 16, 20)) + chance.choice((0, 0, 0, -2, 5))
        opens = closes - timedelta(days=length)
        late = chance.random() < 0.3
        known = opens + timedelta(days=chance.randrange(length)) if late else None
        at, _ = closing_instant(closes, "iso", OFFICE)
        found = made(opens, closes, known_on=known)
        days = [found.steps[step] for step in STEPS if step in found.steps]
        assert all(PUBLISHED.is_workday(day, CHINA) for day in days), (opens, closes)
        assert days == sorted(days), (opens, closes)
        if not days:
            assert found.too_short
            continue
        assert days[0] >= (known or opens)
        assert datetime(days[-1].year, days[-1].month, days[-1].day, 9, tzinfo=UTC) < at  # 17:00 in Beijing
        said_too_short += found.too_short
        if not found.too_short:
            assert (at.astimezone(ZoneInfo("Asia/Shanghai")).date() - days[-1]).days >= 3
    assert 0 < said_too_short < 100


def test_the_last_day_ends_before_the_closing_instant() -> None:
    at, _ = closing_instant(date(2026, 10, 27), "iso", OFFICE)
    assert last_day(at) == date(2026, 10, 27)
    at, _ = closing_instant(date(2026, 10, 27), "sac", OFFICE)
    assert last_day(at) == date(2026, 10, 27)
