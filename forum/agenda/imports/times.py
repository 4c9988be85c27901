"""Dates, times and lengths as foreign files write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from forum.core.walltime import NonexistentTime, UnknownZone, to_utc, zone_named

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
_ISO = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,5}(?:\.\d+)?S)?)?")
_WALL = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_MINUTES_A_DAY = 24 * 60
_YEARS = range(1900, 2201)


def length(raw: object) -> tuple[int | None, bool]:
    """Return a length in minutes, or None, and whether it can be read in two ways.

    Understood are ``HH:MM``, ``PT1H30M``, a number of minutes, and ``D:HH:MM``, which some readers take
    for hours, minutes and seconds.
    """
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw, False
    text = raw.strip() if isinstance(raw, str) else ""
    if match := _CLOCK.fullmatch(text):
        days, hours, minutes = (int(part or 0) for part in match.groups())
        return days * _MINUTES_A_DAY + hours * 60 + minutes, match.group(1) is not None
    if len(text) > 1 and (match := _ISO.fullmatch(text)):
        days, hours, minutes = (int(part or 0) for part in match.groups())
        return days * _MINUTES_A_DAY + hours * 60 + minutes, False
    return (int(text), False) if re.fullmatch(r"\d{1,5}", text) else (None, False)


def moment(raw: object, zone: ZoneInfo) -> datetime | None:
    """Return an instant in UTC; a text without offset is wall time in the zone.

    None for what is no date-time, or a wall time that doesn't exist.
    """
    parsed = date_time(raw)
    if parsed is None:
        return None
    try:
        return to_utc(parsed, zone) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (NonexistentTime, OverflowError):
        return None


def date_time(raw: object) -> datetime | None:
    """Return an ISO 8601 date-time as written, aware only when it says an offset."""
    if not isinstance(raw, str) or "T" not in raw.strip().replace(" ", "T"):
        return None
    try:
        found = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    return found.replace(microsecond=0) if found.year in _YEARS else None


def day(raw: object) -> date | None:
    """Return a date, from a date or the date part of a date-time."""
    if not isinstance(raw, str):
        return None
    try:
        return date.fromisoformat(raw.strip()[:10])
    except ValueError:
        return None


def wall(raw: object) -> timedelta | None:
    """Return a wall time ``HH:MM`` as the time since midnight."""
    match = _WALL.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if match is None or int(match.group(1)) not in range(24) or int(match.group(2)) not in range(60):
        return None
    return timedelta(hours=int(match.group(1)), minutes=int(match.group(2)))


def known_zone(raw: object) -> str:
    """Return an IANA name when it is one, else nothing."""
    if not isinstance(raw, str):
        return ""
    try:
        return zone_named(raw.strip()).key
    except UnknownZone:
        return ""
