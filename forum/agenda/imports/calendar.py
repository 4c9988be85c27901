"""iCalendar files, read through icalendar, whose silences are checked: naive times, swallowed errors."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.error import BrokenCalendarProperty

from forum.agenda.imports import texts, times
from forum.agenda.imports.gathering import Gathering
from forum.agenda.imports.values import (
    MOST_ITEMS,
    MOST_LEVELS,
    ImportedItem,
    ImportedLink,
    ImportedProgramme,
    Malformed,
    TooDeep,
    TooManyItems,
    ZoneNeeded,
)
from forum.agenda.programme import SessionState
from forum.core.bilingual import Text
from forum.core.walltime import NonexistentTime, to_utc, zone_named

MOST_LINES = 300_000
_STRUCTURE = re.compile(rb"^(BEGIN|END):([A-Za-z-]{1,40})\s*$", re.MULTILINE)
_COMMA = re.compile(r"\s*[,，、;]\s*")
_STATES = {"CANCELLED": SessionState.CANCELLED, "TENTATIVE": SessionState.TENTATIVE}


def read_calendar(raw: bytes, zone: str | None) -> ImportedProgramme:
    """Read an iCalendar file; ``zone`` serves one that names no zone.  Raises ``ImportRefused``."""
    check_structure(raw)
    try:
        calendar = Calendar.from_ical(raw.decode("utf-8-sig", errors="replace"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as fault:
        raise Malformed(line=1) from fault
    if not isinstance(calendar, Calendar):
        raise Malformed(line=1)
    events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    name = _zone_of(calendar, events) or zone
    if not name:
        raise ZoneNeeded
    gathering = Gathering("icalendar", zone_named(name))
    label = texts.one_line(calendar.get("X-WR-CALNAME") or calendar.get("NAME") or calendar.get("X-WR-CALDESC"))
    gathering.title = texts.by_script(label)
    gathering.source = f"icalendar:{texts.one_line(calendar.get('PRODID'), longest=120) or label[:120]}"
    locations = [texts.one_line(event.get("LOCATION"), longest=500) for event in events]
    single = _single_rooms(locations)
    for number, (event, location) in enumerate(zip(events, locations, strict=True), start=1):
        _entry(gathering, event, _rooms_named(location, single), f"VEVENT {number}")
    return gathering.done()


def check_structure(raw: bytes) -> None:
    """Refuse a calendar that is too large or nested too deeply before anything is parsed."""
    if raw.count(b"\n") > MOST_LINES:
        raise TooManyItems(limit=MOST_ITEMS)
    depth = events = 0
    for match in _STRUCTURE.finditer(raw):
        depth += 1 if match.group(1) == b"BEGIN" else -1
        events += match.group(0).startswith(b"BEGIN:VEVENT")
        if depth > MOST_LEVELS:
            raise TooDeep(limit=MOST_LEVELS)
        if events > MOST_ITEMS:
            raise TooManyItems(limit=MOST_ITEMS)


def _zone_of(calendar: Calendar, events: list[Event]) -> str:
    """Return the zone most entries begin in, else the one the calendar names for itself."""
    counted: Counter[str] = Counter()
    for event in events:
        start = _moment(event, "DTSTART")
        if isinstance(start, datetime) and isinstance(start.tzinfo, ZoneInfo) and start.tzinfo.key != "UTC":
            counted[start.tzinfo.key] += 1
    for name, _ in counted.most_common():
        if known := times.known_zone(name):
            return known
    return times.known_zone(str(calendar.get("X-WR-TIMEZONE") or ""))


def _moment(event: Event, name: str) -> datetime | date | None:
    """Return a date or date-time of an entry; one the library couldn't parse is None."""
    try:
        found: Any = getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None
    return found if isinstance(found, date) else None


def _single_rooms(locations: list[str]) -> frozenset[str]:
    """Return the locations that are one room; "A, B" is two when A and B are known as rooms by themselves.

    Every part but one must be known: a list may be the only place that names one of its rooms.
    """
    plain = {location for location in locations if location and not _COMMA.search(location)}
    return frozenset(plain)


def _rooms_named(location: str, known: frozenset[str]) -> tuple[str, ...]:
    parts = tuple(dict.fromkeys(part for part in _COMMA.split(location) if part))
    if len(parts) > 1 and sum(part in known for part in parts) >= max(2, len(parts) - 1):
        return parts
    return (location,) if location else ()


def _entry(gathering: Gathering, event: Event, rooms: tuple[str, ...], place: str) -> None:
    known = gathering.identity(event.get("UID"))
    title = texts.one_line(event.get("SUMMARY"))
    if not known:
        gathering.refuse("no_identity", place)
        return
    repeated = _moment(event, "RECURRENCE-ID")
    foreign_id = gathering.unique(f"{known}/{repeated.isoformat()}" if repeated else known, place)
    where = (place, foreign_id)
    if not title:
        gathering.refuse("no_title", *where)
        return
    if event.get("RRULE") or event.get("RDATE"):
        gathering.refuse("recurring", *where, title=title)
        return
    start = _moment(event, "DTSTART")
    if start is not None and not isinstance(start, datetime):
        gathering.note("all_day", *where, title=title)
        return
    begin = _instant(gathering, event, "DTSTART", title, where)
    if begin is None:
        return
    minutes = _minutes(gathering, event, begin, title, where)
    if minutes is None:
        return
    if broken := tuple(sorted({str(name) for name, _ in event.errors if name})):
        gathering.doubt("unread", *where, title=title, value=broken)
    local, fold = gathering.wall(begin)
    keys = tuple(gathering.room(texts.by_script(name)) for name in rooms)
    if len(keys) > 1:
        gathering.doubt("several_rooms", *where, title=title, value=keys)
    address = texts.safe_address(str(event.get("URL") or ""))
    gathering.add(
        ImportedItem(
            foreign_id=foreign_id,
            title=texts.by_script(title),
            local_start=local,
            minutes=minutes,
            starts_at=begin,
            fold=fold,
            source_guid=_own_guid(gathering, foreign_id, place),
            description=texts.by_script(gathering.text(event.get("DESCRIPTION"), *where, title)),
            room=keys[0] if keys else "",
            more_rooms=keys[1:],
            track=_track(gathering, event),
            state=_STATES.get(str(event.get("STATUS") or "").upper(), SessionState.CONFIRMED),
            links=(ImportedLink(address),) if address else (),
            place=place,
        )
    )


def _own_guid(gathering: Gathering, foreign_id: str, place: str) -> str:
    """Return the UUID before the @ of a UID, as our own feeds write it; other UIDs are foreign ids only."""
    local = foreign_id.partition("@")[0]
    return gathering.guid(local, foreign_id, place) if len(local) == len("0" * 32) + 4 else ""


def _instant(gathering: Gathering, event: Event, name: str, title: str, where: tuple[str, str]) -> datetime | None:
    """Return the instant of a property, or None after refusing the row.

    A naive time with a TZID means that nobody knows that zone; one without is wall time at the venue.
    """
    found = _moment(event, name)
    if not isinstance(found, datetime):
        gathering.refuse("no_time", *where, value=name)
        return None
    if found.tzinfo is None:
        named = getattr(event.get(name), "params", {}).get("TZID")
        if named:
            gathering.refuse("unknown_zone", *where, title=title, value=texts.one_line(named, longest=80))
            return None
        try:
            return to_utc(found.replace(microsecond=0), gathering.zone)
        except NonexistentTime:
            gathering.refuse("no_time", *where, value=f"{found:%Y-%m-%d %H:%M}")
            return None
    return found.astimezone(UTC).replace(microsecond=0)


def _minutes(gathering: Gathering, event: Event, begin: datetime, title: str, where: tuple[str, str]) -> int | None:
    end = _moment(event, "DTEND")
    span: timedelta | None = None
    if isinstance(end, datetime):
        instant = _instant(gathering, event, "DTEND", title, where)
        if instant is None:
            return None
        span = instant - begin
    else:
        span = _lasting(event)
    minutes = int(span / timedelta(minutes=1)) if span is not None else None
    return gathering.length_of(minutes, "" if span is None else str(span), title, where)


def _lasting(event: Event) -> timedelta | None:
    try:
        lasting: Any = getattr(event.get("DURATION"), "dt", None)
    except BrokenCalendarProperty:
        return None
    return lasting if isinstance(lasting, timedelta) else None


def _track(gathering: Gathering, event: Event) -> str:
    """Return the first category as the track."""
    raw = event.get("CATEGORIES")
    first = raw[0] if isinstance(raw, list) and raw else raw
    words = getattr(first, "cats", None)
    name = texts.one_line(words[0] if words else "", longest=100)
    return gathering.track(texts.by_script(name)) if name else gathering.track(Text())
