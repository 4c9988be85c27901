"""Local hours and the instants behind them, and the office hours that two zones share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS = time(9, 0)
CLOSES = time(17, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another, in UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at


def local_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a local time in UTC: what is set for 08:00 stays at 08:00 when the clocks change.

    A time that the clocks jump over is taken with the offset from before the jump, and so comes later by as much
    as they jump (02:30 becomes 03:30); of a time that comes twice the first is meant.  Both as in RFC 5545,
    section 3.3.5.
    """
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


def office_hours(day: date, zone: ZoneInfo, *, opens: time = OPENS, closes: time = CLOSES) -> Span:
    """Return the office hours of a local day."""
    return Span(local_instant(day, opens, zone), local_instant(day, closes, zone))


def shared_office_hours(
    day: date, here: ZoneInfo, there: ZoneInfo, *, opens: time = OPENS, closes: time = CLOSES
) -> Span | None:
    """Return when offices of two zones are both open, on a day as it is called ``here``; None when they never are.

    The day there may be the one before or after.  Office hours are the eight from 09:00 to 17:00 unless said
    otherwise; hours that only touch are none.
    """
    ours = office_hours(day, here, opens=opens, closes=closes)
    best: Span | None = None
    for shift in (-1, 0, 1):
        try:
            theirs = office_hours(day + timedelta(days=shift), there, opens=opens, closes=closes)
        except OverflowError:  # the end of the calendar
            continue
        shared = Span(max(ours.starts_at, theirs.starts_at), min(ours.ends_at, theirs.ends_at))
        if shared.length > timedelta() and (best is None or shared.length > best.length):
            best = shared
    return best
