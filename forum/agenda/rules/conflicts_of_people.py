"""Conflicts of people: in two places at once, on the way between rooms, not there yet, not yet certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.agenda.programme import (
    Item,
    Programme,
    Speaker,
    SpeakerRole,
    SpeakerState,
    Visibility,
)
from forum.agenda.rules.findings import Code, Conflict, Severity
from forum.agenda.rules.sweep import Meeting, Span, meetings
from forum.core.bilingual import Text
from forum.core.refusals import N_

TRAVEL = timedelta(minutes=5)  # between two rooms of one venue
_PRESIDING = frozenset({SpeakerRole.MC, SpeakerRole.CHAIR})
_UNCERTAIN = frozenset({SpeakerState.PROPOSED, SpeakerState.INVITED, SpeakerState.TENTATIVE})

_OVERLAP = N_("%(person)s is in “%(first)s” and in “%(second)s” at the same time on %(when)s.")
_TRAVEL = N_("%(person)s has %(gap)s minutes to go from “%(first)s” in %(from)s to “%(second)s” in %(to)s on %(when)s.")
_AWAY = N_("%(person)s is not there during “%(title)s” on %(when)s.")
_UNCONFIRMED = N_("%(people)s in “%(title)s” on %(when)s: not yet confirmed.")


@dataclass(frozen=True, slots=True)
class Appearance:
    """One person in one item, in all their roles there."""

    item: Item
    name: Text
    roles: frozenset[SpeakerRole]
    confirmed: bool
    remote: bool


def people_conflicts(
    items: Sequence[Item],
    people_away: Mapping[str, Sequence[tuple[datetime, datetime]]],
    programme: Programme,
) -> Iterator[Conflict]:
    """Yield the conflicts of everybody who appears in the items."""
    rooms = {room.guid: room.name for room in programme.rooms}
    for person, spans in _appearances(items).items():
        for meeting in meetings(spans, TRAVEL):
            yield from _meeting(person, meeting, rooms)
        for begin, end in people_away.get(person, ()):
            for span in spans:
                if begin < span.end and span.begin < end:
                    yield _absent(person, span.subject)
    for item in items:
        yield from _unconfirmed(item)


def _appearances(items: Iterable[Item]) -> dict[str, list[Span[Appearance]]]:
    found: dict[str, list[Span[Appearance]]] = {}
    for item in items:
        present: dict[str, list[Speaker]] = {}
        for speaker in item.speakers:
            if speaker.is_present:
                present.setdefault(speaker.person_guid, []).append(speaker)
        for person, parts in present.items():
            appearance = Appearance(
                item,
                parts[0].name,
                frozenset(part.role for part in parts),
                confirmed=any(part.state is SpeakerState.CONFIRMED for part in parts),
                remote=all(part.remote for part in parts),
            )
            found.setdefault(person, []).append(Span(item.starts_at, item.ends_at, appearance))
    return found


def _meeting(person: str, meeting: Meeting[Appearance], rooms: Mapping[str, Text]) -> Iterator[Conflict]:
    first, second = meeting.first.subject, meeting.second.subject
    facts: dict[str, object] = {
        "person": first.name,
        "first": first.item.title,
        "second": second.item.title,
        "when": second.item.local_start,
    }
    if meeting.overlaps:
        if _presides(meeting.first, meeting.second) or _presides(meeting.second, meeting.first):
            return
        severity = Severity.ERROR if first.confirmed and second.confirmed else Severity.WARNING
        yield _pair(person, first, second, Code.PERSON_OVERLAP, severity, _OVERLAP, facts)
        return
    places = (first.item.room_guid, second.item.room_guid)
    if first.remote or second.remote or not all(places) or places[0] == places[1]:
        return
    facts["gap"] = int(meeting.gap / timedelta(minutes=1))
    facts["from"], facts["to"] = (rooms.get(place, Text()) for place in places)
    yield _pair(person, first, second, Code.PERSON_TRAVEL, Severity.WARNING, _TRAVEL, facts)


def _presides(outer: Span[Appearance], inner: Span[Appearance]) -> bool:
    """Tell whether the person presides over the outer item and the inner one is a part of it."""
    if not (outer.begin <= inner.begin and inner.end <= outer.end):
        return False
    one, other = outer.subject.item, inner.subject.item
    same_segment = bool(one.segment_code) and one.segment_code == other.segment_code
    same_room = bool(one.room_guid) and one.room_guid == other.room_guid
    return bool(outer.subject.roles & _PRESIDING) and (same_segment or same_room)


def _pair(
    person: str,
    first: Appearance,
    second: Appearance,
    code: Code,
    severity: Severity,
    message: str,
    facts: Mapping[str, object],
) -> Conflict:
    guids = tuple(sorted((first.item.guid, second.item.guid)))
    titles = (("first", first.item.guid), ("second", second.item.guid))
    return Conflict(code, severity, guids, message, facts, titles, person_guid=person)


def _absent(person: str, appearance: Appearance) -> Conflict:
    """The sentence says that somebody isn't there, never which journey says so."""
    item = appearance.item
    return Conflict(
        Code.PERSON_ABSENT,
        Severity.WARNING,
        (item.guid,),
        _AWAY,
        {"person": appearance.name, "title": item.title, "when": item.local_start},
        (("title", item.guid),),
        person_guid=person,
    )


def _unconfirmed(item: Item) -> Iterator[Conflict]:
    if item.visibility is not Visibility.PUBLIC:
        return
    open_names = tuple(dict.fromkeys(speaker.name for speaker in item.speakers if speaker.state in _UNCERTAIN))
    if open_names:
        yield Conflict(
            Code.SPEAKER_UNCONFIRMED,
            Severity.WARNING,
            (item.guid,),
            _UNCONFIRMED,
            {"people": open_names, "title": item.title, "when": item.local_start},
            (("title", item.guid),),
        )
