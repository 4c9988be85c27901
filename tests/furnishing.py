"""Putting sessions, people and releases into a forum: what gates, proof and bench build their worlds of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from forum.agenda.models import AgendaRelease, AgendaSession, Contribution, Material, Slot
from forum.agenda.operations import releases
from forum.agenda.operations.slots import next_number
from forum.agenda.programme import SessionState, SpeakerRole, SpeakerState
from forum.agenda.queries.standing import conflict_id
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.walltime import to_utc, zone_named
from forum.events.models import Forum, Room
from forum.people.models import Person

ORGANISER = Actor("account:tests", None, "en", frozenset({"organiser"}))


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a session, English and Chinese."""

    title: tuple[str, str]
    abstract: tuple[str, str] = ("", "")
    speaker: tuple[str, str] = ("", "")
    material: tuple[str, str] = ("", "")
    placeholder: tuple[str, str] = ("", "")


def add_person(family: str, given: str, chinese: str, **facts: Any) -> Person:
    """Add somebody who speaks."""
    person = Person(
        family_latin=family,
        given_latin=given,
        name_zh=chinese,
        organisation_name_en=facts.pop("organisation", "Institute of Standards"),
        organisation_name_zh=facts.pop("organisation_zh", "标准研究院"),
        sort_key=f"{family} {given}".casefold(),
        search=f"{family} {given} | {chinese}".casefold(),
        **facts,
    )
    session.add(person)
    session.flush()
    return person


def add_session(
    forum: Forum,
    said: Said,
    room: Room | None,
    start: datetime,
    minutes: int,
    *,
    person: Person | None = None,
    **facts: Any,
) -> AgendaSession:
    """Add a session with one slot; ``start`` is naive wall time at the venue."""
    made = AgendaSession(
        forum_id=forum.id,
        title_en=said.title[0],
        title_zh=said.title[1],
        abstract_en=said.abstract[0] or None,
        abstract_zh=said.abstract[1] or None,
        placeholder_en=said.placeholder[0] or None,
        placeholder_zh=said.placeholder[1] or None,
        **{"state": SessionState.CONFIRMED, "floor_language": "en", **facts},
    )
    starts_at = to_utc(start, zone_named(forum.zone_name), 0)
    slot = Slot(
        forum_id=forum.id,
        room_id=room.id if room else None,
        number=next_number(forum),
        local_start=start,
        minutes=minutes,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )
    made.slots.append(slot)
    if said.speaker[0]:
        family, _blank, given = said.speaker[0].partition(" ")
        person = add_person(family, given, said.speaker[1])
    if person is not None:
        made.contributions.append(
            Contribution(person_id=person.id, role=SpeakerRole.KEYNOTE, state=SpeakerState.CONFIRMED)
        )
    if said.material[0]:
        made.materials.append(
            Material(title_en=said.material[0], title_zh=said.material[1], link="https://example.org/paper.pdf")
        )
    session.add(made)
    session.flush()
    return made


def release(forum: Forum, now: datetime, name: str = "") -> AgendaRelease:
    """Release the draft; every warning is accepted."""
    found = releases.candidate(forum, now)
    accepted = {conflict_id(conflict): "Accepted for the trial." for conflict in found.warnings}
    return releases.release(forum, name, "", "", accepted, actor=ORGANISER, now=now)
