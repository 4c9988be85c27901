"""The draft of a programme, read whole: as many statements for a thousand sessions as for ten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import lazyload

from forum.agenda.models import AgendaSession, Contribution, Material, Slot
from forum.agenda.programme import (
    ForumFacts,
    Item,
    MaterialFacts,
    Programme,
    RoomFacts,
    SegmentFacts,
    Speaker,
    TrackFacts,
)
from forum.agenda.rules.people import withheld
from forum.core.bilingual import Bilingual, Text
from forum.core.database import session
from forum.core.identifiers import digest
from forum.events.kinds import SegmentKind
from forum.events.models import Forum, Room, Segment, Track
from forum.people.models import Person
from forum.people.rules import latin
from forum.places.models import Organisation
from forum.translation.queries import States, states_of, text_of

Kept = TypeVar("Kept", Contribution, Material)


class _Surroundings(NamedTuple):
    """What items name by id."""

    slug: str
    rooms: dict[int, str]
    tracks: dict[int, str]
    segments: dict[int, tuple[str, SegmentKind]]
    organisations: dict[int, Organisation]


def programme(forum: Forum) -> Programme:
    """Return the complete draft: every slot that wasn't withdrawn, whatever its visibility."""
    rooms = session.scalars(select(Room).where(Room.forum_id == forum.id).order_by(Room.order, Room.id)).all()
    tracks = session.scalars(select(Track).where(Track.forum_id == forum.id).order_by(Track.order, Track.id)).all()
    segments = session.scalars(
        select(Segment).where(Segment.forum_id == forum.id).order_by(Segment.order, Segment.id)
    ).all()
    states = states_of([*_whole(forum), *rooms, *tracks, *segments])
    around = _Surroundings(
        forum.slug,
        {room.id: room.guid for room in rooms},
        {track.id: track.slug for track in tracks},
        {segment.id: (segment.code, segment.kind) for segment in segments},
        _organisations(forum),
    )
    return Programme(
        forum=forum_facts(forum, states),
        rooms=tuple(room_facts(room, states) for room in rooms),
        tracks=tuple(TrackFacts(each.slug, _text(each, "name", states), each.colour, each.order) for each in tracks),
        segments=tuple(
            SegmentFacts(each.code, each.kind, _text(each, "name", states), each.starts_at, each.ends_at)
            for each in segments
        ),
        items=_items(forum, around),
    )


def forum_facts(forum: Forum, states: States | None = None) -> ForumFacts:
    """Return what every export says about the forum itself."""
    venue, city = forum.venue, forum.host_city
    known = states_of(_whole(forum)) if states is None else states
    return ForumFacts(
        code=forum.code,
        slug=forum.slug,
        title=_text(forum, "title", known),
        venue=_text(venue, "name", known) if venue is not None else Text(),
        city=_text(city, "name", known) if city is not None else Text(),
        zone_name=forum.zone_name,
        first_day=forum.first_day,
        last_day=forum.last_day,
        day_change=forum.day_change,
        organiser=_text(forum, "organiser", known),
        contact_email=forum.contact_email,
        latitude=venue.latitude if venue is not None else None,
        longitude=venue.longitude if venue is not None else None,
    )


def _whole(forum: Forum) -> list[Bilingual]:
    """Return what every page of a forum names."""
    return [each for each in (forum, forum.venue, forum.host_city) if each is not None]


def room_facts(room: Room, states: States) -> RoomFacts:
    """Return a room as rules and exports know it."""
    return RoomFacts(
        guid=room.guid,
        code=room.code,
        name=_text(room, "name", states),
        order=room.order,
        capacity=room.capacity,
        hard_max=room.hard_max,
        booths=room.booths,
        languages=tuple(room.languages),
        turnaround_minutes=room.turnaround_minutes,
        step_free=room.step_free,
    )


def _text(record: Bilingual, field: str, states: States) -> Text:
    """Return a text with its states; an empty side has the default one, as in a document that was read."""
    found, plain = text_of(record, field, states), Text()
    return Text(
        found.en,
        found.zh,
        found.state_en if found.en else plain.state_en,
        found.state_zh if found.zh else plain.state_zh,
    )


def person_name(person: Person) -> Text:
    """Return a name for pages of each language; a name is never missing because one script is."""
    roman = latin(person)
    return Text(
        roman or person.native_name or person.name_zh,
        person.name_zh or roman or person.native_name,
    )


def _organisations(forum: Forum) -> dict[int, Organisation]:
    """Return the organisations of everybody on the programme, without what hangs on them."""
    wanted = (
        select(Person.organisation_id)
        .join(Contribution, Contribution.person_id == Person.id)
        .join(AgendaSession, AgendaSession.id == Contribution.session_id)
        .where(AgendaSession.forum_id == forum.id, Person.organisation_id.is_not(None))
    )
    found = session.scalars(select(Organisation).where(Organisation.id.in_(wanted)).options(lazyload("*")))
    return {organisation.id: organisation for organisation in found}


def _by_session(rows: Iterable[Kept]) -> dict[int, list[Kept]]:
    groups: dict[int, list[Kept]] = defaultdict(list)
    for row in rows:
        groups[row.session_id].append(row)
    return groups


def _items(forum: Forum, around: _Surroundings) -> tuple[Item, ...]:
    mine = AgendaSession.forum_id == forum.id
    sessions = {each.id: each for each in session.scalars(select(AgendaSession).where(mine))}
    contributions = _by_session(
        session.scalars(
            select(Contribution)
            .join(AgendaSession)
            .where(mine)
            .options(lazyload(Contribution.person))
            .order_by(Contribution.session_id, Contribution.order, Contribution.id)
        )
    )
    people = _people(forum)
    materials = _by_session(
        session.scalars(select(Material).join(AgendaSession).where(mine).order_by(Material.session_id, Material.id))
    )
    places = [row for rows in contributions.values() for row in rows if row.person_id is None]
    texts = states_of([*sessions.values(), *people.values(), *places, *chain.from_iterable(materials.values())])
    slots = session.scalars(
        select(Slot).where(Slot.forum_id == forum.id, Slot.withdrawn_at.is_(None)).order_by(Slot.starts_at, Slot.number)
    )
    speakers = {
        key: tuple(_speaker(row, people, around.organisations, texts) for row in rows)
        for key, rows in contributions.items()
    }
    papers = {key: tuple(_material(row, around.slug, texts) for row in rows) for key, rows in materials.items()}
    return tuple(_item(slot, sessions[slot.session_id], around, texts, speakers, papers) for slot in slots)


def _people(forum: Forum) -> dict[int, Person]:
    wanted = (
        select(Contribution.person_id)
        .join(AgendaSession)
        .where(AgendaSession.forum_id == forum.id, Contribution.person_id.is_not(None))
    )
    found = session.scalars(select(Person).where(Person.id.in_(wanted)).options(lazyload("*")))
    return {person.id: person for person in found}


def _item(
    slot: Slot,
    held: AgendaSession,
    around: _Surroundings,
    texts: States,
    speakers: dict[int, tuple[Speaker, ...]],
    papers: dict[int, tuple[MaterialFacts, ...]],
) -> Item:
    code, kind = around.segments.get(held.segment_id or 0, ("", SegmentKind.PARALLEL))
    return Item(
        guid=slot.guid,
        number=slot.number,
        session_id=held.public_id,
        title=_text(held, "title", texts),
        local_start=slot.local_start,
        minutes=slot.minutes,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        changed_at=slot.created_at,
        created_at=slot.created_at,
        fold=slot.fold,
        room_guid=around.rooms.get(slot.room_id or 0, ""),
        track_slug=around.tracks.get(held.track_id or 0, ""),
        segment_code=code,
        kind=kind,
        state=held.state,
        abstract=_text(held, "abstract", texts),
        description=_text(held, "description", texts),
        language=held.floor_language,
        interpretation=tuple(held.interpretation),
        visibility=held.visibility,
        embargo_until=held.embargo_until,
        placeholder=_text(held, "placeholder", texts),
        speakers=speakers.get(held.id, ()),
        materials=papers.get(held.id, ()),
        capacity=held.capacity if held.bookable else None,
    )


def _speaker(
    row: Contribution,
    people: dict[int, Person],
    organisations: dict[int, Organisation],
    words: States,
) -> Speaker:
    """A place still to be filled goes under its own id, so that no two of them are one person."""
    person = people.get(row.person_id or 0)
    if person is None:
        return Speaker(
            row.public_id,
            _text(row, "placeholder", words),
            row.role,
            row.state,
            row.order,
            language=row.language,
            remote=row.remote,
        )
    organisation = _text(person, "organisation_name", words)
    if not organisation and (known := organisations.get(person.organisation_id or 0)) is not None:
        organisation = known.text("name")
    speaker = Speaker(
        person_guid=person.guid,
        name=person_name(person),
        role=row.role,
        state=row.state,
        order=row.order,
        organisation=organisation,
        function=_text(person, "function", words),
        language=row.language,
        remote=row.remote,
    )
    return withheld(speaker) if person.erased_at is not None else speaker


def _material(row: Material, slug: str, texts: States) -> MaterialFacts:
    url = row.link or f"/forums/{slug}/materials/{row.guid}"
    return MaterialFacts(row.guid, _text(row, "title", texts), url, row.visibility)


def revision(forum: Forum) -> str:
    """Return a mark of the draft as it stands: another one means that somebody changed something."""
    sessions = session.execute(
        select(func.count(), func.max(AgendaSession.updated_at), func.sum(AgendaSession.version)).where(
            AgendaSession.forum_id == forum.id
        )
    ).one()
    slots = session.execute(
        select(func.count(), func.max(Slot.updated_at), func.sum(Slot.version)).where(Slot.forum_id == forum.id)
    ).one()
    return digest(repr((tuple(sessions), tuple(slots))))[:16]
