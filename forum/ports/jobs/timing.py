"""What a job is, and when it is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

Work = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the house.

    ``every`` is how long it rests after it was begun.  A job of a day or longer begins after the hour
    ``at`` (UTC), so that it falls into the quiet hours; one that was missed is made up for.  ``work`` gets
    the instant and runs in one write transaction, unless it keeps ``own_transactions``.
    """

    name: str
    work: Work
    every: timedelta
    at: time | None = None
    own_transactions: bool = False


def due(job: Job, last: datetime | None, now: datetime) -> bool:
    """Tell whether a job should begin; ``last`` is when it last did."""
    if job.at is None:
        return last is None or now - last >= job.every
    turn = datetime.combine(now.astimezone(UTC).date(), job.at, UTC)
    if turn > now:
        turn -= timedelta(days=1)
    if last is None:
        return True
    return last < turn and now - last >= job.every - timedelta(days=1)
