"""Applying an import: the plan becomes part of the draft, in one transaction, the same however often.

Rows that are as they were are left alone.  Nothing is deleted: what the file no longer has stays here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import lazyload, selectinload

from forum.agenda.imports.plans import ExistingItem, ImportPlan, PlanRow, Verdict, index, plan, same_name
from forum.agenda.imports.reading import read
from forum.agenda.imports.values import ImportedItem, ImportedProgramme, ImportedSpeaker
from forum.agenda.models import AgendaSession, Contribution, Material, Slot
from forum.agenda.operations.slots import next_number
from forum.agenda.programme import SpeakerState
from forum.agenda.queries.draft import person_name
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Bilingual, Text
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.identifiers import guid as new_guid
from forum.core.identifiers import public_id
from forum.core.text import pinyin_key, search_forms
from forum.core.walltime import to_utc, to_wall, zone_named
from forum.events.kinds import SEGMENT_KINDS, SegmentKind
from forum.events.models import Forum, Room, Segment, Track
from forum.people.models import Person
from forum.translation import operations as translation

LONGEST_NAME = 120  # characters of Person.native_name
LONGEST_LINK = 500


def plan_for(forum: Forum, raw: bytes, *, filename: str = "", zone: str | None = None) -> ImportPlan:
    """Return what importing a file into the draft would do; raise ``ImportRefused``.

    A file of another time zone is taken at its instants and shown in the forum's own time.
    """
    imported = in_zone(read(raw, filename=filename, zone=zone or forum.zone_name), forum.zone_name)
    wanted = [item.source_guid for item in imported.items if item.source_guid]
    taken = session.scalars(select(Slot.guid).where(Slot.guid.in_(wanted), Slot.forum_id != forum.id))
    return plan(imported, existing(forum, imported), taken=frozenset(taken))


def in_zone(imported: ImportedProgramme, zone_name: str) -> ImportedProgramme:
    """Return the programme with its wall times in another zone; the instants stay."""
    if imported.zone == zone_name:
        return imported
    zone = zone_named(zone_name)

    def moved(item: ImportedItem) -> ImportedItem:
        local, fold = to_wall(item.starts_at, zone)
        return replace(item, local_start=local, fold=fold)

    return replace(imported, zone=zone_name, items=tuple(moved(item) for item in imported.items))


def existing(forum: Forum, imported: ImportedProgramme) -> Mapping[str, ExistingItem]:
    """Return what is already in the draft, as plans look it up.

    A person whom the file knows by the same key goes under the file's name: how we write it is ours.
    """
    names: dict[tuple[str, str], Text] = {}
    for speaker in (each for item in imported.items for each in item.speakers):
        names[imported.source[:40], speaker.key[:200]] = speaker.name
        if speaker.guid:
            names["", speaker.guid] = speaker.name
    slots = session.scalars(
        select(Slot)
        .where(Slot.forum_id == forum.id)
        .options(
            selectinload(Slot.room),
            selectinload(Slot.agenda_session).options(
                selectinload(AgendaSession.track),
                selectinload(AgendaSession.contributions)
                .selectinload(Contribution.person)
                .options(lazyload(Person.country)),
            ),
        )
        .order_by(Slot.number)
    )
    return index(_existing(slot, names) for slot in slots)


def _existing(slot: Slot, names: Mapping[tuple[str, str], Text]) -> ExistingItem:
    def name_of(person: Person) -> Text:
        known = names.get(("", person.guid)) or names.get((person.source, person.source_id))
        return known or person_name(person)

    held = slot.agenda_session
    people = [part.person for part in held.contributions if part.state is not SpeakerState.REPLACED]
    return ExistingItem(
        guid=slot.guid,
        title=held.text("title"),
        local_start=slot.local_start,
        minutes=slot.minutes,
        fold=slot.fold,
        foreign_id=held.source_id or "",
        source=held.source or "",
        abstract=held.text("abstract"),
        description=held.text("description"),
        room=slot.room.text("name") if slot.room is not None else Text(),
        track=held.track.text("name") if held.track is not None else Text(),
        language=held.floor_language,
        speakers=tuple(name_of(person) for person in people if person is not None),
    )


def apply_plan(
    forum: Forum, todo: ImportPlan, *, actor: Actor, now: datetime, sha256: str = ""
) -> Mapping[Verdict, int]:
    """Write what a plan says into the draft; return how many rows had which verdict."""
    if todo.changes_nothing:
        return todo.counts
    writer = _Writer(forum, todo.imported, actor, now)
    writer.create([row for row in todo.rows if row.creates])
    writer.change([row for row in todo.rows if row.writes and not row.creates])
    session.flush()
    audit.record(
        actor,
        "import",
        "draft",
        forum.public_id,
        now=now,
        chain=forum.chain,
        source=todo.imported.format,
        sha256=sha256,
        **{verdict.value: count for verdict, count in todo.counts.items()},
    )
    return todo.counts


class _Writer:
    """Writes the rows of one file; rooms, tracks and people are found once and made when missing."""

    def __init__(self, forum: Forum, imported: ImportedProgramme, actor: Actor, now: datetime) -> None:
        self.forum, self.imported, self.actor, self.now = forum, imported, actor, now
        self.zone = zone_named(forum.zone_name)
        self._rooms = self._all_rooms()
        self._tracks = self._all_tracks()
        self._segments: dict[SegmentKind, Segment] = {
            each.kind: each
            for each in session.scalars(select(Segment).where(Segment.forum_id == forum.id).order_by(Segment.id))
        }
        self._people = self._all_people()

    def create(self, rows: Iterable[PlanRow]) -> None:
        """Make a session with its slot for each row."""
        made = [(row, row.item) for row in rows if row.item is not None]
        number = next_number(self.forum, len(made)) if made else 0
        for row, item in made:
            held = AgendaSession(
                forum_id=self.forum.id,
                public_id=public_id(),
                source=self.imported.source[:40],
                source_id=item.foreign_id,
                source_lang="zh" if item.title.zh and not item.title.en else "en",
                state=item.state,
                segment_id=self._segment(item.kind),
                track=self._tracks.get(item.track),
                floor_language=item.language or "en",
                interpretation=[],  # further languages of a file are spoken; of interpreters it says nothing
                visibility=item.visibility,
                edited_by=self.actor.reference,
            )
            for name in ("title", "abstract", "description"):
                _write(held, name, getattr(item, name))
            slot = Slot(forum_id=self.forum.id, guid=row.guid, number=number, room=self._rooms.get(item.room))
            number += 1
            self._place(slot, item)
            held.slots.append(slot)
            for order, speaker in enumerate(item.speakers):
                held.contributions.append(self._part(speaker, order))
            for link in item.links:
                if link.url.startswith("https://") and len(link.url) <= LONGEST_LINK:
                    title = link.title[:200] or link.url[:200]
                    held.materials.append(Material(link=link.url, title_en=title, title_zh=title))
            session.add(held)
        session.flush()

    def change(self, rows: Iterable[PlanRow]) -> None:
        """Write the differences of each row into what is there."""
        wanted = {row.guid: row for row in rows}
        slots = session.scalars(
            select(Slot)
            .where(Slot.forum_id == self.forum.id, Slot.guid.in_(sorted(wanted)))
            .options(selectinload(Slot.agenda_session))
        ).all()
        for slot in slots:
            row = wanted[slot.guid]
            if row.item is not None:
                self._change(slot, row, row.item)

    def _change(self, slot: Slot, row: PlanRow, item: ImportedItem) -> None:
        held = slot.agenda_session
        fields = {difference.field for difference in row.differences}
        texts: dict[tuple[str, str], str] = {
            (name, language): getattr(item, name).side(language)
            for name in ("title", "abstract", "description")
            for language in LANGUAGES
            if f"{name}_{language}" in fields
        }
        if texts:
            translation.record(held, "agenda_session", texts, actor=self.actor, now=self.now)
        if fields & {"local_start", "minutes"}:
            self._place(slot, item)
        if "room" in fields:
            slot.room = self._rooms.get(item.room)
        if "track" in fields:
            held.track = self._tracks.get(item.track)
        if "language" in fields:
            held.floor_language = item.language
        if "speakers" in fields:
            self._people_of(held, item.speakers)
        held.edited_by = self.actor.reference

    def _people_of(self, held: AgendaSession, speakers: Iterable[ImportedSpeaker]) -> None:
        left = [part for part in held.contributions if part.person is not None]
        missing: list[tuple[int, ImportedSpeaker]] = []
        for order, speaker in enumerate(speakers):
            known = next((part for part in left if self._is(part, speaker)), None)
            if known is None:
                missing.append((order, speaker))
            else:
                left.remove(known)
        for part in left:
            held.contributions.remove(part)
        session.flush()
        for order, speaker in missing:
            held.contributions.append(self._part(speaker, order))

    def _is(self, part: Contribution, speaker: ImportedSpeaker) -> bool:
        known = self._people.get(speaker.key)
        if known is not None:
            return part.person is known
        return part.person is not None and same_name(person_name(part.person), speaker.name)

    def _place(self, slot: Slot, item: ImportedItem) -> None:
        slot.local_start, slot.fold, slot.minutes = item.local_start, item.fold, item.minutes
        slot.fold_chosen = True
        slot.starts_at = to_utc(item.local_start, self.zone, item.fold)
        slot.ends_at = slot.starts_at + timedelta(minutes=item.minutes)

    def _part(self, speaker: ImportedSpeaker, order: int) -> Contribution:
        return Contribution(person=self._person(speaker), role=speaker.role, state=SpeakerState.CONFIRMED, order=order)

    def _all_rooms(self) -> dict[str, Room]:
        known = list(session.scalars(select(Room).where(Room.forum_id == self.forum.id).order_by(Room.order)))
        codes = {room.code for room in known}
        found: dict[str, Room] = {}
        for each in self.imported.rooms:
            room = next(
                (r for r in known if r.source_id == each.key[:200] or same_name(r.text("name"), each.name)), None
            )
            if room is None:
                code = _free(_slug(each.name, "room"), codes)
                room = Room(
                    forum_id=self.forum.id,
                    code=code,
                    order=len(known),
                    layouts={"theatre": each.capacity} if each.capacity else {},
                    turnaround_minutes=0,  # the file gives no reason to warn
                    source_id=each.key[:200],
                )
                _write(room, "name", each.name, 120)
                session.add(room)
                known.append(room)
            found[each.key] = room
        session.flush()
        return found

    def _all_tracks(self) -> dict[str, Track]:
        known = list(session.scalars(select(Track).where(Track.forum_id == self.forum.id).order_by(Track.order)))
        slugs = {track.slug for track in known}
        found: dict[str, Track] = {}
        for each in self.imported.tracks:
            track = next((t for t in known if same_name(t.text("name"), each.name)), None)
            if track is None:
                colour = each.colour.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", each.colour) else "#23407a"
                slug = _free(each.slug if _SLUG.fullmatch(each.slug) else _slug(each.name, "track"), slugs)
                track = Track(forum_id=self.forum.id, slug=slug, order=len(known), colour=colour)
                _write(track, "name", each.name, 120)
                session.add(track)
                known.append(track)
            found[each.key] = track
        session.flush()
        return found

    def _segment(self, kind: SegmentKind) -> int | None:
        """Return the segment of a kind; a parallel session needs none."""
        if kind is SegmentKind.PARALLEL:
            return None
        if kind not in self._segments:
            label = SEGMENT_KINDS[kind.value]
            made = Segment(forum_id=self.forum.id, code=f"imported-{kind.value}", kind=kind, order=99)
            _write(made, "name", Text(translator("en")(label), translator("zh")(label)))
            session.add(made)
            session.flush()
            self._segments[kind] = made
        return self._segments[kind].id

    def _all_people(self) -> dict[str, Person]:
        speakers = {speaker.key: speaker for item in self.imported.items for speaker in item.speakers}
        guids = sorted({speaker.guid for speaker in speakers.values() if speaker.guid})
        by_guid = {
            person.guid: person
            for person in session.scalars(select(Person).where(Person.guid.in_(guids)).options(lazyload("*")))
        }
        source = self.imported.source[:40]
        by_key = {
            person.source_id: person
            for person in session.scalars(select(Person).where(Person.source == source).options(lazyload("*")))
        }
        return {
            key: person
            for key, speaker in speakers.items()
            if (person := by_guid.get(speaker.guid) or by_key.get(key[:200])) is not None
        }

    def _person(self, speaker: ImportedSpeaker) -> Person:
        """Return a person known by the key of the file; the name alone never makes two people one."""
        person = self._people.get(speaker.key)
        if person is None:
            roman, chinese = speaker.name.en[:LONGEST_NAME], speaker.name.zh[:80]
            person = Person(
                guid=speaker.guid or new_guid(),
                native_name=roman,  # which part is the family name is not ours to guess
                name_zh=chinese,
                sort_key=pinyin_key(roman or chinese),
                search=search_forms(roman, chinese)[:1000],
                source=self.imported.source[:40],
                source_id=speaker.key[:200],
            )
            session.add(person)
            self._people[speaker.key] = person
        return person


_SLUG = re.compile(r"[a-z][a-z0-9-]{1,59}")


def _slug(name: Text, fallback: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", (name.en or pinyin_key(name.zh)).lower()).strip("-")[:40].strip("-")
    return words if _SLUG.fullmatch(words) else f"{fallback}-{words}".strip("-")


def _free(wanted: str, taken: set[str]) -> str:
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


def _write(row: Bilingual, field: str, text: Text, longest: int | None = None) -> None:
    for language in LANGUAGES:
        setattr(row, f"{field}_{language}", text.side(language)[:longest] or None)
