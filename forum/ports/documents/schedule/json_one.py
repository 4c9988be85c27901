"""Schedule JSON v1: days that hold rooms that hold events."""

from __future__ import annotations

import json

from forum.ports.documents.cleaning import clean, one_line
from forum.ports.documents.schedule.document import (
    ScheduleDay,
    ScheduleDocument,
    ScheduleEvent,
    ScheduleRoom,
    Spelling,
    colour,
    event_code,
    hours_minutes,
    language_code,
    minutes_of,
    uuid_of,
    web_address,
    zone_label,
)

MEDIA_TYPE = "application/json"


def encode(document: ScheduleDocument) -> bytes:
    """Return the schedule; raise ValueError when its page address isn't absolute (the schema needs it)."""
    return json.dumps(as_document(document), ensure_ascii=False, separators=(",", ":")).encode()


def as_document(document: ScheduleDocument) -> dict[str, object]:
    """Return the schedule as the values that JSON knows."""
    page = web_address(document.page_url)
    if not page:
        raise ValueError(f"not a web address: {document.page_url!r}")
    spelling = Spelling(document)
    conference: dict[str, object] = {
        "acronym": spelling.acronym,
        "title": one_line(document.title),
        "start": document.days[0].date.isoformat(),
        "end": document.days[-1].date.isoformat(),
        "daysCount": len(document.days),
        "timeslot_duration": "00:05",
        "url": page,
        "tracks": [
            {"name": one_line(track.name), "slug": spelling.track(track.slug)}
            | ({"color": shade} if (shade := colour(track.colour)) else {})
            for track in document.tracks
        ],
        "rooms": [_room(room, document) for room in document.all_rooms()],
        "days": [_day(index, day, document, spelling) for index, day in enumerate(document.days, start=1)],
    }
    if zone := zone_label(document.zone_name):
        conference["time_zone_name"] = zone
    return {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": document.generator, "version": document.generator_version},
        "schedule": {"version": one_line(document.version), "base_url": page, "conference": conference},
    }


def _room(room: ScheduleRoom, document: ScheduleDocument) -> dict[str, object]:
    return {
        "name": one_line(room.name) or document.no_room_name,
        "guid": uuid_of(room.guid),
        "type": "other",
        "capacity": room.capacity,
    }


def _day(index: int, day: ScheduleDay, document: ScheduleDocument, spelling: Spelling) -> dict[str, object]:
    rooms: dict[str, list[dict[str, object]]] = {}
    for room, events in document.by_room(day):
        name = one_line(room.name) or document.no_room_name
        rooms.setdefault(name, []).extend(_event(event, name, document, spelling) for event in events)
    return {
        "index": index,
        "date": day.date.isoformat(),
        "day_start": day.starts_at.astimezone(document.zone).isoformat(),
        "day_end": day.ends_at.astimezone(document.zone).isoformat(),
        "rooms": rooms,
    }


def _event(
    event: ScheduleEvent,
    room_name: str,
    document: ScheduleDocument,
    spelling: Spelling,
) -> dict[str, object]:
    start = event.starts_at.astimezone(document.zone)
    return {
        "guid": uuid_of(event.guid),
        "id": event.number,
        "code": event_code(event.number),
        "date": start.isoformat(),
        "start": start.strftime("%H:%M"),
        "end": event.ends_at.astimezone(document.zone).isoformat(),
        "duration": hours_minutes(minutes_of(event)),
        "room": room_name,
        "slug": spelling.event_slug(event),
        "url": web_address(event.url) or web_address(document.page_url),
        "title": one_line(event.title),
        "subtitle": one_line(event.subtitle),
        "track": spelling.track_name(event.track_slug) or None,
        "type": event.kind.value.lower(),
        "language": language_code(event.language),
        "abstract": clean(event.abstract.text),
        "description": clean(event.description.text),
        "persons": [{"guid": uuid_of(person.guid), "name": one_line(person.name)} for person in event.persons],
        "links": [],
        "attachments": [
            {"title": one_line(link.title), "url": address}
            for link in event.links
            if (address := web_address(link.url))
        ],
    }
