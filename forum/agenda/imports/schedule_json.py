"""Schedule JSON, versions 1, 2 and the older shapes, told apart by their keys and never by a version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forum.agenda.imports import texts, times
from forum.agenda.imports.gathering import Gathering, as_uuid
from forum.agenda.imports.schedule import Event, day_change_of, take_event
from forum.agenda.imports.values import ImportedProgramme, UnknownFormat, ZoneNeeded
from forum.core.walltime import zone_named
from forum.events.kinds import SegmentKind

_BREAK_TYPES = frozenset({"BREAK", "META"})


def is_schedule(document: Any) -> bool:
    """Tell whether a JSON document is a schedule."""
    return isinstance(document, Mapping) and isinstance(document.get("schedule"), Mapping)


def read_schedule_json(document: Mapping[str, Any], zone: str | None) -> ImportedProgramme:
    """Read schedule JSON; ``zone`` serves a file that names none.  Raises ``ImportRefused``."""
    schedule = document["schedule"]
    conference = _mapping(schedule.get("conference"))
    name = times.known_zone(conference.get("time_zone_name")) or zone
    if not name:
        raise ZoneNeeded
    venue = zone_named(name)
    days = [_mapping(day) for day in _list(conference.get("days")) or _list(schedule.get("days"))]
    if not days and not _list(schedule.get("events")):
        raise UnknownFormat
    gathering = Gathering(
        "schedule-json",
        venue,
        day_change_of(
            (day.get("day_start") or day.get("start") for day in days),
            (day.get("day_end") or day.get("end") for day in days),
            venue,
        ),
    )
    _conference(gathering, schedule, conference)
    for number, day in enumerate(days):
        _day(gathering, day, f"days[{number}]")
    for number, raw in enumerate(_list(schedule.get("events"))):
        _flat(gathering, _mapping(raw), f"events[{number}]")
    return gathering.done()


def _conference(gathering: Gathering, schedule: Mapping[str, Any], conference: Mapping[str, Any]) -> None:
    gathering.title = texts.by_script(texts.one_line(conference.get("title")))
    acronym = texts.one_line(conference.get("acronym"), longest=80)
    gathering.source = f"schedule:{acronym or gathering.title.joined()[:80]}"
    for raw in _list(conference.get("rooms")) or _list(schedule.get("rooms")):
        room = _mapping(raw)
        name = texts.one_line(room.get("name"), longest=200)
        capacity = room.get("capacity")
        gathering.room(
            texts.by_script(name),
            guid=str(room.get("guid") or ""),
            capacity=int(capacity) if isinstance(capacity, int | float) and 0 <= capacity < 10**6 else None,
        )
    for raw in _list(conference.get("tracks")):
        track = _mapping(raw) or {"name": raw}
        gathering.track(
            texts.by_script(texts.one_line(track.get("name"), longest=100)),
            slug=texts.one_line(track.get("slug"), longest=100),
            colour=texts.one_line(track.get("color"), longest=9),
        )


def _day(gathering: Gathering, day: Mapping[str, Any], place: str) -> None:
    """Read a day whose events stand under the names of rooms, as in version 1 and the older shapes."""
    listed = times.day(day.get("date"))
    gathering.days += [listed] if listed else []
    for name, events in _mapping(day.get("rooms")).items():
        room = gathering.room(texts.by_script(texts.one_line(name, longest=200)))
        for number, raw in enumerate(_list(events)):
            values = _mapping(raw)
            where = f"{place}.rooms.{texts.one_line(name, longest=60)}[{number}]"
            persons = tuple(_persons(values.get("persons")))
            links = tuple(_links(values))
            take_event(gathering, Event(values, where, listed, room, links, persons, start=values.get("start")))


def _flat(gathering: Gathering, values: Mapping[str, Any], place: str) -> None:
    """Read an event of version 2, which names its room by guid and carries its own times."""
    raw_room = _mapping(values.get("room"))
    guid = as_uuid(raw_room.get("guid"))
    known = next((key for key, room in gathering.rooms.items() if guid and room.guid == guid), "")
    name = texts.by_script(texts.one_line(raw_room.get("name"), longest=200))
    room = known or gathering.room(name, guid=guid)
    kind = str(values.get("type") or "").upper()
    people = tuple(_persons(values.get("participants")))
    roles = {
        as_uuid(person.get("guid")): str(person.get("role") or "").upper()
        for person in map(_mapping, _list(values.get("participants")))
    }
    seen = {**values, "date": values.get("start")}
    if kind in _BREAK_TYPES and not values.get("guid"):
        # Breaks have no identity of their own; time and room name one break for ever.
        seen["id"] = f"break {values.get('start')} {room}"
    before = len(gathering.items)
    take_event(gathering, Event(seen, place, None, room, tuple(_links(values)), people, roles))
    if kind in _BREAK_TYPES and len(gathering.items) > before:
        gathering.retype_last(SegmentKind.BREAK)


def _persons(raw: object) -> Iterator[tuple[object, object, object]]:
    for each in _list(raw):
        if isinstance(each, str):
            yield "", "", each
            continue
        person = _mapping(each)
        name = person.get("public_name") or person.get("name") or person.get("full_public_name")
        yield person.get("guid"), person.get("id") or person.get("code"), name


def _links(values: Mapping[str, Any]) -> Iterator[tuple[object, object]]:
    for each in _list(values.get("links")):
        if isinstance(each, str):
            yield each, ""
        else:
            link = _mapping(each)
            yield link.get("url"), link.get("title")


def _mapping(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _list(raw: object) -> list[Any]:
    return raw if isinstance(raw, list) else []
