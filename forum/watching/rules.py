"""When somebody is told, and what is significant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.watching.models import Frequency
from forum.workdays.rules.hours import local_instant

MORNING = time(8, 0)
MONDAY = 0
# The stages that change what a reader does: project approved, national vote, published, to be revised, confirmed,
# withdrawn (ISO Guide 69 codes; which of them are significant is this product's own reading).
SIGNIFICANT_STAGES = frozenset({"10.99", "40.20", "60.60", "90.92", "90.93", "95.99"})


def due_at(frequency: Frequency, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when something that is known now is told: at once, next eight o'clock, or next Monday's."""
    if frequency is Frequency.AT_ONCE:
        return now
    day = now.astimezone(zone).date()
    if frequency is Frequency.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    at = local_instant(day, MORNING, zone)
    if at >= now:
        return at
    return local_instant(day + timedelta(days=7 if frequency is Frequency.WEEKLY else 1), MORNING, zone)


def family(start: int, successions: Iterable[tuple[int, int, date | None]], on: date) -> frozenset[int]:
    """Return a committee with all that its work went to by a day; ``successions`` are (from, to, since)."""
    known: dict[int, set[int]] = {}
    for source, target, since in successions:
        if since is not None and since <= on:
            known.setdefault(source, set()).add(target)
    found, frontier = {start}, {start}
    while frontier:
        frontier = {target for one in frontier for target in known.get(one, ())} - found
        found |= frontier
    return frozenset(found)
