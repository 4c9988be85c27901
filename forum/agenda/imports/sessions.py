"""Bilingual session JSON: sessions with ``zh`` and ``en`` beside lists of speakers, types, rooms and tags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from forum.agenda.imports import texts, times
from forum.agenda.imports.gathering import Gathering
from forum.agenda.imports.values import (
    ImportedItem,
    ImportedLink,
    ImportedProgramme,
    ImportedSpeaker,
    ZoneNeeded,
)
from forum.core.bilingual import Text
from forum.core.walltime import zone_named

_KNOWN_KEYS = frozenset(
    {
        "id", "type", "room", "start", "end", "language", "zh", "en", "speakers", "tags", "uri",
        "co_write", "qa", "slide", "record", "live", "broadcast",
    }
)  # fmt: skip
_LINKS = {
    "uri": "",
    "slide": "Slides",
    "record": "Recording",
    "co_write": "Notes",
    "qa": "Questions",
    "live": "Stream",
}


def is_sessions(document: Any) -> bool:
    """Tell whether a JSON document is a list of bilingual sessions."""
    if not isinstance(document, Mapping) or not isinstance(document.get("sessions"), list):
        return False
    return any(
        isinstance(session, Mapping)
        and (isinstance(session.get("zh"), Mapping) or isinstance(session.get("en"), Mapping))
        for session in document["sessions"][:20]
    )


def read_sessions(document: Mapping[str, Any], zone: str | None) -> ImportedProgramme:
    """Read bilingual session JSON; its times carry an offset and no zone, so ``zone`` is needed."""
    if not zone:
        raise ZoneNeeded
    gathering = Gathering("sessions-json", zone_named(zone))
    gathering.source = f"sessions:{_host(document)}"
    for room in _entries(document, "rooms"):
        gathering.room(_name(room), key=texts.one_line(room.get("id"), longest=100))
    for kind in _entries(document, "session_types"):
        gathering.track(_name(kind), key=texts.one_line(kind.get("id"), longest=100))
    people: dict[str, ImportedSpeaker] = {}
    for person in _entries(document, "speakers"):
        # The id decides who somebody is: one name may belong to two people.
        number = texts.one_line(person.get("id"), longest=100)
        if number:
            people[number] = ImportedSpeaker(f"id:{number}", _name(person))
    for position, session in enumerate(document["sessions"]):
        if isinstance(session, Mapping):
            _session(gathering, session, people, f"sessions[{position}]")
    return gathering.done()


def _entries(document: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = document.get(key)
    return [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []


def _name(entry: Mapping[str, Any]) -> Text:
    """Return a name in both languages; equal ones stay on the side of their script."""
    sides = {language: entry.get(language) for language in ("en", "zh")}
    names = {
        language: texts.one_line(side.get("name") if isinstance(side, Mapping) else "", longest=200)
        for language, side in sides.items()
    }
    return texts.two_sides(names["en"], names["zh"])[0]


def _host(document: Mapping[str, Any]) -> str:
    """Return the host the sessions are published at: the file's name may change, this doesn't."""
    for session in document["sessions"]:
        if isinstance(session, Mapping) and (address := texts.safe_address(session.get("uri"))):
            return urlsplit(address).hostname or "unknown"
    return "unknown"


def _session(
    gathering: Gathering, session: Mapping[str, Any], people: Mapping[str, ImportedSpeaker], place: str
) -> None:
    for key in session.keys() - _KNOWN_KEYS:
        gathering.unknown[f"session.{key}"] = None
    known = gathering.identity(session.get("id"))
    if not known:
        gathering.refuse("no_identity", place)
        return
    foreign_id = gathering.unique(known, place)
    where = (place, foreign_id)
    languages = gathering.languages(session.get("language"), *where)
    source = "zh" if languages[:1] == ("zh",) else "en"
    title, same_title = texts.two_sides(*_sides(gathering, session, "title", where), source)
    if not title:
        gathering.refuse("no_title", *where)
        return
    if same_title:
        gathering.note("same_title", *where, title=title)
    description, same_text = texts.two_sides(*_sides(gathering, session, "description", where), source)
    if same_text:
        gathering.note("same_text", *where, title=title)
    begin, end = (times.moment(session.get(key), gathering.zone) for key in ("start", "end"))
    if begin is None:
        gathering.refuse("no_time", *where, value=texts.one_line(session.get("start"), longest=60))
        return
    span = int((end - begin) / timedelta(minutes=1)) if end is not None else None
    minutes = gathering.length_of(span, session.get("end"), title.joined(), where)
    if minutes is None:
        return
    local, fold = gathering.wall(begin)
    gathering.add(
        ImportedItem(
            foreign_id=foreign_id,
            title=title,
            local_start=local,
            minutes=minutes,
            starts_at=begin,
            fold=fold,
            abstract=Text(),
            description=description,
            room=_room(gathering, session, title, where),
            track=_track(gathering, session),
            languages=languages,
            speakers=_speakers(gathering, session, people, title, where),
            links=_links(session),
            traditional=texts.is_traditional(title.zh + description.zh),
            place=place,
        )
    )


def _sides(gathering: Gathering, session: Mapping[str, Any], key: str, where: tuple[str, str]) -> tuple[str, str]:
    found = []
    for language in ("en", "zh"):
        side = session.get(language)
        raw = side.get(key) if isinstance(side, Mapping) else ""
        if key == "title":
            found.append(texts.one_line(raw))
        else:
            found.append(gathering.text(raw, *where, where[1]))
    return found[0], found[1]


def _room(gathering: Gathering, session: Mapping[str, Any], title: Text, where: tuple[str, str]) -> str:
    key = texts.one_line(session.get("room"), longest=100)
    if key and key not in gathering.rooms:
        gathering.note("unknown_room", *where, title=title, value=key)
        gathering.room(texts.by_script(key), key=key)
    return key


def _track(gathering: Gathering, session: Mapping[str, Any]) -> str:
    key = texts.one_line(session.get("type"), longest=100)
    if key and key not in gathering.tracks:
        gathering.track(texts.by_script(key), key=key)
    return key


def _speakers(
    gathering: Gathering,
    session: Mapping[str, Any],
    people: Mapping[str, ImportedSpeaker],
    title: Text,
    where: tuple[str, str],
) -> tuple[ImportedSpeaker, ...]:
    found: dict[str, ImportedSpeaker] = {}
    numbers = session.get("speakers")
    for raw in numbers if isinstance(numbers, list) else []:
        number = texts.one_line(raw, longest=100)
        if number in people:
            found[number] = people[number]
        elif number:
            gathering.doubt("unknown_person", *where, title=title, value=number)
    return tuple(found.values())


def _links(session: Mapping[str, Any]) -> tuple[ImportedLink, ...]:
    return tuple(
        ImportedLink(address, title)
        for key, title in _LINKS.items()
        if (address := texts.safe_address(session.get(key)))
    )
