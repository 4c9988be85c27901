"""Deadlines: an instant with its zone, and the day on which somebody in Beijing must have acted."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.core.refusals import Refusal
from forum.core.walltime import to_utc, zone_named
from forum.liaisons.errors import BadTime
from forum.liaisons.rules.terms import Terms
from forum.offices.rules import BEIJING

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_MORNING = time(8, 0)  # before it nobody is told of anything


def instant_of(day: date, clock: str, zone_name: str, terms: Terms) -> tuple[datetime, str]:
    """Return the instant of a deadline and its zone; what is left out is the custom of the house.

    A wall time that comes twice is taken at its first coming: nobody is late who reads it the other way.
    Raises ``BadTime``, ``UnknownZone`` and ``NonexistentTime``, each at its field.
    """
    name = zone_name or terms.closing_zone
    found = _CLOCK.fullmatch(clock or terms.closing_time)
    if found is None:
        raise BadTime
    try:
        zone = zone_named(name)
    except Refusal as refusal:
        refusal.field = "deadline_zone"
        raise
    try:
        return to_utc(datetime.combine(day, time(int(found[1]), int(found[2]))), zone), name
    except Refusal as refusal:
        refusal.field = "deadline_time"
        raise
    except OverflowError as far:
        raise BadTime(field="deadline_on") from far


def due_day(deadline: datetime, zone_name: str) -> date:
    """Return the last day on whose morning in Beijing there is still time, and no later than the day over there."""
    here = deadline.astimezone(ZoneInfo(BEIJING))
    last = here.date() if here.time() > _MORNING else here.date() - timedelta(days=1)
    return min(last, deadline.astimezone(ZoneInfo(zone_name)).date())


def internal_due(deadline: datetime, opened: datetime, days: int) -> datetime:
    """Return when the answer is due here; never before the obligation began, where the time is short."""
    return min(deadline, max(opened, deadline - timedelta(days=days)))
