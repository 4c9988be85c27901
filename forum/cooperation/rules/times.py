"""When an activity takes place on the clocks of both sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forum.core.walltime import to_utc, to_wall, zone_named


@dataclass(frozen=True, slots=True)
class Local:
    """A span on the wall of one place."""

    zone_name: str
    begins: datetime
    ends: datetime


def span(begins: datetime, ends: datetime, zone_name: str) -> tuple[datetime, datetime]:
    """Return the instants of a span on the wall of a place.

    Raises ``UnknownZone``, and ``NonexistentTime`` for a time that the clocks jump over.
    """
    zone = zone_named(zone_name)
    return to_utc(begins, zone), to_utc(ends, zone)


def locals_of(begins_at: datetime, ends_at: datetime, zones: Iterable[str]) -> tuple[Local, ...]:
    """Return the span on the walls of several places, each once, in the order given."""
    found = []
    for name in dict.fromkeys(zones):
        zone = zone_named(name)
        found.append(Local(name, to_wall(begins_at, zone)[0], to_wall(ends_at, zone)[0]))
    return tuple(found)
