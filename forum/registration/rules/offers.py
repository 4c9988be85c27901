"""Until when a personal offer of a seat stands."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(hours=24)
SHORTEST = timedelta(minutes=30)
MORNING, NIGHT = time(8, 0), time(22, 0)


def length_of(now: datetime, starts_at: datetime) -> timedelta:
    """Return how long an offer stands: 24 hours, near the start a quarter of the time left, 30 minutes at least."""
    return max(SHORTEST, min(DAY, (starts_at - now) / 4))


def offer_until(now: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Return the end of an offer.

    The hours from 22:00 to 08:00 of the person's zone don't count, unless what is offered begins within
    24 hours.  An offer never outlasts the start, but stands for 30 minutes at least.
    """
    length = length_of(now, starts_at)
    if starts_at - now <= DAY:
        return now + length
    return max(now + SHORTEST, min(starts_at, _awake(now, length, zone)))


def _awake(now: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant at which ``length`` of waking hours has passed."""
    at, left = now, length
    while True:
        local = at.astimezone(zone)
        morning = datetime.combine(local.date(), MORNING, zone)
        night = datetime.combine(local.date(), NIGHT, zone)
        if local >= night:
            at = datetime.combine(local.date() + timedelta(days=1), MORNING, zone).astimezone(now.tzinfo)
            continue
        at = max(local, morning).astimezone(now.tzinfo)
        span = night.astimezone(now.tzinfo) - at
        if left <= span:
            return at + left
        left -= span
        at = night.astimezone(now.tzinfo)
