"""Conflicts of items with their rooms: overlap, turnaround, seats and interpretation booths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from forum.agenda.programme import Item, Programme, RoomFacts
from forum.agenda.rules.findings import Code, Conflict, Severity
from forum.agenda.rules.sentences import LanguageName
from forum.agenda.rules.sweep import Meeting, Span, grouped, meetings
from forum.core.refusals import N_
from forum.events.kinds import SegmentKind

BILATERAL_TURNAROUND = 15  # minutes; practice of APEC meetings
NEARLY_FULL = 0.9

_OVERLAP = N_("“%(first)s” and “%(second)s” are both in %(room)s on %(when)s.")
_TURNAROUND = N_("%(room)s has %(gap)s minutes between “%(first)s” and “%(second)s” on %(when)s. It needs %(needed)s.")
_OVER_MAX = N_("“%(title)s” has %(seats)s people. %(room)s may hold no more than %(limit)s.")
_OVER_SEATS = N_("“%(title)s” has granted %(seats)s seats. %(room)s has %(limit)s.")
_NEARLY = N_("“%(title)s” has granted %(seats)s of the %(limit)s seats in %(room)s.")
_OFFERED = N_("“%(title)s” offers %(seats)s seats. %(room)s has %(limit)s.")
_BOOTHS = N_("“%(title)s” is interpreted into %(needed)s languages. %(room)s has booths for %(limit)s.")
_UNCOVERED = N_("%(person)s speaks %(language)s in “%(title)s”, which is not interpreted from that language.")


def room_conflicts(
    programme: Programme, items: Sequence[Item], granted: Mapping[str, int], turnaround: int | None
) -> Iterator[Conflict]:
    """Yield the conflicts of rooms; ``turnaround`` in minutes replaces what the rooms say."""
    rooms = {room.guid: room for room in programme.rooms}
    for guid, held in grouped(items, lambda item: item.room_guid or None).items():
        room = rooms.get(guid)
        if room is not None:
            yield from _in_room(room, held, turnaround)
            for item in held:
                yield from _seats(room, item, granted.get(item.guid))
                yield from _booths(room, item)
    for item in items:
        yield from _uncovered(item)


def _in_room(room: RoomFacts, items: Iterable[Item], turnaround: int | None) -> Iterator[Conflict]:
    needed = room.turnaround_minutes if turnaround is None else turnaround
    spans = [Span(item.starts_at, item.ends_at, item) for item in items]
    for meeting in meetings(spans, timedelta(minutes=max(needed, BILATERAL_TURNAROUND, 0))):
        if meeting.overlaps:
            yield _pair(room, meeting, Code.ROOM_OVERLAP, Severity.ERROR, _OVERLAP)
            continue
        minutes = _needed(meeting, needed)
        if meeting.gap < timedelta(minutes=minutes) and not _between(meeting, spans):
            gap = int(meeting.gap / timedelta(minutes=1))
            yield _pair(room, meeting, Code.ROOM_TURNAROUND, Severity.WARNING, _TURNAROUND, gap=gap, needed=minutes)


def _needed(meeting: Meeting[Item], room_minutes: int) -> int:
    """Return the minutes the room needs between two items: none around a break or within one session."""
    pair = (meeting.first.subject, meeting.second.subject)
    if any(item.kind is SegmentKind.BREAK for item in pair) or pair[0].session_id == pair[1].session_id:
        return 0
    if any(item.kind is SegmentKind.BILATERAL for item in pair):
        return max(room_minutes, BILATERAL_TURNAROUND)
    return room_minutes


def _between(meeting: Meeting[Item], spans: Iterable[Span[Item]]) -> bool:
    """Tell whether a third item lies between the two, so that the room never goes from one to the other."""
    return any(
        span is not meeting.first
        and span is not meeting.second
        and meeting.first.end <= span.begin < span.end <= meeting.second.begin
        for span in spans
    )


def _pair(
    room: RoomFacts, meeting: Meeting[Item], code: Code, severity: Severity, message: str, **facts: object
) -> Conflict:
    first, second = meeting.first.subject, meeting.second.subject
    told = {
        "first": first.title,
        "second": second.title,
        "room": room.name,
        "when": second.local_start,
        **facts,
    }
    guids = tuple(sorted((first.guid, second.guid)))
    titles = (("first", first.guid), ("second", second.guid))
    return Conflict(code, severity, guids, message, told, titles, room_guid=room.guid)


def _about(room: RoomFacts, item: Item, code: Code, severity: Severity, message: str, **facts: object) -> Conflict:
    told = {"title": item.title, "room": room.name, **facts}
    titles = (("title", item.guid),)
    return Conflict(code, severity, (item.guid,), message, told, titles, room_guid=room.guid)


def _seats(room: RoomFacts, item: Item, seats: int | None) -> Iterator[Conflict]:
    code = Code.ROOM_CAPACITY
    if seats is not None and room.hard_max is not None and seats > room.hard_max:
        yield _about(room, item, code, Severity.BLOCK, _OVER_MAX, seats=seats, limit=room.hard_max)
    elif seats is not None and room.capacity is not None and seats > room.capacity:
        yield _about(room, item, code, Severity.ERROR, _OVER_SEATS, seats=seats, limit=room.capacity)
    elif seats is not None and room.capacity is not None and seats > room.capacity * NEARLY_FULL:
        yield _about(room, item, code, Severity.NOTE, _NEARLY, seats=seats, limit=room.capacity)
    elif item.capacity is not None and room.capacity is not None and item.capacity > room.capacity:
        yield _about(room, item, code, Severity.WARNING, _OFFERED, seats=item.capacity, limit=room.capacity)


def _booths(room: RoomFacts, item: Item) -> Iterator[Conflict]:
    """Simultaneous interpretation needs one booth for each outgoing language."""
    outgoing = set(item.interpretation) - {item.language}
    if len(outgoing) > room.booths:
        yield _about(room, item, Code.LANG_BOOTHS, Severity.ERROR, _BOOTHS, needed=len(outgoing), limit=room.booths)


def _uncovered(item: Item) -> Iterator[Conflict]:
    heard = {item.language, *item.interpretation}
    for speaker in item.speakers:
        if speaker.is_present and speaker.language and item.language and speaker.language not in heard:
            yield Conflict(
                Code.LANG_UNCOVERED,
                Severity.ERROR,
                (item.guid,),
                _UNCOVERED,
                {"title": item.title, "person": speaker.name, "language": LanguageName(speaker.language)},
                (("title", item.guid),),
                person_guid=speaker.person_guid,
            )
