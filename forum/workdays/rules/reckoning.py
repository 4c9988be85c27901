"""Counting working days that several places share.  A day counts when offices work in every one of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from forum.workdays.errors import NoSharedWorkday
from forum.workdays.rules.calendars import Calendar, Region

FARTHEST = 400  # days in a row without a shared working day before we say that there is none
_DAY = timedelta(days=1)


def is_shared_workday(day: date, places: Collection[Region], *, calendar: Calendar) -> bool:
    """Tell whether offices work in every place; without a place every day will do."""
    return all(calendar.is_workday(day, place) for place in places)


def next_shared_workday(day: date, places: Collection[Region], *, calendar: Calendar) -> date:
    """Return the day itself if every place works, else the next such day.  Raises ``NoSharedWorkday``."""
    return _seek(day, _DAY, places, calendar)


def previous_shared_workday(day: date, places: Collection[Region], *, calendar: Calendar) -> date:
    """Return the day itself if every place works, else the last such day before.  Raises ``NoSharedWorkday``."""
    return _seek(day, -_DAY, places, calendar)


def _seek(day: date, step: timedelta, places: Collection[Region], calendar: Calendar) -> date:
    sought = day
    try:
        for _ in range(FARTHEST):
            if is_shared_workday(sought, places, calendar=calendar):
                return sought
            sought += step
    except OverflowError:  # the end of the calendar
        pass
    raise NoSharedWorkday(day=day.isoformat())


def add_workdays(day: date, count: int, places: Collection[Region], *, calendar: Calendar) -> date:
    """Return the ``count``-th shared working day after a day; before it when ``count`` is negative.

    The day itself never counts; for zero it is the day, or the next shared working day.  Raises
    ``NoSharedWorkday``.
    """
    if count == 0:
        return next_shared_workday(day, places, calendar=calendar)
    step = _DAY if count > 0 else -_DAY
    try:
        for _ in range(abs(count)):
            day = _seek(day + step, step, places, calendar)
    except OverflowError as end:
        raise NoSharedWorkday(day=day.isoformat()) from end
    return day


def workdays_between(begin: date, end: date, places: Collection[Region], *, calendar: Calendar) -> int:
    """Return how many shared working days lie after ``begin``, up to ``end`` and with it.

    Negative when ``end`` lies before ``begin``: then those from ``end`` up to the day before ``begin``.  So
    ``workdays_between(day, add_workdays(day, n, …), …)`` is ``n`` for every ``n`` but zero.
    """
    sign, first, last = (1, begin + _DAY, end) if end >= begin else (-1, end, begin - _DAY)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sign * sum(is_shared_workday(day, places, calendar=calendar) for day in days)
