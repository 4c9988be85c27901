"""Local hours stay local when the clocks change; two zones share the hours that they share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.workdays.rules.hours import local_instant, office_hours, shared_office_hours

PARIS, SHANGHAI, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
KOLKATA, KATHMANDU, AUCKLAND = ZoneInfo("Asia/Kolkata"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Auckland")
ZONES = st.sampled_from([PARIS, SHANGHAI, NEW_YORK, KOLKATA, KATHMANDU, AUCKLAND, ZoneInfo("Pacific/Chatham")])
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2026, 3, 28), 7),
        (date(2026, 3, 29), 6),  # the clocks went forward that night
        (date(2026, 10, 24), 6),
        (date(2026, 10, 25), 7),  # and back
    ],
)
def test_eight_in_the_morning_stays_eight_in_the_morning(day: date, hour: int) -> None:
    assert local_instant(day, time(8, 0), PARIS) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert local_instant(day, time(8, 0), SHANGHAI).hour == 0


def test_a_time_that_the_clocks_jump_over_comes_an_hour_later() -> None:
    found = local_instant(date(2026, 3, 29), time(2, 30), PARIS)
    assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.astimezone(PARIS).time() == time(3, 30)


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    assert local_instant(date(2026, 10, 25), time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert local_instant(date(2026, 10, 25), time(2, 30, fold=1), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_paris_and_hangzhou_share_an_hour_in_winter_and_two_in_summer() -> None:
    winter = shared_office_hours(date(2026, 3, 27), SHANGHAI, PARIS)
    summer = shared_office_hours(date(2026, 3, 30), SHANGHAI, PARIS)
    assert winter is not None
    assert summer is not None
    assert (winter.length, summer.length) == (timedelta(hours=1), timedelta(hours=2))
    assert winter.starts_at.astimezone(SHANGHAI).time() == time(16, 0)


def test_half_hour_zones_share_half_hours() -> None:
    found = shared_office_hours(date(2026, 6, 1), SHANGHAI, KOLKATA)
    assert found is not None
    assert found.length == timedelta(hours=5, minutes=30)
    assert shared_office_hours(date(2026, 6, 1), KATHMANDU, KOLKATA) != found


def test_zones_half_a_world_apart_share_nothing_and_hours_that_touch_are_none() -> None:
    assert shared_office_hours(date(2026, 6, 1), SHANGHAI, NEW_YORK) is None
    assert shared_office_hours(date(2026, 1, 5), SHANGHAI, ZoneInfo("America/Los_Angeles")) is None


def test_the_day_there_may_be_the_day_before() -> None:
    found = shared_office_hours(date(2026, 6, 2), AUCKLAND, ZoneInfo("America/Los_Angeles"))
    assert found is not None
    assert found.starts_at.astimezone(ZoneInfo("America/Los_Angeles")).date() == date(2026, 6, 1)


@settings(max_examples=200, deadline=None)
@given(DAYS, ZONES, ZONES)
def test_shared_hours_lie_within_both_sides_hours(day: date, here: ZoneInfo, there: ZoneInfo) -> None:
    found = shared_office_hours(day, here, there)
    if found is None:
        return
    assert timedelta() < found.length <= timedelta(hours=8)
    ours = office_hours(day, here)
    assert ours.starts_at <= found.starts_at < found.ends_at <= ours.ends_at
    for end in (found.starts_at, found.ends_at):
        assert time(9, 0) <= end.astimezone(there).time() <= time(17, 0)
    theirs = shared_office_hours(found.starts_at.astimezone(there).date(), there, here)
    assert theirs is not None


@settings(max_examples=100, deadline=None)
@given(DAYS, ZONES)
def test_a_zone_shares_all_its_hours_with_itself(day: date, zone: ZoneInfo) -> None:
    assert shared_office_hours(day, zone, zone) == office_hours(day, zone)


@settings(max_examples=100, deadline=None)
@given(DAYS, st.times(), ZONES)
def test_a_local_time_is_what_the_clock_shows_unless_it_never_shows_it(day: date, at: time, zone: ZoneInfo) -> None:
    shown = local_instant(day, at, zone).astimezone(zone).replace(tzinfo=None, fold=0)
    asked = datetime.combine(day, at)
    assert shown == asked or timedelta() < shown - asked <= timedelta(hours=1)
