"""Restoring: an old release becomes the draft again.  Nothing is published by it, and it can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.agenda.models import AgendaRelease, AgendaSession, Contribution, Material, Slot
from forum.agenda.operations.history import step
from forum.agenda.programme import Item, MaterialFacts, SessionState, Speaker
from forum.agenda.queries import released
from forum.agenda.queries import sessions as queries
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Bilingual, Language, Text, TextState
from forum.core.database import session
from forum.core.refusals import N_
from forum.events.models import Forum, Room, Segment, Track
from forum.people.models import Person
from forum.ports.files.models import StoredFile
from forum.translation import operations as translation
from forum.translation.models import Origin


@dataclass(frozen=True, slots=True)
class _Places:
    """What the items of a release name, as far as it still exists."""

    rooms: Mapping[str, int]
    tracks: Mapping[str, int]
    segments: Mapping[str, int]
    people: Mapping[str, int]


def restore(forum: Forum, release: AgendaRelease, *, actor: Actor, now: datetime) -> int:
    """Make the draft what a release was; return how many sessions that concerned.

    Sessions that came later keep their texts and lose their slots.  Rooms, themes and people that are
    gone stay gone.
    """
    frozen = released.content(release)
    by_session: dict[str, list[Item]] = defaultdict(list)
    for item in frozen.items:
        by_session[item.session_id].append(item)
    held = {each.public_id: each for each in queries.all_of(forum)}
    places = _places(forum, frozen.items)
    with step(forum, N_("Restore a release"), actor=actor) as made:
        for each in held.values():
            made.touch(each)
        for public_id, items in by_session.items():
            found = held.get(public_id)
            if found is None:
                found = AgendaSession(public_id=public_id, forum_id=forum.id)
                session.add(found)
                made.create(public_id)
            _session(forum, found, items, places, actor=actor, now=now)
        for public_id in held.keys() - by_session.keys():
            _unplace(held[public_id], (), now)
    audit.record(
        actor,
        "restore",
        "agenda_release",
        str(release.number),
        now=now,
        chain=forum.chain,
        sessions=len(by_session),
    )
    return len(by_session)


def _places(forum: Forum, items: Iterable[Item]) -> _Places:
    guids = sorted({speaker.person_guid for item in items for speaker in item.speakers})
    people = session.scalars(select(Person).where(Person.guid.in_(guids)).options(lazyload("*")))
    rooms = session.execute(select(Room.guid, Room.id).where(Room.forum_id == forum.id)).all()
    tracks = session.execute(select(Track.slug, Track.id).where(Track.forum_id == forum.id)).all()
    segments = session.execute(select(Segment.code, Segment.id).where(Segment.forum_id == forum.id)).all()
    return _Places(
        {row[0]: row[1] for row in rooms},
        {row[0]: row[1] for row in tracks},
        {row[0]: row[1] for row in segments},
        {person.guid: person.id for person in people},
    )


def _session(
    forum: Forum,
    held: AgendaSession,
    items: list[Item],
    places: _Places,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    alive = [item for item in items if item.state is not SessionState.CANCELLED]
    first = (alive or items)[0]
    held.state = first.state
    held.segment_id = places.segments.get(first.segment_code)
    held.track_id = places.tracks.get(first.track_slug)
    held.floor_language = first.language
    if list(first.interpretation) != (held.interpretation or []):
        held.interpretation = list(first.interpretation)
    held.visibility, held.embargo_until = first.visibility, first.embargo_until
    held.bookable, held.capacity = first.capacity is not None, first.capacity
    held.edited_by = actor.reference
    session.flush()
    texts = {
        "title": first.title,
        "abstract": first.abstract,
        "description": first.description,
        "placeholder": first.placeholder,
    }
    for name, text in texts.items():
        _say(held, "agenda_session", name, text, actor=actor, now=now)
    _slots(forum, held, alive or items, places, now)
    _people(held, first.speakers, places, actor=actor, now=now)
    _papers(held, first.materials, forum.slug)


def _slots(forum: Forum, held: AgendaSession, items: list[Item], places: _Places, now: datetime) -> None:
    present = {slot.guid: slot for slot in held.slots}
    for item in items:
        slot = present.get(item.guid)
        if slot is None:
            slot = Slot(forum_id=forum.id, guid=item.guid, number=item.number, released=True)
            held.slots.append(slot)
        slot.room_id = places.rooms.get(item.room_guid)
        slot.local_start, slot.fold, slot.minutes = item.local_start, item.fold, item.minutes
        slot.starts_at, slot.ends_at = item.starts_at, item.ends_at
        slot.withdrawn_at = None
    _unplace(held, [item.guid for item in items], now)


def _unplace(held: AgendaSession, but: Iterable[str], now: datetime) -> None:
    kept = set(but)
    for slot in list(held.slots):
        if slot.guid in kept or slot.withdrawn_at is not None:
            continue
        if slot.released:
            slot.withdrawn_at = now
        else:
            held.slots.remove(slot)


def _say(thing: Bilingual, entity: str, field: str, text: Text, *, actor: Actor, now: datetime) -> None:
    """Write a text as it was released: what a machine had drafted and nobody reviewed is a machine's draft again."""
    drafted = TextState.MACHINE in {text.state(language) for language in LANGUAGES}
    translation.record(
        thing,
        entity,
        {(field, language): text.side(language) for language in LANGUAGES},
        actor=actor,
        now=now,
        origin=Origin.MACHINE if drafted else Origin.HUMAN,
    )


def _original(text: Text) -> Language:
    return "zh" if text.state("zh") is TextState.SOURCE and text.state("en") is not TextState.SOURCE else "en"


def _people(held: AgendaSession, speakers: Iterable[Speaker], places: _Places, *, actor: Actor, now: datetime) -> None:
    wanted = list(speakers)
    present = {(part.person_id or part.public_id, part.role): part for part in held.contributions}
    kept: list[Contribution] = []
    for speaker in wanted:
        person_id = places.people.get(speaker.person_guid)
        part = present.get((person_id or speaker.person_guid, speaker.role))
        if part is None:
            part = Contribution(role=speaker.role, person_id=person_id, source_lang=_original(speaker.name))
            held.contributions.append(part)
            if person_id is None:
                # A place to be filled, or somebody whose record is gone: the name stays as words.
                _say(part, "contribution", "placeholder", speaker.name, actor=actor, now=now)
        part.state, part.order = speaker.state, speaker.order
        part.language, part.remote = speaker.language, speaker.remote
        kept.append(part)
    for part in list(held.contributions):
        if not any(part is each for each in kept):
            held.contributions.remove(part)


def _papers(held: AgendaSession, papers: Iterable[MaterialFacts], slug: str) -> None:
    wanted = {paper.guid: paper for paper in papers}
    present = {paper.guid: paper for paper in held.materials}
    for guid, facts in wanted.items():
        paper = present.get(guid)
        if paper is None:
            own = facts.url.startswith(f"/forums/{slug}/materials/")
            file = session.scalar(select(StoredFile).where(StoredFile.owner == f"material:{guid}")) if own else None
            if own and file is None:
                continue
            paper = Material(guid=guid, link="" if own else facts.url, file_id=file.id if file else None)
            held.materials.append(paper)
        paper.visibility = facts.visibility
        _write(paper, "title", facts.title)
    for guid, paper in present.items():
        if guid not in wanted:
            held.materials.remove(paper)


def _write(row: Material, field: str, text: Text) -> None:
    for language in LANGUAGES:
        setattr(row, f"{field}_{language}", text.side(language) or None)
