"""A day of a programme as a grid of times and rooms, and what is on now and next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from forum.agenda.programme import ForumFacts, Item, Programme, RoomFacts, SessionState, programme_day
from forum.events.kinds import SegmentKind

ROW = timedelta(minutes=5)
MOST_ROWS = 288
MOST_COLUMNS = 64
LONGEST_STRETCH = 18  # rows in which nothing begins or ends: an hour and a half
SOON = timedelta(hours=3)
# What everybody goes to spreads over the rooms that are free beside it.
_FOR_ALL = frozenset(
    {SegmentKind.OPENING, SegmentKind.PLENARY, SegmentKind.BREAK, SegmentKind.SIGNING, SegmentKind.BANQUET}
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its place: rows of five minutes from the first hour, columns counted from 1."""

    item: Item
    row: int
    span: int
    column: int
    across: int = 1
    half: str = ""

    @property
    def classes(self) -> str:
        """The classes of the style sheet that draw the place."""
        text = f"row-{self.row} span-{self.span} col-{self.column} across-{self.across}"
        return f"{text} {self.half}" if self.half else text


@dataclass(frozen=True, slots=True)
class DayGrid:
    """One programme day: its columns (``None`` is a place without a room), hours and items in reading order."""

    day: date
    rooms: tuple[RoomFacts | None, ...]
    hours: tuple[tuple[str, int], ...]
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class NowAndNext:
    """What is on at an instant, and what begins next within three hours."""

    now: tuple[Item, ...] = ()
    next: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.now or self.next)


def days_of(programme: Programme) -> tuple[date, ...]:
    """Return the programme days that have items, in order."""
    return tuple(sorted({programme_day(item.starts_at, programme.forum) for item in programme.items}))


def in_reading_order(programme: Programme, items: Iterable[Item]) -> list[Item]:
    """Return items by start, then by the order of their rooms, then by number."""
    order = {room.guid: index for index, room in enumerate(sorted(programme.rooms, key=lambda each: each.order))}
    return sorted(items, key=lambda item: (item.starts_at, order.get(item.room_guid, len(order)), item.number))


def day_to_open(days: Sequence[date], facts: ForumFacts, at: datetime) -> date | None:
    """Return the day that a reader wants first: today during the forum, else the first one."""
    today = programme_day(at, facts)
    return today if today in days else next(iter(days), None)


def day_grid(programme: Programme, day: date) -> DayGrid:
    """Return one day as a grid; whatever overlaps in a room stands side by side."""
    items = in_reading_order(
        programme, (item for item in programme.items if programme_day(item.starts_at, programme.forum) == day)
    )
    if not items:
        return DayGrid(day, (), (), ())
    opening = _full_hour_before(min(item.starts_at for item in items), programme.forum)
    used = {item.room_guid for item in items}
    rooms = [room for room in sorted(programme.rooms, key=lambda each: each.order) if room.guid in used]
    columns = {room.guid: number for number, room in enumerate(rooms, start=1)}
    spread = _spread(items, columns)
    lanes = _lanes([item for item in items if item.guid not in spread and item.room_guid not in columns])
    extra = max(lanes.values(), default=-1) + 1
    halves = _halves([item for item in items if item.guid not in spread and item.room_guid in columns])
    placed = []
    for item in items:
        row = max(int((item.starts_at - opening) // ROW), 0)
        end = -int((opening - item.ends_at) // ROW)
        if item.guid in spread:
            column, across = spread[item.guid]
        else:
            column, across = columns.get(item.room_guid, len(rooms) + 1 + lanes.get(item.guid, 0)), 1
        placed.append(
            Placed(
                item,
                min(row, 311),
                min(max(end - row, 1), MOST_ROWS),
                min(column, MOST_COLUMNS),
                min(across, MOST_COLUMNS),
                halves.get(item.guid, ""),
            )
        )
    closing = max(item.ends_at for item in items)
    heads = (*rooms, *((None,) * extra)) or (None,)
    return DayGrid(day, heads, _hours(opening, closing, programme.forum), tuple(placed))


def collapsed(grid: DayGrid) -> DayGrid:
    """Return a grid for reading in which long stretches without a beginning or an end are drawn short.

    Nobody should scroll through a banquet; the hours inside such a stretch go, every slot says its times.
    """
    edges = sorted({0, *(edge for each in grid.placed for edge in (each.row, each.row + each.span))})
    drawn, at = {0: 0}, 0
    for first, second in pairwise(edges):
        at += min(second - first, LONGEST_STRETCH)
        drawn[second] = at
    hours = []
    for text, minutes in grid.hours:
        row = minutes // 5
        before = max((edge for edge in edges if edge <= row), default=0)
        after = min((edge for edge in edges if edge > row), default=before)
        if row == before or after - before <= LONGEST_STRETCH:
            hours.append((text, 5 * (drawn[before] + row - before)))
    placed = tuple(
        replace(each, row=drawn[each.row], span=drawn[each.row + each.span] - drawn[each.row]) for each in grid.placed
    )
    return replace(grid, hours=tuple(hours), placed=placed)


def now_and_next(programme: Programme, at: datetime) -> NowAndNext:
    """Return what is on and what begins next; cancelled items are neither."""
    alive = [item for item in programme.items if item.state is not SessionState.CANCELLED]
    on = tuple(in_reading_order(programme, (item for item in alive if item.starts_at <= at < item.ends_at)))
    coming = min((item.starts_at for item in alive if at < item.starts_at <= at + SOON), default=None)
    following = (item for item in alive if item.starts_at == coming) if coming is not None else ()
    return NowAndNext(on, tuple(in_reading_order(programme, following)))


def next_boundary(programme: Programme, at: datetime) -> datetime | None:
    """Return the next instant at which "now", "next" or the day to open changes; no page is kept beyond it."""
    instants = {item.starts_at for item in programme.items} | {item.ends_at for item in programme.items}
    instants |= {item.starts_at - SOON for item in programme.items}
    for day in days_of(programme):
        start = datetime.combine(day, programme.forum.day_change, tzinfo=programme.forum.zone)
        instants |= {start, start + timedelta(days=1)}
    return min((instant for instant in instants if instant > at), default=None)


def _full_hour_before(instant: datetime, facts: ForumFacts) -> datetime:
    local = instant.astimezone(facts.zone)
    return instant - timedelta(minutes=local.minute, seconds=local.second)


def _hours(opening: datetime, closing: datetime, facts: ForumFacts) -> tuple[tuple[str, int], ...]:
    """Return label and minutes after the opening of each hour; elapsed time, so a clock change shows."""
    count = min(int((closing - opening) // timedelta(hours=1)), 25)
    return tuple((f"{(opening + timedelta(hours=n)).astimezone(facts.zone):%H:%M}", 60 * n) for n in range(count + 1))


def _overlap(one: Item, other: Item) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _spread(items: Sequence[Item], columns: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Return first column and width of the items that everybody goes to, where rooms beside them are free."""
    found: dict[str, tuple[int, int]] = {}
    if not columns:
        return found
    for item in items:
        own = columns.get(item.room_guid)
        if item.kind not in _FOR_ALL and own is not None:
            continue
        others = [other for other in items if other is not item and _overlap(item, other)]
        if any(other.room_guid not in columns or other.guid in found for other in others):
            continue  # two that want the same columns each keep to their own
        taken = {columns[other.room_guid] for other in others}
        if own in taken:
            continue
        run = _free_run(len(columns), taken, own)
        if run is not None and (own is not None or not others or item.kind is SegmentKind.BREAK):
            found[item.guid] = run
    return found


def _free_run(count: int, taken: set[int], own: int | None) -> tuple[int, int] | None:
    """Return the run of free columns around ``own``, or the longest one; None when there is none."""
    runs: list[tuple[int, int]] = []
    start = None
    for column in range(1, count + 2):
        if column <= count and column not in taken:
            start = start or column
        elif start is not None:
            runs.append((start, column - start))
            start = None
    if own is not None:
        return next((run for run in runs if run[0] <= own < run[0] + run[1]), None)
    return max(runs, key=lambda run: run[1], default=None)


def _lanes(items: Sequence[Item]) -> dict[str, int]:
    """Return a lane for each item so that no two of one lane overlap."""
    ends: list[datetime] = []
    lanes: dict[str, int] = {}
    for item in items:
        lane = next((number for number, end in enumerate(ends) if end <= item.starts_at), len(ends))
        ends[lane : lane + 1] = [item.ends_at]
        lanes[item.guid] = lane
    return lanes


def _halves(items: Sequence[Item]) -> dict[str, str]:
    """Return which half of its room's column an item takes when another one overlaps it there."""
    by_room: dict[str, list[Item]] = {}
    for item in items:
        by_room.setdefault(item.room_guid, []).append(item)
    halves: dict[str, str] = {}
    for together in by_room.values():
        if not any(_overlap(one, two) for one, two in pairwise(together)):
            continue
        lanes = _lanes(together)
        for item in together:
            if any(other is not item and _overlap(item, other) for other in together):
                halves[item.guid] = "half-second" if lanes[item.guid] % 2 else "half-first"
    return halves
