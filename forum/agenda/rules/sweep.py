"""Sweeping along one resource: which of its half-open intervals [begin, end) meet or nearly meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Subject = TypeVar("Subject")
Resource = TypeVar("Resource", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Span(Generic[Subject]):
    """A subject that holds a resource from ``begin`` until just before ``end``."""

    begin: datetime
    end: datetime
    subject: Subject


@dataclass(frozen=True, slots=True)
class Meeting(Generic[Subject]):
    """Two spans of one resource; ``gap`` is negative when they overlap, else the time between them."""

    first: Span[Subject]
    second: Span[Subject]
    gap: timedelta

    @property
    def overlaps(self) -> bool:
        """Back to back is no overlap."""
        return self.gap < timedelta()


def grouped(
    subjects: Iterable[Subject], resource: Callable[[Subject], Resource | None]
) -> dict[Resource, list[Subject]]:
    """Return the subjects by resource; those without one are left out."""
    groups: dict[Resource, list[Subject]] = defaultdict(list)
    for subject in subjects:
        if (name := resource(subject)) is not None:
            groups[name].append(subject)
    return groups


def meetings(spans: Iterable[Span[Subject]], slack: timedelta) -> Iterator[Meeting[Subject]]:
    """Yield each pair of spans once that overlaps or has less than ``slack`` between its parts.

    Empty spans take part in nothing.  Both moments are instants in UTC, so that a day on which the
    clocks change counts its true length.
    """
    running: list[Span[Subject]] = []
    # The sort is stable: of two that begin together the one given first comes first.
    for span in sorted(spans, key=lambda each: each.begin):
        if span.end <= span.begin:
            continue
        running = [other for other in running if other.end + slack > span.begin]
        for other in running:
            yield Meeting(other, span, span.begin - other.end)
        running.append(span)
