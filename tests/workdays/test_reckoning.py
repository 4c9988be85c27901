"""Working days that places share: found, added and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.workdays.errors import NoSharedWorkday
from forum.workdays.rules.calendars import Footing, Region, WorkCalendar
from forum.workdays.rules.reckoning import (
    add_workdays,
    is_shared_workday,
    next_shared_workday,
    previous_shared_workday,
    workdays_between,
)

CHINA, FRANCE, JAPAN, SAUDI = (Region(code) for code in ("CN", "FR", "JP", "SA"))
REAL = WorkCalendar()
REGIONS = st.lists(st.sampled_from([CHINA, FRANCE, JAPAN, SAUDI, Region("DE", "BY"), Region()]), max_size=3)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@dataclass
class Never:
    """A place where nobody ever works."""

    def is_workday(self, day: date, region: Region) -> bool:  # noqa: ARG002 - as calendars are asked
        return False

    def footing(self, year: int, region: Region) -> Footing:  # noqa: ARG002 - as calendars are asked
        return Footing.PUBLISHED


def test_what_falls_into_national_day_moves_to_the_eighth() -> None:
    assert next_shared_workday(date(2026, 10, 1), [CHINA, FRANCE], calendar=REAL) == date(2026, 10, 8)


def test_what_falls_into_spring_festival_moves_behind_it() -> None:
    assert next_shared_workday(date(2026, 2, 15), [CHINA, FRANCE], calendar=REAL) == date(2026, 2, 24)


def test_a_worked_saturday_of_one_side_is_no_working_day_of_both() -> None:
    assert next_shared_workday(date(2026, 2, 14), [CHINA], calendar=REAL) == date(2026, 2, 14)
    assert next_shared_workday(date(2026, 2, 14), [CHINA, FRANCE], calendar=REAL) == date(2026, 2, 24)


def test_the_holiday_of_the_counterpart_counts_as_much_as_ones_own() -> None:
    assert next_shared_workday(date(2026, 7, 14), [CHINA], calendar=REAL) == date(2026, 7, 14)
    assert next_shared_workday(date(2026, 7, 14), [CHINA, FRANCE], calendar=REAL) == date(2026, 7, 15)
    assert next_shared_workday(date(2026, 4, 29), [CHINA, JAPAN], calendar=REAL) == date(2026, 4, 30)
    assert next_shared_workday(date(2026, 5, 1), [CHINA, JAPAN], calendar=REAL) == date(2026, 5, 7)
    assert previous_shared_workday(date(2026, 5, 6), [CHINA, JAPAN], calendar=REAL) == date(2026, 4, 30)


def test_friday_and_sunday_meet_in_the_middle_of_the_week() -> None:
    assert next_shared_workday(date(2026, 1, 9), [FRANCE, SAUDI], calendar=REAL) == date(2026, 1, 12)


def test_ten_working_days_across_national_day_take_longer() -> None:
    # Mid-Autumn on the 25th, National Day from the 1st to the 7th, and Saturday the 10th worked in exchange.
    assert add_workdays(date(2026, 9, 24), 10, [CHINA], calendar=REAL) == date(2026, 10, 15)
    assert add_workdays(date(2026, 9, 24), 10, [Region()], calendar=REAL) == date(2026, 10, 8)


def test_places_that_never_work_together_are_told_so_instead_of_searching_for_ever() -> None:
    with pytest.raises(NoSharedWorkday):
        next_shared_workday(date(2026, 1, 1), [CHINA], calendar=Never())
    with pytest.raises(NoSharedWorkday):
        add_workdays(date(9999, 12, 31), 1, [CHINA], calendar=REAL)
    assert next_shared_workday(date(2026, 1, 1), [], calendar=Never()) == date(2026, 1, 1)


@settings(max_examples=200, deadline=None)
@given(DAYS, REGIONS)
def test_the_next_shared_workday_is_the_first_one(day: date, places: list[Region]) -> None:
    found = next_shared_workday(day, places, calendar=REAL)
    assert found >= day
    assert all(REAL.is_workday(found, place) for place in places)
    between = [day + timedelta(days=number) for number in range((found - day).days)]
    assert not any(is_shared_workday(each, places, calendar=REAL) for each in between)
    assert next_shared_workday(found, places, calendar=REAL) == found
    assert next_shared_workday(day, list(reversed(places)), calendar=REAL) == found


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(-40, 40).filter(bool), REGIONS)
def test_adding_working_days_and_counting_them_agree(day: date, count: int, places: list[Region]) -> None:
    found = add_workdays(day, count, places, calendar=REAL)
    assert is_shared_workday(found, places, calendar=REAL)
    assert (found > day) == (count > 0)
    assert workdays_between(day, found, places, calendar=REAL) == count


@settings(max_examples=100, deadline=None)
@given(DAYS, DAYS, DAYS, REGIONS)
def test_counts_of_neighbouring_times_add_up(one: date, two: date, three: date, places: list[Region]) -> None:
    first, middle, last = sorted((one, two, three))
    assert workdays_between(first, middle, places, calendar=REAL) + workdays_between(
        middle, last, places, calendar=REAL
    ) == workdays_between(first, last, places, calendar=REAL)


@settings(max_examples=100, deadline=None)
@given(DAYS, st.integers(1, 30), REGIONS, st.sampled_from([CHINA, FRANCE, JAPAN]))
def test_another_place_never_makes_it_earlier(day: date, count: int, places: list[Region], more: Region) -> None:
    alone = add_workdays(day, count, places, calendar=REAL)
    assert add_workdays(day, count, [*places, more], calendar=REAL) >= alone
