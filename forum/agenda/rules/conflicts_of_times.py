"""Conflicts of an item with the calendar and the clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from forum.agenda.programme import Item, Programme
from forum.agenda.rules.findings import Code, Conflict, Severity
from forum.core.refusals import N_
from forum.core.walltime import clock_change, day_of, is_ambiguous, is_nonexistent, to_wall

_NO_LENGTH = N_("“%(title)s” lasts %(minutes)s minutes. It needs at least one.")
_NO_SUCH_TIME = N_("“%(title)s” begins at %(when)s, a time that the clocks at the venue jump over.")
_OUT_OF_DAYS = N_("“%(title)s” on %(when)s lies outside the days of the forum, %(first)s to %(last)s.")
_TWICE = N_("“%(title)s” begins at %(when)s, which occurs twice at the venue. Choose which one is meant.")
_CLOCKS = N_("The clocks at the venue change by %(minutes)s minutes during “%(title)s” on %(when)s.")
_MIDNIGHT = N_("“%(title)s” on %(when)s ends after midnight, at %(end)s.")
_SEGMENT = N_("“%(title)s” on %(when)s lies outside the time of its segment, %(segment)s.")


def time_conflicts(programme: Programme, items: Iterable[Item], fold_chosen: Collection[str]) -> Iterator[Conflict]:
    """Yield what is wrong with the time of each item."""
    for item in items:
        if item.minutes <= 0:
            yield _about(item, Code.TIME_INVALID, Severity.BLOCK, _NO_LENGTH, minutes=item.minutes)
            continue
        yield from _clock(programme, item, fold_chosen)
        yield from _calendar(programme, item)
    yield from _segments(programme, items)


def _about(item: Item, code: Code, severity: Severity, message: str, **facts: object) -> Conflict:
    told = {"title": item.title, "when": item.local_start, **facts}
    return Conflict(code, severity, (item.guid,), message, told, titles=(("title", item.guid),))


def _clock(programme: Programme, item: Item, fold_chosen: Collection[str]) -> Iterator[Conflict]:
    zone = programme.forum.zone
    if is_nonexistent(item.local_start, zone):
        yield _about(item, Code.TIME_INVALID, Severity.BLOCK, _NO_SUCH_TIME)
    elif item.fold == 0 and item.guid not in fold_chosen and is_ambiguous(item.local_start, zone):
        yield _about(item, Code.TIME_AMBIGUOUS, Severity.ERROR, _TWICE)
    if change := clock_change(item.starts_at, item.ends_at, zone):
        minutes = int(change / timedelta(minutes=1))
        yield _about(item, Code.CLOCK_CHANGE, Severity.WARNING, _CLOCKS, minutes=minutes)


def _calendar(programme: Programme, item: Item) -> Iterator[Conflict]:
    forum = programme.forum
    if not forum.first_day <= day_of(item.local_start, forum.day_change) <= forum.last_day:
        yield _about(item, Code.OUT_OF_DAYS, Severity.BLOCK, _OUT_OF_DAYS, first=forum.first_day, last=forum.last_day)
    end, _ = to_wall(item.ends_at, forum.zone)
    # An item that ends exactly at midnight still belongs to its evening.
    if (end - timedelta(microseconds=1)).date() > item.local_start.date():
        yield _about(item, Code.MIDNIGHT, Severity.NOTE, _MIDNIGHT, end=end)


def _segments(programme: Programme, items: Iterable[Item]) -> Iterator[Conflict]:
    windows = {segment.code: segment for segment in programme.segments}
    for item in items:
        segment = windows.get(item.segment_code)
        if segment is None or item.minutes <= 0:
            continue
        early = segment.starts_at is not None and item.starts_at < segment.starts_at
        late = segment.ends_at is not None and item.ends_at > segment.ends_at
        if early or late:
            yield _about(item, Code.SEGMENT_BOUNDS, Severity.WARNING, _SEGMENT, segment=segment.name)
