"""Wall time, zones and the two days a year on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.walltime import (
    NonexistentTime,
    UnknownZone,
    clock_change,
    day_of,
    days_later,
    difference,
    is_ambiguous,
    is_nonexistent,
    minute_of_day,
    to_utc,
    to_wall,
    zone_named,
)

NEW_YORK = ZoneInfo("America/New_York")
PARIS = ZoneInfo("Europe/Paris")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = [NEW_YORK, PARIS, LORD_HOWE, KATHMANDU, SHANGHAI]


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        (NEW_YORK, datetime(2027, 3, 14, 2, 30)),
        (PARIS, datetime(2027, 3, 28, 2, 30)),
        (LORD_HOWE, datetime(2027, 10, 3, 2, 15)),
        (SHANGHAI, datetime(1986, 5, 4, 2, 30)),
    ],
)
def test_a_time_that_the_clocks_jump_over_is_refused(zone: ZoneInfo, local: datetime) -> None:
    assert is_nonexistent(local, zone)
    assert not is_ambiguous(local, zone)
    with pytest.raises(NonexistentTime) as refusal:
        to_utc(local, zone)
    assert zone.key in str(refusal.value)
    assert not is_nonexistent(local - timedelta(days=2), zone)


@pytest.mark.parametrize(
    ("zone", "local", "apart"),
    [
        (NEW_YORK, datetime(2027, 11, 7, 1, 30), timedelta(hours=1)),
        (PARIS, datetime(2027, 10, 31, 2, 30), timedelta(hours=1)),
        (LORD_HOWE, datetime(2027, 4, 4, 1, 45), timedelta(minutes=30)),
    ],
)
def test_the_two_occurrences_of_a_wall_time_lie_apart_in_utc(zone: ZoneInfo, local: datetime, apart: timedelta) -> None:
    assert is_ambiguous(local, zone)
    assert to_utc(local, zone, 1) - to_utc(local, zone, 0) == apart
    # Control: subtracting aware times of one zone forgets the fold.
    assert local.replace(tzinfo=zone, fold=1) - local.replace(tzinfo=zone, fold=0) == timedelta()


def test_kathmandu_and_shanghai_have_no_doubtful_times_in_2027() -> None:
    hours = [datetime(2027, 1, 1) + timedelta(hours=n) for n in range(0, 8760, 1)]
    for zone in (KATHMANDU, SHANGHAI):
        assert not any(is_ambiguous(local, zone) or is_nonexistent(local, zone) for local in hours)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)
def test_an_instant_survives_the_way_to_wall_time_and_back(instant: datetime, zone: ZoneInfo) -> None:
    local, fold = to_wall(instant, zone)
    assert local.tzinfo is None
    assert to_utc(local, zone, fold) == instant


def test_an_aware_wall_time_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        to_utc(datetime(2027, 1, 1, tzinfo=UTC), PARIS)
    with pytest.raises(ValueError, match="needs a zone"):
        to_wall(datetime(2027, 1, 1), PARIS)


def test_the_difference_is_that_of_the_events_date() -> None:
    summer, winter = datetime(2027, 7, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert difference(SHANGHAI, PARIS, summer) == timedelta(hours=6)
    assert difference(SHANGHAI, PARIS, winter) == timedelta(hours=7)
    assert difference(PARIS, SHANGHAI, winter) == timedelta(hours=-7)
    assert difference(KATHMANDU, SHANGHAI, winter) == timedelta(hours=-2, minutes=-15)


def test_a_clock_change_between_two_instants_is_seen() -> None:
    night = datetime(2027, 10, 30, 23, 0, tzinfo=UTC)
    assert clock_change(night, night + timedelta(hours=4), PARIS) == timedelta(hours=-1)
    assert clock_change(night, night + timedelta(hours=4), SHANGHAI) == timedelta()


def test_half_past_midnight_belongs_to_the_evening_before() -> None:
    late = datetime(2027, 4, 21, 0, 30)
    assert day_of(late) == date(2027, 4, 20)
    assert days_later(late, day_of(late)) == 1
    assert day_of(datetime(2027, 4, 21, 4, 0)) == date(2027, 4, 21)
    assert day_of(late, time(0, 0)) == date(2027, 4, 21)


def test_the_minutes_of_a_long_day_are_counted_as_they_pass() -> None:
    day = date(2027, 10, 30)  # the clocks go back in the night to the 31st
    first, second = (to_utc(datetime(2027, 10, 31, 2, 30), PARIS, fold) for fold in (0, 1))
    assert minute_of_day(second, PARIS, day) - minute_of_day(first, PARIS, day) == 60
    assert minute_of_day(to_utc(datetime(2027, 10, 30, 4, 0), PARIS), PARIS, day) == 0


@pytest.mark.parametrize("name", ["CST", "GMT+8", "China Standard Time", "", "Asia/Nowhere", "../etc/passwd"])
def test_only_iana_names_are_zones(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone_named(name)
    assert zone_named("Asia/Shanghai").key == "Asia/Shanghai"
