"""How fast and how often in time statements were answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Answered:
    """One obligation as the figures see it; without ``answered_at`` it still waits."""

    groups: tuple[str, ...]
    opened_at: datetime
    due_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What one committee's obligations come to; None where nothing can be said yet."""

    group: str  # empty: all of them
    count: int
    answered: int
    open: int
    median_days: float | None
    in_time: int  # answered before the deadline
    share: int | None  # whole per cent of what was answered or is late


def figures(rows: Iterable[Answered], now: datetime) -> Sequence[Figures]:
    """Return the figures of all, then by committee; nothing where there is nothing."""
    known = list(rows)
    if not known:
        return []
    groups = sorted({group for row in known for group in row.groups})
    return [_of("", known, now), *(_of(group, [row for row in known if group in row.groups], now) for group in groups)]


def _of(group: str, rows: Sequence[Answered], now: datetime) -> Figures:
    spans = [(row.answered_at - row.opened_at) / _DAY for row in rows if row.answered_at is not None]
    in_time = sum(row.answered_at is not None and row.answered_at < row.due_at for row in rows)
    decided = sum(row.answered_at is not None or row.due_at <= now for row in rows)
    return Figures(
        group,
        len(rows),
        len(spans),
        len(rows) - len(spans),
        round(median(spans), 1) if spans else None,
        in_time,
        (100 * in_time + decided // 2) // decided if decided else None,
    )
