"""Working days of places: as published, as corrected, and honestly assumed where nothing is known."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from forum.workdays.rules.calendars import (
    FOOTINGS,
    Footing,
    Region,
    WorkCalendar,
    announced,
    published_workday,
    year_of,
)

CHINA, FRANCE, JAPAN, SAUDI, HUNGARY = (Region(code) for code in ("CN", "FR", "JP", "SA", "HU"))
ZHEJIANG = Region("CN", "330000")
PUBLISHED = WorkCalendar()


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@pytest.mark.parametrize("day", _days(date(2026, 2, 15), date(2026, 2, 23)))
def test_spring_festival_2026_is_free(day: date) -> None:
    assert not PUBLISHED.is_workday(day, CHINA)


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)])
def test_weekends_that_china_works_in_exchange_are_working_days_there_alone(day: date) -> None:
    assert day.weekday() >= 5
    assert PUBLISHED.is_workday(day, CHINA)
    assert PUBLISHED.is_workday(day, ZHEJIANG)
    assert not PUBLISHED.is_workday(day, FRANCE)


def test_national_day_2026_lasts_from_the_first_to_the_seventh() -> None:
    assert [day.day for day in _days(date(2026, 10, 1), date(2026, 10, 8)) if PUBLISHED.is_workday(day, CHINA)] == [8]


@pytest.mark.parametrize(
    ("region", "day"),
    [
        (JAPAN, date(2026, 4, 29)),
        (JAPAN, date(2026, 5, 4)),
        (JAPAN, date(2026, 5, 5)),
        (JAPAN, date(2026, 5, 6)),  # instead of Sunday 3 May
        (FRANCE, date(2026, 7, 14)),
        (FRANCE, date(2026, 12, 25)),
        (Region("GB", "ENG"), date(2026, 12, 28)),  # instead of Saturday 26 December
        (Region("AE"), date(2026, 3, 20)),  # the end of Ramadan
        (Region("DE", "BY"), date(2026, 1, 6)),
    ],
)
def test_holidays_elsewhere_are_free_there_and_the_rest_of_the_world_works(region: Region, day: date) -> None:
    assert day.weekday() < 5
    assert not PUBLISHED.is_workday(day, region)
    assert PUBLISHED.is_workday(day, Region())


def test_a_holiday_of_one_state_is_a_working_day_in_another() -> None:
    epiphany = date(2026, 1, 6)
    assert not PUBLISHED.is_workday(epiphany, Region("DE", "BY"))
    assert PUBLISHED.is_workday(epiphany, Region("DE", "BE"))
    assert PUBLISHED.is_workday(epiphany, Region("DE"))


def test_a_week_may_end_on_thursday() -> None:
    assert PUBLISHED.is_workday(date(2026, 1, 11), SAUDI)  # a Sunday
    assert not PUBLISHED.is_workday(date(2026, 1, 9), SAUDI)  # a Friday
    assert year_of(PUBLISHED, 2026, SAUDI).week == (0, 1, 2, 3, 6)


def test_other_countries_work_saturdays_in_exchange_as_well() -> None:
    assert PUBLISHED.is_workday(date(2026, 8, 8), HUNGARY)


def test_an_unknown_place_works_from_monday_to_friday_and_says_so() -> None:
    for region in (Region("XX"), Region("AQ", "nowhere"), Region()):
        assert PUBLISHED.footing(2026, region) is not Footing.PUBLISHED or region.country == "AQ"
        assert PUBLISHED.is_workday(date(2026, 10, 2), region)
        assert not PUBLISHED.is_workday(date(2026, 10, 3), region)
    assert PUBLISHED.footing(2026, Region("XX")) is Footing.UNKNOWN


def test_a_year_that_china_has_not_announced_is_monday_to_friday_and_says_so() -> None:
    assert announced(PUBLISHED, 2026, CHINA)
    assert PUBLISHED.footing(2090, CHINA) is Footing.NOT_ANNOUNCED
    assert "not yet announced" in FOOTINGS[Footing.NOT_ANNOUNCED]
    assert PUBLISHED.is_workday(date(2090, 10, 2), CHINA)  # a Monday
    assert not PUBLISHED.is_workday(date(2090, 10, 1), CHINA)  # a Sunday


def test_a_correction_wins_and_one_for_a_province_wins_over_one_for_the_country() -> None:
    day = date(2026, 9, 23)
    corrected = WorkCalendar({("CN", ""): {day: False}, ("CN", "330000"): {day: True}})
    assert published_workday(day, CHINA)
    assert not corrected.is_workday(day, CHINA)
    assert not corrected.is_workday(day, Region("CN", "440000"))
    assert corrected.is_workday(day, ZHEJIANG)
    assert corrected.is_workday(day, FRANCE)


def test_a_worked_weekend_can_only_come_from_an_announcement() -> None:
    closed = WorkCalendar({("CN", ""): {date(2090, 10, 3): False}})
    worked = WorkCalendar({("CN", ""): {date(2090, 10, 3): False, date(2090, 10, 14): True}})  # a Saturday
    assert not announced(closed, 2090, CHINA)
    assert announced(worked, 2090, CHINA)
    assert not announced(worked, 2091, CHINA)


def test_a_year_is_told_as_an_official_would_tell_it() -> None:
    year = year_of(PUBLISHED, 2026, CHINA)
    assert year.week == (0, 1, 2, 3, 4)
    assert (date(2026, 2, 15), date(2026, 2, 23)) in year.closed
    assert (date(2026, 10, 1), date(2026, 10, 7)) in year.closed
    assert {date(2026, 2, 14), date(2026, 2, 28), date(2026, 10, 10)} <= set(year.worked)
    assert year_of(PUBLISHED, 2026, Region()).closed == ()


@pytest.mark.parametrize("year", [1, 1500, 2003, 2101, 9999])
@pytest.mark.parametrize("region", [CHINA, FRANCE, SAUDI, Region()])
def test_no_year_is_too_far(year: int, region: Region) -> None:
    assert PUBLISHED.is_workday(date(year, 6, 15), region) in {True, False}
    assert PUBLISHED.footing(year, region) in set(Footing)


@pytest.mark.once
def test_the_first_page_does_not_wait_for_the_calendars() -> None:
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import forum.blueprints, sys; print({'holidays', 'chinese_calendar'} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
        cwd=Path(__file__).parents[2],
    )
    assert found.stdout.strip() == "set()"
