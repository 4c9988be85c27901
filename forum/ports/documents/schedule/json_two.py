"""Schedule JSON v2 (alpha-3): one flat list of events that name their room and track."""

from __future__ import annotations

import json

from forum.ports.documents.cleaning import clean, one_line
from forum.ports.documents.schedule.document import (
    GENERAL_TRACK,
    EventKind,
    LocalText,
    ScheduleDocument,
    ScheduleEvent,
    ScheduleRoom,
    Spelling,
    colour,
    event_code,
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
    events = sorted(document.events, key=lambda event: (event.starts_at, event.number))
    rooms = {room.guid for room in document.rooms}
    conference: dict[str, object] = {
        "acronym": spelling.acronym,
        "title": one_line(document.title),
        "start": document.days[0].starts_at.astimezone(document.zone).isoformat(),
        "end": document.days[-1].ends_at.astimezone(document.zone).isoformat(),
        "timeslot_duration": "PT5M",
        "url": page,
        "languages": [language_code(language) for language in document.languages],
        "tracks": _tracks(document, spelling),
        "rooms": [_room(room, document) for room in document.all_rooms()],
        "days": [
            {
                "index": index,
                "date": day.date.isoformat(),
                "start": day.starts_at.astimezone(document.zone).isoformat(),
                "end": day.ends_at.astimezone(document.zone).isoformat(),
            }
            for index, day in enumerate(document.days, start=1)
        ],
    }
    if zone := zone_label(document.zone_name):
        conference["time_zone_name"] = zone
    return {
        "$schema": "https://c3voc.de/schema/schedule2",
        "generator": {"name": document.generator, "version": document.generator_version},
        "schedule": {
            "version": one_line(document.version),
            "conference": conference,
            "events": [_event(event, document, spelling, rooms) for event in events],
        },
    }


def _tracks(document: ScheduleDocument, spelling: Spelling) -> list[dict[str, object]]:
    tracks: list[dict[str, object]] = []
    for track in document.tracks:
        written: dict[str, object] = {"name": one_line(track.name), "slug": spelling.track(track.slug)}
        if shade := colour(track.colour):
            written["color"] = shade
        tracks.append(written)
    tracks.append({"name": one_line(document.general_track_name), "slug": GENERAL_TRACK})
    return tracks


def _room(room: ScheduleRoom, document: ScheduleDocument) -> dict[str, object]:
    return {
        "name": one_line(room.name) or document.no_room_name,
        "guid": uuid_of(room.guid),
        "type": "OTHER",
        "capacity": room.capacity,
    }


def _event(
    event: ScheduleEvent,
    document: ScheduleDocument,
    spelling: Spelling,
    rooms: set[str],
) -> dict[str, object]:
    room = event.room_guid if event.room_guid in rooms else document.stand_in_room.guid
    written: dict[str, object] = {
        "guid": uuid_of(event.guid),
        "title": one_line(event.title),
        "start": event.starts_at.astimezone(document.zone).isoformat(),
        "end": event.ends_at.astimezone(document.zone).isoformat(),
        "room": {"guid": uuid_of(room)},
        "type": event.kind.value,
    }
    if event.kind is EventKind.BREAK:
        return written
    return written | {
        "code": event_code(event.number),
        "duration": _duration(minutes_of(event)),
        "slug": spelling.event_slug(event),
        "url": web_address(event.url) or web_address(document.page_url),
        "subtitle": one_line(event.subtitle),
        "track": {"slug": spelling.track(event.track_slug)},
        "language": language_code(event.language),
        "abstract": _localised(event.abstract),
        "description": _localised(event.description),
        "participants": [
            {"guid": uuid_of(person.guid), "name": one_line(person.name), "role": person.role.value}
            for person in event.persons
        ],
        "links": [],
        "attachments": [
            {"title": one_line(link.title), "url": address}
            for link in event.links
            if (address := web_address(link.url))
        ],
        "state": event.state.value,
    }


def _localised(text: LocalText) -> str | dict[str, str] | None:
    if not text:
        return None
    if len(text.by_language) > 1:
        return {language_code(language): clean(side) for language, side in text.by_language}
    return clean(text.text)


def _duration(minutes: int) -> str:
    return f"PT{minutes}M"
