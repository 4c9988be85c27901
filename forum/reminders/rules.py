"""What a room says of its due dates, and on which day somebody is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from forum.core.bilingual import Text
from forum.workdays.errors import NoSharedWorkday
from forum.workdays.rules.calendars import Calendar, Region
from forum.workdays.rules.reckoning import next_shared_workday, previous_shared_workday

MORNING = time(8, 0)
OFFSETS = (-30, -7, -1, 0, 7)
FARTHEST = 400  # days before or after a due date
MOST_OFFSETS = 24
SLACK = timedelta(days=14)  # before the first telling a due date is named, so that holidays don't swallow it

Fact = str | int | date | Text  # a ``core.refusals.Word`` is a string that is itself a catalogue key


@dataclass(frozen=True, slots=True)
class Due:
    """A due date of a room, for one person who has to do something about it.

    ``sentence`` and ``next_step`` are catalogue keys; ``%(due)s`` is always known to them.  ``offsets`` are the
    room's own; the national office may have set others for the kind.  ``places`` are those of both sides: nobody
    is told on a day that is free in one of them.
    """

    kind: str
    object_reference: str
    title: Text
    on: date
    account_id: int
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    next_step: str = ""
    step_facts: Mapping[str, Fact] = field(default_factory=dict)
    link: str = ""  # path without the language, such as /desk/partnerships/abc
    offsets: tuple[int, ...] = OFFSETS
    places: tuple[Region, ...] = ()

    @property
    def key(self) -> tuple[str, str, date, int]:
        """What a person is never told twice of on one of its days."""
        return self.object_reference, self.kind, self.on, self.account_id


Provider = Callable[[datetime], Iterable[Due]]


@dataclass(frozen=True, slots=True)
class Source:
    """A room that has due dates.

    ``dues`` names every one that still stands: what it no longer names is settled, what it names with another
    date has moved.
    """

    name: str
    dues: Provider


def within_reach(on: date, offsets: Collection[int], today: date) -> bool:
    """Tell whether a due date is to be named by now: what lies far ahead neither waits for anybody nor is told."""
    first = min((*offsets, 0))
    return on + timedelta(days=first) - SLACK <= today


def telling_day(due_on: date, offset: int, places: Collection[Region], *, calendar: Calendar) -> date:
    """Return the day on which somebody is told: the next on which every place works.

    What is to be told before the due date is told before it: if all days up to it are free, on the last working
    day before them.
    """
    day = due_on + timedelta(days=offset)
    try:
        moved = next_shared_workday(day, places, calendar=calendar)
        if offset < 0 and moved >= due_on:
            return previous_shared_workday(day, places, calendar=calendar)
    except NoSharedWorkday:  # better told on a free day than not at all
        return day
    return moved


def telling_days(due: Due, offsets: Iterable[int], own: Region, *, calendar: Calendar) -> dict[int, date]:
    """Return for each offset the day of telling somebody whose own place is ``own``."""
    places = dict.fromkeys((*due.places, own))
    return {offset: telling_day(due.on, offset, places, calendar=calendar) for offset in sorted(set(offsets))}
