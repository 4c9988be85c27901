"""Schedule XML of the frab family, read tolerantly: real files rarely validate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from forum.agenda.imports import texts, times
from forum.agenda.imports.gathering import Gathering
from forum.agenda.imports.schedule import Event, day_change_of, take_event
from forum.agenda.imports.values import (
    MOST_ITEMS,
    MOST_LEVELS,
    ForbiddenXml,
    ImportedProgramme,
    Malformed,
    TooDeep,
    TooManyItems,
    UnknownFormat,
    ZoneNeeded,
)
from forum.core.walltime import zone_named

MOST_PARTS = 200_000  # elements of a whole file; the largest real congress has a tenth of it
_CONFERENCE_KEYS = frozenset(
    {
        "acronym", "title", "start", "end", "days", "timeslot_duration", "time_zone_name", "url", "track",
        "base_url", "logo", "subtitle", "venue", "city", "tracks", "color",
    }
)  # fmt: skip


@dataclass(slots=True)
class Element:
    """An element with the line it begins on."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> Iterator[Element]:
        """Yield the children of that name."""
        return (part for part in self.parts if part.tag == tag)

    def first(self, tag: str) -> Element | None:
        """Return the first child of that name."""
        return next(self.all(tag), None)

    def words(self, tag: str) -> str:
        """Return the text of the first child of that name, or nothing."""
        found = self.first(tag)
        return found.text if found is not None else ""


class _Growing:
    """Builds the tree and stops at the limits while reading, not afterwards."""

    def __init__(self) -> None:
        self.position: Any = None
        self.root: Element | None = None
        self._open: list[Element] = []
        self._words: list[list[str]] = []
        self._parts = 0
        self._events = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._parts += 1
        self._events += tag == "event"
        if self._parts > MOST_PARTS or self._events > MOST_ITEMS:
            raise TooManyItems(limit=MOST_ITEMS)
        if len(self._open) >= MOST_LEVELS:
            raise TooDeep(limit=MOST_LEVELS)
        element = Element(tag, attributes, self.position() if self.position else 0)
        if self._open:
            self._open[-1].parts.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)
        self._words.append([])

    def data(self, words: str) -> None:
        if self._words:
            self._words[-1].append(words)

    def end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._words.pop())

    def close(self) -> Element | None:
        return self.root


def parse(raw: bytes) -> Element:
    """Return the root element.

    No document type, no entities, nothing fetched.  Raises subclasses of ``ImportRefused``.
    """
    if raw.count(b"<") > 2 * MOST_PARTS:
        raise TooManyItems(limit=MOST_ITEMS)
    growing = _Growing()
    parser = XMLParser(target=growing, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    expat = parser.parser
    growing.position = lambda: expat.CurrentLineNumber
    try:
        parser.feed(raw)
        parser.close()
    except DefusedXmlException as fault:
        raise ForbiddenXml from fault
    except (ParseError, ExpatError, ValueError, LookupError) as fault:
        raise Malformed(line=expat.CurrentLineNumber) from fault
    if growing.root is None:
        raise Malformed(line=1)
    return growing.root


def read_schedule_xml(raw: bytes, zone: str | None) -> ImportedProgramme:
    """Read schedule XML; ``zone`` serves a file that names none.  Raises ``ImportRefused``."""
    root = parse(raw)
    if root.tag != "schedule":
        raise UnknownFormat
    conference = root.first("conference") or Element("conference", {}, root.line)
    name = times.known_zone(conference.words("time_zone_name")) or zone
    if not name:
        raise ZoneNeeded
    venue = zone_named(name)
    days = list(root.all("day"))
    gathering = Gathering(
        "schedule-xml",
        venue,
        day_change_of(
            (day.attributes.get("start") for day in days), (day.attributes.get("end") for day in days), venue
        ),
    )
    _conference(gathering, conference)
    for day in days:
        listed = times.day(day.attributes.get("date"))
        gathering.days += [listed] if listed else []
        for room in day.all("room"):
            key = gathering.room(
                texts.by_script(texts.one_line(room.attributes.get("name"), longest=200)),
                guid=room.attributes.get("guid", ""),
            )
            for event in room.all("event"):
                take_event(gathering, _event(event, key, gathering, listed))
    return gathering.done()


def _conference(gathering: Gathering, conference: Element) -> None:
    gathering.title = texts.by_script(texts.one_line(conference.words("title")))
    acronym = texts.one_line(conference.words("acronym"), longest=80)
    gathering.source = f"schedule:{acronym or gathering.title.joined()[:80]}"
    for part in conference.parts:
        if part.tag not in _CONFERENCE_KEYS:
            gathering.unknown[f"conference.{part.tag}"] = None
        if part.tag == "track" and (name := part.attributes.get("name")):
            gathering.track(
                texts.by_script(texts.one_line(name, longest=100)),
                slug=part.attributes.get("slug", ""),
                colour=part.attributes.get("color", ""),
            )


def _event(element: Element, room: str, gathering: Gathering, listed: date | None) -> Event:
    values: dict[str, Any] = {part.tag: part.text for part in element.parts if part.tag not in ("persons", "links")}
    values |= {name: element.attributes[name] for name in ("guid", "id", "code") if name in element.attributes}
    persons = element.first("persons") or Element("persons", {}, element.line)
    links = element.first("links") or Element("links", {}, element.line)
    own_room = texts.one_line(values.get("room"), longest=200)
    return Event(
        values,
        f"event:{element.line}",
        listed,
        room or gathering.room(texts.by_script(own_room)),
        tuple((link.attributes.get("href"), link.text) for link in links.parts),
        tuple((person.attributes.get("guid"), person.attributes.get("id"), person.text) for person in persons.parts),
        start=values.get("start"),
    )
