"""The day on which somebody is told: a working day of both sides, and before the due date what belongs before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.core.refusals import Word
from forum.reminders.rules import telling_day, telling_days
from forum.reminders.wording import packed, unpacked
from forum.workdays.rules.calendars import Region, WorkCalendar
from tests.reminders.dates import CHINA, FRANCE, JAPAN, due

REAL = WorkCalendar()
BOTH = (CHINA, FRANCE)


def test_a_reminder_that_falls_into_national_day_moves_behind_it() -> None:
    assert telling_day(date(2026, 10, 12), -7, BOTH, calendar=REAL) == date(2026, 10, 8)
    assert telling_day(date(2026, 10, 12), -7, [FRANCE], calendar=REAL) == date(2026, 10, 5)


def test_a_reminder_that_falls_into_spring_festival_moves_behind_it() -> None:
    assert telling_day(date(2026, 3, 20), -30, BOTH, calendar=REAL) == date(2026, 2, 24)


def test_a_reminder_that_falls_into_the_counterparts_holiday_moves_too() -> None:
    assert telling_day(date(2026, 7, 21), -7, BOTH, calendar=REAL) == date(2026, 7, 15)
    assert telling_day(date(2026, 4, 29), 0, (CHINA, JAPAN), calendar=REAL) == date(2026, 4, 30)
    assert telling_day(date(2026, 12, 24), 1, BOTH, calendar=REAL) == date(2026, 12, 28)


def test_what_belongs_before_the_due_date_is_told_before_it() -> None:
    assert telling_day(date(2026, 10, 8), -1, BOTH, calendar=REAL) == date(2026, 9, 30)
    assert telling_day(date(2026, 10, 8), -7, BOTH, calendar=REAL) == date(2026, 9, 30)
    assert telling_day(date(2026, 10, 8), 0, BOTH, calendar=REAL) == date(2026, 10, 8)


def test_the_recipients_own_place_counts_besides_both_sides() -> None:
    days = telling_days(due(1, date(2026, 5, 13), offsets=(-7,)), (-7,), JAPAN, calendar=REAL)
    assert days == {-7: date(2026, 5, 7)}  # the 6th is free in Japan alone


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(2024, 6, 1), date(2030, 1, 1)),
    st.integers(-60, 60),
    st.lists(st.sampled_from([CHINA, FRANCE, JAPAN, Region()]), max_size=3),
)
def test_nobody_is_told_on_a_free_day_nor_of_tomorrow_when_it_is_over(
    on: date, offset: int, places: list[Region]
) -> None:
    found = telling_day(on, offset, places, calendar=REAL)
    assert all(REAL.is_workday(found, place) for place in places)
    assert found < on if offset < 0 else found >= on


@pytest.mark.parametrize("language", ["en", "zh"])
def test_facts_are_said_in_the_language_of_the_reader(language: str) -> None:
    kept = packed(
        {"city": Text("Lyon", "里昂"), "days": 3, "on": date(2026, 10, 8), "state": Word("Draft"), "ref": "A 1"}
    )
    said = unpacked(kept, translator(language))
    english = {"city": "Lyon", "days": 3, "on": "Thu, 8 Oct 2026", "state": "Draft", "ref": "A 1"}
    chinese = {"city": "里昂", "days": 3, "on": "2026年10月8日周四", "state": "草稿", "ref": "A 1"}
    assert said == (english if language == "en" else chinese)
