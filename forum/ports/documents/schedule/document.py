"""A schedule as plain values, and the narrow spellings that its three schemas share."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from forum.ports.documents.cleaning import clean, one_line

GENERAL_TRACK = "general"

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*\Z")
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_SHORTEST_ACRONYM = 4
_CODE_LENGTH = 6
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class PersonRole(StrEnum):
    """What a person does, in the words of schedule JSON v2."""

    SPEAKER = "SPEAKER"
    MODERATOR = "MODERATOR"
    CONTRIBUTOR = "CONTRIBUTOR"
    HOST = "HOST"
    GUEST = "GUEST"


class EventKind(StrEnum):
    """The kind of an event, in the words of schedule JSON v2."""

    TALK = "TALK"
    DISCUSSION = "DISCUSSION"
    WORKSHOP = "WORKSHOP"
    MEETING = "MEETING"
    OTHER = "OTHER"
    BREAK = "BREAK"


class EventState(StrEnum):
    """How firm an event is, in the words of schedule JSON v2."""

    DRAFT = "DRAFT"
    ACCEPTED = "ACCEPTED"
    CONFIRMED = "CONFIRMED"
    CANCELED = "CANCELED"


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text for readers of one file: joined as ``text``, and by two-letter language."""

    text: str = ""
    by_language: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class SchedulePerson:
    """A person of an event; the guid is random and tells nothing of the person."""

    guid: str
    name: str
    role: PersonRole = PersonRole.SPEAKER


@dataclass(frozen=True, slots=True)
class ScheduleLink:
    """A document of an event."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ScheduleRoom:
    """A room; an event without one is given the schedule's stand-in room."""

    guid: str
    name: str
    code: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class ScheduleTrack:
    """A track; its slug is made to fit by ``Spelling``."""

    slug: str
    name: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleEvent:
    """One slot: instants are aware, ``number`` is positive and unique in the file."""

    guid: str
    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    day: date  # the programme day, which may be the one before the calendar's
    url: str
    room_guid: str = ""
    track_slug: str = ""
    subtitle: str = ""
    kind: EventKind = EventKind.TALK
    kind_label: str = ""
    state: EventState = EventState.CONFIRMED
    language: str = "en"
    abstract: LocalText = LocalText()
    description: LocalText = LocalText()
    persons: tuple[SchedulePerson, ...] = ()
    links: tuple[ScheduleLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleDay:
    """A programme day with its window at the venue."""

    date: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ScheduleDocument:
    """A whole schedule in one language, or in both with joined texts."""

    title: str
    acronym: str
    version: str
    zone_name: str  # IANA
    days: tuple[ScheduleDay, ...]  # at least one, in order
    page_url: str
    rooms: tuple[ScheduleRoom, ...]
    tracks: tuple[ScheduleTrack, ...] = ()
    events: tuple[ScheduleEvent, ...] = ()
    no_room_name: str = "–"
    general_track_name: str = "General"
    languages: tuple[str, ...] = ("en",)
    generator: str = "Forum"
    generator_version: str = "1"

    @property
    def zone(self) -> ZoneInfo:
        """The venue's zone, in which every time is written."""
        return ZoneInfo(self.zone_name)

    @property
    def stand_in_room(self) -> ScheduleRoom:
        """The room of events whose room isn't known yet; its guid follows from the acronym."""
        return ScheduleRoom(uuid_of(f"{self.acronym}#room"), self.no_room_name)

    def all_rooms(self) -> tuple[ScheduleRoom, ...]:
        """Return the rooms, with the stand-in last where an event needs it."""
        known = {room.guid for room in self.rooms}
        if any(event.room_guid not in known for event in self.events):
            return (*self.rooms, self.stand_in_room)
        return self.rooms

    def by_room(self, day: ScheduleDay) -> Iterator[tuple[ScheduleRoom, list[ScheduleEvent]]]:
        """Yield the rooms that are used on that day with their events in order of time."""
        rooms = self.all_rooms()
        known = {room.guid for room in rooms}
        stand_in = self.stand_in_room.guid
        used: dict[str, list[ScheduleEvent]] = {}
        for event in self.events:
            if event.day == day.date:
                guid = event.room_guid if event.room_guid in known else stand_in
                used.setdefault(guid, []).append(event)
        for room in rooms:
            if events := used.get(room.guid):
                yield room, sorted(events, key=lambda event: (event.starts_at, event.number))


class Spelling:
    """The spellings of one document that the schemas restrict: acronym and track slugs."""

    def __init__(self, document: ScheduleDocument) -> None:
        self.acronym = acronym(document.acronym)
        self._slugs: dict[str, str] = {}
        for track in document.tracks:
            base = slug = track_slug(track.slug)
            count = 1
            while slug in self._slugs.values() or slug == GENERAL_TRACK:
                count += 1
                slug = f"{base}-{count}"
            self._slugs[track.slug] = slug
        self._names = {track.slug: one_line(track.name) for track in document.tracks}

    def track(self, slug: str) -> str:
        """Return the slug of a track as written, or the general track for an unknown one."""
        return self._slugs.get(slug, GENERAL_TRACK)

    def track_name(self, slug: str) -> str:
        """Return the name of a track, empty for an unknown one."""
        return self._names.get(slug, "")

    def event_slug(self, event: ScheduleEvent) -> str:
        """Return a slug that fits the XSD and both JSON schemas; it is made of the number alone."""
        return f"{self.acronym}-{event.number:04d}"


def acronym(code: str) -> str:
    """Return the code with small letters, digits and underscores only, at least four of them."""
    return re.sub(r"[^a-z0-9_]", "_", code.lower()).ljust(_SHORTEST_ACRONYM, "_")


def track_slug(slug: str) -> str:
    """Return an ASCII slug of two characters or more that begins with a letter."""
    plain = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")
    if not plain or not plain[0].isalpha():
        plain = f"t-{plain}".rstrip("-")
    return plain if len(plain) > 1 else f"{plain}-{plain}"


def event_code(number: int) -> str:
    """Return six characters out of 0–9 and A–Z for a positive number."""
    text = ""
    while number:
        number, rest = divmod(number, len(_DIGITS))
        text = _DIGITS[rest] + text
    return text.rjust(_CODE_LENGTH, "0")[-_CODE_LENGTH:]


@lru_cache(maxsize=4096)
def uuid_of(guid: str) -> str:
    """Return the guid if it is a UUID, otherwise one that follows from it."""
    return guid if _UUID.match(guid) else str(uuid.uuid5(uuid.NAMESPACE_OID, clean(guid)))


def colour(value: str) -> str:
    """Return the colour as ``#rrggbb``, or nothing."""
    return value if _COLOUR.match(value) else ""


def web_address(value: str) -> str:
    """Return an absolute web address in ASCII, or nothing: an empty one is left out, never written."""
    encoded = quote(clean(value), safe="!#$%&'()*+,/:;=?@[]~-._")
    return encoded if _WEB_ADDRESS.match(encoded) else ""


def zone_label(zone_name: str) -> str:
    """Return the zone's name where the JSON schemas can spell it."""
    return zone_name if _ZONE.match(zone_name) else ""


def language_code(language: str) -> str:
    """Return the two-letter code of a language; ``zh-Hans`` is ``zh``."""
    code = language.lower()[:2]
    return code if _LANGUAGE.match(code) and language[2:3] in ("", "-", "_") else "en"


def hours_minutes(minutes: int) -> str:
    """Return a length as hours and minutes, two digits each at least."""
    hours, rest = divmod(max(minutes, 0), 60)
    return f"{hours:02d}:{rest:02d}"


def minutes_of(event: ScheduleEvent) -> int:
    """Return the length of an event in minutes, counted between instants."""
    return int((event.ends_at - event.starts_at).total_seconds() // 60)
