"""frab schedule XML (application/vnd.c3voc.schedule+xml), in the order that its schema asks for."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from forum.ports.documents.cleaning import clean, one_line
from forum.ports.documents.schedule.document import (
    ScheduleDocument,
    ScheduleEvent,
    Spelling,
    colour,
    event_code,
    hours_minutes,
    language_code,
    minutes_of,
    uuid_of,
    web_address,
)

MEDIA_TYPE = "application/vnd.c3voc.schedule+xml; charset=utf-8"
_LONGEST = 99 * 60 + 59  # minutes; the schema has two digits for the hours


def encode(document: ScheduleDocument) -> bytes:
    """Return the schedule as UTF-8 XML with a declaration."""
    spelling = Spelling(document)
    root = Element("schedule")
    SubElement(root, "generator", name=document.generator, version=document.generator_version)
    _optional(root, "url", web_address(document.page_url))
    _add(root, "version", one_line(document.version))
    _conference(root, document, spelling)
    for index, day in enumerate(document.days, start=1):
        day_element = SubElement(
            root,
            "day",
            {
                "index": str(index),
                "date": day.date.isoformat(),
                "start": day.starts_at.astimezone(document.zone).isoformat(),
                "end": day.ends_at.astimezone(document.zone).isoformat(),
            },
        )
        for room, events in document.by_room(day):
            name = one_line(room.name) or document.no_room_name
            room_element = SubElement(day_element, "room", name=name, guid=uuid_of(room.guid))
            for event in events:
                _event(room_element, event, name, document, spelling)
    indent(root, space=" ")
    body: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def _conference(root: Element, document: ScheduleDocument, spelling: Spelling) -> None:
    conference = SubElement(root, "conference")
    _add(conference, "title", one_line(document.title))
    _add(conference, "acronym", spelling.acronym)
    _add(conference, "start", document.days[0].date.isoformat())
    _add(conference, "end", document.days[-1].date.isoformat())
    _add(conference, "days", str(len(document.days)))
    _add(conference, "timeslot_duration", "00:05")
    _optional(conference, "base_url", web_address(document.page_url))
    _add(conference, "time_zone_name", document.zone_name)
    for track in document.tracks:
        attributes = {"name": one_line(track.name), "slug": spelling.track(track.slug)}
        if shade := colour(track.colour):
            attributes["color"] = shade
        SubElement(conference, "track", attributes)


def _event(
    parent: Element,
    event: ScheduleEvent,
    room_name: str,
    document: ScheduleDocument,
    spelling: Spelling,
) -> None:
    start = event.starts_at.astimezone(document.zone)
    element = SubElement(
        parent,
        "event",
        {
            "guid": uuid_of(event.guid),
            "id": str(event.number),
            "code": event_code(event.number),
        },
    )
    _add(element, "room", room_name)
    _add(element, "title", one_line(event.title))
    if event.subtitle:
        _add(element, "subtitle", one_line(event.subtitle))
    _add(element, "type", one_line(event.kind_label) or event.kind.value.lower())
    _add(element, "date", start.isoformat())
    _add(element, "start", start.strftime("%H:%M"))
    _add(element, "duration", hours_minutes(min(minutes_of(event), _LONGEST)))
    _add(element, "abstract", clean(event.abstract.text))
    _add(element, "slug", spelling.event_slug(event))
    _add(element, "track", spelling.track_name(event.track_slug))
    if event.persons:
        persons = SubElement(element, "persons")
        for person in event.persons:
            SubElement(persons, "person", guid=uuid_of(person.guid)).text = one_line(person.name)
    _add(element, "language", language_code(event.language))
    if event.description:
        _add(element, "description", clean(event.description.text))
    if links := [(web_address(link.url), link.title) for link in event.links if web_address(link.url)]:
        attachments = SubElement(element, "attachments")
        for address, title in links:
            SubElement(attachments, "attachment", href=address).text = one_line(title)
    _optional(element, "url", web_address(event.url))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _optional(parent: Element, name: str, text: str) -> None:
    if text:
        _add(parent, name, text)
