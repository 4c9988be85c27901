"""Schedule files of the frab family, XML and JSON alike: one reader for what both call an event.

The readers of the two syntaxes turn an event into a dictionary with the names of the XML elements; the
traps of real files (forums knowledge, section 5.5) are dealt with here once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forum.agenda.imports import texts, times
from forum.agenda.imports.gathering import Gathering, people
from forum.agenda.imports.values import ImportedItem, ImportedLink, ImportedSpeaker
from forum.agenda.programme import SessionState, SpeakerRole
from forum.core.bilingual import Text
from forum.core.walltime import DAY_CHANGE, day_of

LATEST_DAY_CHANGE = time(10, 0)
LONGEST_NUMBER = 10  # digits

KNOWN_EVENT_KEYS = frozenset(
    {
        "abstract", "answers", "attachments", "code", "date", "description", "do_not_record", "do_not_stream",
        "duration", "end", "feedback_url", "guid", "id", "language", "links", "logo", "origin_url",
        "participants", "persons", "recording", "recording_license", "room", "slug", "start", "state",
        "subtitle", "title", "track", "type", "url", "video_download_url",
    }
)  # fmt: skip

_ROLES = {
    "MODERATOR": SpeakerRole.MODERATOR,
    "HOST": SpeakerRole.MC,
    "CONTRIBUTOR": SpeakerRole.DISCUSSANT,
    "GUEST": SpeakerRole.WITNESS,
}
_CANCELLED = frozenset({"CANCELED", "CANCELLED", "WITHDRAWN", "REJECTED", "DELETED"})


@dataclass(frozen=True, slots=True)
class Event:
    """An event as its file gives it, with the day and room it is listed under."""

    values: Mapping[str, Any]
    place: str
    listed_day: date | None = None
    room: str = ""
    links: tuple[tuple[object, object], ...] = ()  # (address, title)
    persons: tuple[tuple[object, object, object], ...] = ()  # (guid, id, name)
    roles: Mapping[str, str] = field(default_factory=dict)  # guid → role word
    start: object = None  # wall time HH:MM


def day_change_of(openings: Iterable[object], closings: Iterable[object], zone: ZoneInfo) -> time:
    """Return the hour at which days begin by what the file says of them, else our own default.

    The first opening and the last closing tell of the programme, not of the day, and are left out.
    """
    found: Counter[time] = Counter()
    for raw in (*tuple(openings)[1:], *tuple(closings)[:-1]):
        instant = times.moment(raw, zone)
        if instant is not None:
            found[instant.astimezone(zone).time()] += 1
    early = [(count, hour) for hour, count in found.items() if hour <= LATEST_DAY_CHANGE]
    return max(early)[1] if early else DAY_CHANGE


def take_event(gathering: Gathering, event: Event) -> None:
    """Take one event in, noting what is odd about it."""
    values, place = event.values, event.place
    for key in values.keys() - KNOWN_EVENT_KEYS:
        gathering.unknown[f"event.{key}"] = None
    title = texts.one_line(values.get("title"))
    known = gathering.identity(values.get("guid"), values.get("id"), values.get("code"), values.get("slug"))
    if not known:
        gathering.refuse("no_identity", place)
        return
    foreign_id = gathering.unique(known, place)
    where = (place, foreign_id)
    if not title:
        gathering.refuse("no_title", *where)
        return
    instant = _instant(gathering, event)
    if instant is None:
        gathering.refuse("no_time", *where, value=texts.one_line(values.get("date"), longest=60))
        return
    minutes = _minutes(gathering, event, instant, title, where)
    if minutes is None:
        return
    local, fold = gathering.wall(instant)
    _mismatches(gathering, event, local, title, where)
    speakers = _speakers(event)
    gathering.by_name(speakers, *where)
    languages = gathering.languages(values.get("language"), *where)
    number = str(values.get("id"))
    gathering.add(
        ImportedItem(
            foreign_id=foreign_id,
            title=_localised(values.get("title"), gathering, where, title, short=True),
            local_start=local,
            minutes=minutes,
            starts_at=instant,
            fold=fold,
            source_guid=gathering.guid(values.get("guid"), foreign_id, place),
            number=_number(number),
            abstract=_localised(values.get("abstract"), gathering, where, title),
            description=_localised(values.get("description"), gathering, where, title),
            room=event.room,
            track=_track(gathering, values.get("track")),
            state=_state(values),
            languages=languages,
            speakers=speakers,
            links=_links(event),
            place=place,
        )
    )


def _number(raw: str) -> int | None:
    """Return a positive number that a database can hold, or nothing."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < LONGEST_NUMBER and int(raw) else None


def _instant(gathering: Gathering, event: Event) -> datetime | None:
    """Return the instant of an event: its date wins, then the day it is listed under with its start."""
    instant = times.moment(event.values.get("date"), gathering.zone)
    if instant is None:
        instant = times.moment(event.values.get("start"), gathering.zone)
    start = times.wall(event.start)
    if instant is None and start is not None:
        listed = times.day(event.values.get("date")) or event.listed_day
        if listed is not None:
            midnight = datetime.combine(listed, time())
            early = (midnight + start).time() < gathering.day_change
            local = midnight + start + (timedelta(days=1) if early and event.listed_day else timedelta())
            instant = times.moment(local.isoformat(), gathering.zone)
    return instant


def _minutes(gathering: Gathering, event: Event, instant: datetime, title: str, where: tuple[str, str]) -> int | None:
    raw = event.values.get("duration")
    minutes, doubtful = times.length(raw)
    end = times.moment(event.values.get("end"), gathering.zone)
    if minutes is None and end is not None:
        minutes = int((end - instant) / timedelta(minutes=1))
    elif doubtful:
        gathering.doubt("double_meaning", *where, value=texts.one_line(raw), minutes=minutes)
    return gathering.length_of(minutes, raw, title, where)


def _mismatches(gathering: Gathering, event: Event, local: datetime, title: str, where: tuple[str, str]) -> None:
    start = times.wall(event.start)
    if start is not None and datetime.combine(local.date(), time()) + start != local.replace(second=0):
        gathering.note("start_mismatch", *where, title=title, listed=str(event.start), actual=f"{local:%H:%M}")
    actual = day_of(local, gathering.day_change)
    if event.listed_day is not None and actual != event.listed_day:
        gathering.note("day_mismatch", *where, title=title, listed=event.listed_day, actual=actual)


def _localised(raw: object, gathering: Gathering, where: tuple[str, str], title: str, *, short: bool = False) -> Text:
    """Return a text that is one string, placed by its script, or a dictionary by language."""

    def clean(value: object) -> str:
        return texts.one_line(value) if short else gathering.text(value, *where, title)

    if isinstance(raw, Mapping):
        sides = {str(key)[:2].casefold(): clean(value) for key, value in raw.items()}
        return texts.two_sides(sides.get("en", ""), sides.get("zh", ""))[0]
    return texts.by_script(clean(raw))


def _track(gathering: Gathering, raw: object) -> str:
    if isinstance(raw, Mapping):
        slug = texts.one_line(raw.get("slug") or raw.get("name"), longest=100)
        known = next((key for key, track in gathering.tracks.items() if slug in (track.slug, key)), "")
        return known or gathering.track(texts.by_script(slug), slug=slug)
    return gathering.track(texts.by_script(texts.one_line(raw, longest=100)))


def _state(values: Mapping[str, Any]) -> SessionState:
    word = str(values.get("state") or "").upper()
    if word in _CANCELLED:
        return SessionState.CANCELLED
    return SessionState.TENTATIVE if word in ("DRAFT", "SUBMITTED") else SessionState.CONFIRMED


def _speakers(event: Event) -> tuple[ImportedSpeaker, ...]:
    found = people(event.persons)
    if not event.roles:
        return found
    return tuple(
        ImportedSpeaker(
            each.key,
            each.name,
            each.guid,
            _ROLES.get(event.roles.get(each.guid, ""), SpeakerRole.PANELLIST),
            each.doubtful,
        )
        for each in found
    )


def _links(event: Event) -> tuple[ImportedLink, ...]:
    pairs = [*event.links, (event.values.get("url"), ""), (event.values.get("origin_url"), "")]
    found = {address: texts.one_line(title) for raw, title in reversed(pairs) if (address := texts.safe_address(raw))}
    return tuple(ImportedLink(address, title) for address, title in reversed(found.items()))
