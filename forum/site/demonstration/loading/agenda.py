"""The agenda: release 1 as it was, release 2 with its changes, and a draft that has gone on since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession, Contribution, Slot
from forum.agenda.operations.releases import candidate, release
from forum.agenda.queries.standing import conflict_id
from forum.core.actor import Actor
from forum.core.bilingual import Text, TextState, fingerprint, other
from forum.core.database import session
from forum.core.walltime import to_utc, zone_named
from forum.events.models import Forum, Room, Segment, Track
from forum.people.models import Person
from forum.site.demonstration.content import draft_sessions, release_1_sessions
from forum.site.demonstration.facts import DemonstrationForum, SessionSeed
from forum.site.demonstration.loading.house import sides
from forum.translation.models import Origin, TranslationState

FIELDS = ("title", "abstract")


@dataclass(frozen=True, slots=True)
class _Draft:
    """Where sessions can be put, and what has been written so far."""

    forum: Forum
    rooms: Mapping[str, int | None]  # by the key of the content
    tracks: Mapping[str, int]
    segments: Mapping[str, int]
    persons: Mapping[str, Person]
    sessions: dict[str, AgendaSession]
    seeds: dict[str, SessionSeed]


def build(
    content: DemonstrationForum, forum: Forum, persons: Mapping[str, Person], editor: Account, *, site: str
) -> None:
    """Write the sessions, release them twice, and leave the draft with its latest edits."""
    actor = editor.actor("organiser")
    rooms = _ids(forum, Room.code, Room)
    draft = _Draft(
        forum,
        {room.key: rooms[room.code] for room in content.rooms},
        _ids(forum, Track.slug, Track),
        _ids(forum, Segment.code, Segment),
        persons,
        {},
        {},
    )
    at = content.releases[0].released_at - timedelta(days=4)
    for seeds, seed in zip((release_1_sessions(content), content.sessions), content.releases, strict=True):
        _write(draft, seeds, at)
        _release(forum, seed.number, seed.note, seed.released_at, actor, site)
        at = seed.released_at + timedelta(days=1)
    _write(draft, draft_sessions(content), at)
    session.execute(
        update(Forum)
        .where(Forum.id == forum.id)
        .values(next_number=max(each.number for each in content.sessions) + 1)
        .execution_options(synchronize_session=False)
    )


def _ids(forum: Forum, code: object, kind: type[Room | Track | Segment]) -> dict[str, int]:
    rows = session.execute(select(code, kind.id).where(kind.forum_id == forum.id))  # type: ignore[call-overload]
    return {str(name): int(key) for name, key in rows}


def _release(forum: Forum, number: str, note: Text, at: datetime, actor: Actor, site: str) -> None:
    session.expire_all()
    reasons = {conflict_id(warning): "Agreed with the people concerned." for warning in candidate(forum, at).warnings}
    release(forum, f"Version {number}", note.en, note.zh, reasons, actor=actor, now=at, site=site)


def _write(draft: _Draft, seeds: tuple[SessionSeed, ...], at: datetime) -> None:
    """Bring the draft to what the seeds say; only what differs is touched."""
    for seed in seeds:
        if draft.seeds.get(seed.key) == seed:
            continue
        held = draft.sessions.get(seed.key)
        if held is None:
            held = draft.sessions[seed.key] = AgendaSession(forum_id=draft.forum.id, created_at=at)
            session.add(held)
        _describe(draft, held, seed)
        session.flush()
        _place(draft, held, seed, at)
        _people(draft, held, seed)
        _states(held, seed, at)
        draft.seeds[seed.key] = seed
    session.flush()


def _describe(draft: _Draft, held: AgendaSession, seed: SessionSeed) -> None:
    held.segment_id = draft.segments.get(seed.segment_code)
    held.track_id = draft.tracks.get(seed.track_slug)
    held.state, held.visibility, held.embargo_until = seed.state, seed.visibility, seed.embargo_until
    held.floor_language, held.interpretation = seed.language, list(seed.interpretation)
    held.source_lang = seed.source_language
    held.bookable, held.capacity = seed.capacity is not None, seed.capacity
    for column, value in sides(title=seed.title, abstract=seed.abstract, placeholder=seed.placeholder).items():
        setattr(held, column, value)


def _place(draft: _Draft, held: AgendaSession, seed: SessionSeed, at: datetime) -> None:
    slot = session.scalar(select(Slot).where(Slot.session_id == held.id))
    if slot is None:
        slot = Slot(forum_id=draft.forum.id, session_id=held.id, guid=seed.guid, number=seed.number, created_at=at)
        session.add(slot)
    slot.room_id = draft.rooms.get(seed.room_key)
    slot.local_start, slot.minutes = seed.local_start, seed.minutes
    slot.starts_at = to_utc(seed.local_start, zone_named(draft.forum.zone_name), 0)
    slot.ends_at = slot.starts_at + timedelta(minutes=seed.minutes)
    slot.updated_at = at


def _people(draft: _Draft, held: AgendaSession, seed: SessionSeed) -> None:
    for part in session.scalars(select(Contribution).where(Contribution.session_id == held.id)):
        session.delete(part)
    session.flush()
    session.add_all(
        Contribution(
            session_id=held.id,
            person_id=draft.persons[role.speaker_key].id,
            role=role.role,
            state=role.state,
            order=role.order,
            language=role.language,
            remote=role.remote,
        )
        for role in seed.roles
    )


def _states(held: AgendaSession, seed: SessionSeed, at: datetime) -> None:
    """Keep of each translation what its state says: by whom it was made, and from which original."""
    target = other(seed.source_language)
    for row in session.scalars(
        select(TranslationState).where(
            TranslationState.entity == "agenda_session", TranslationState.entity_id == held.public_id
        )
    ):
        session.delete(row)
    session.flush()
    for field in FIELDS:
        text: Text = getattr(seed, field)
        state = text.state(target)
        if state is TextState.MISSING:
            continue
        source = text.side(seed.source_language)
        made_from = f"{source} (earlier version)" if state is TextState.OUTDATED else source
        machine = state is TextState.MACHINE
        session.add(
            TranslationState(
                entity="agenda_session",
                entity_id=held.public_id,
                field=field,
                lang=target,
                source_lang=seed.source_language,
                source_hash=fingerprint(made_from),
                source_text=made_from,
                origin=Origin.MACHINE if machine else Origin.HUMAN,
                engine="demonstration" if machine else "",
                by="system",
                reviewed_by="system" if state is TextState.REVIEWED else None,
                at=at,
            )
        )
