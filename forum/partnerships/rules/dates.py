"""Days and months, and when a day is over for every party."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from forum.core.walltime import zone_named

BEIJING = "Asia/Shanghai"


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a month where that has fewer days."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier."""
    return months_after(day, -months)


def weekdays_after(day: date, number: int) -> date:
    """Return the day so many weekdays later, Monday to Friday."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def today_in(zone_name: str, now: datetime) -> date:
    """Return the date on the calendar of a zone; Beijing's where none is named."""
    return now.astimezone(zone_named(zone_name or BEIJING)).date()


def over_everywhere(last_day: date, zones: Iterable[str], now: datetime) -> bool:
    """Tell whether a last day is over in the time zone of every party."""
    return all(today_in(zone, now) > last_day for zone in zones)


def in_force(
    effective_on: date | None, ends_on: date | None, zones: Iterable[str], now: datetime, *, registered: bool
) -> bool:
    """Tell whether a registered version is in force 生效中: by its dates, never by the name of its state."""
    zones = tuple(zones)
    if not registered or effective_on is None:
        return False
    begun = any(today_in(zone, now) >= effective_on for zone in zones)
    return begun and (ends_on is None or not over_everywhere(ends_on, zones, now))
