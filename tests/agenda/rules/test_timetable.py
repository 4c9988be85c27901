"""The day as a grid for reading: long stretches without a beginning or an end are drawn short."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

from forum.agenda.rules.timetable import LONGEST_STRETCH, collapsed, day_grid
from tests.agenda.exports.programmes import FIRST_DAY, item, large, programme

NINE = datetime(2027, 4, 20, 1, 0, tzinfo=UTC)  # nine o'clock in Hangzhou


def test_a_long_evening_is_drawn_short_and_its_inner_hours_go() -> None:
    evening = item(2, NINE + timedelta(hours=10), 330)
    grid = collapsed(day_grid(programme(item(1, NINE, 60), evening), FIRST_DAY))
    talk, banquet = grid.placed
    assert (talk.row, talk.span) == (0, 12)
    assert banquet.row == 12 + LONGEST_STRETCH  # nine hours in which nothing happens
    assert banquet.span == LONGEST_STRETCH
    assert [text for text, _minutes in grid.hours] == ["09:00", "10:00", "19:00"]


def test_a_full_morning_stays_as_it_is() -> None:
    whole = day_grid(programme(item(1, NINE, 60), item(2, NINE + timedelta(hours=1), 90)), FIRST_DAY)
    assert collapsed(whole) == whole


def test_order_and_overlaps_of_a_large_day_survive() -> None:
    whole = day_grid(large(300), FIRST_DAY)
    short = collapsed(whole)
    assert [each.item for each in short.placed] == [each.item for each in whole.placed]
    assert all(each.span > 0 for each in short.placed)
    for (one, other), (thin, slim) in zip(
        combinations(whole.placed[:40], 2), combinations(short.placed[:40], 2), strict=True
    ):
        assert (one.row < other.row + other.span and other.row < one.row + one.span) == (
            thin.row < slim.row + slim.span and slim.row < thin.row + thin.span
        )
    rows = [minutes for _text, minutes in short.hours]
    assert rows == sorted(set(rows))
