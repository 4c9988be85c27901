"""Making, editing, cancelling and deleting sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from forum.agenda.errors import ChangedMeanwhile, SessionWasReleased
from forum.agenda.models import SESSION_LIFE, AgendaSession
from forum.agenda.operations.history import step
from forum.agenda.programme import SessionState, Visibility
from forum.agenda.queries import sessions as queries
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.bilingual import Language
from forum.core.database import session
from forum.core.refusals import N_, NotFound
from forum.events.models import Forum, Segment, Track
from forum.translation import operations as translation

Side = tuple[str, str]
TEXTS = ("title", "abstract", "description", "placeholder")


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What an editor says of a session; ``texts`` holds (field, language) → text, absent sides stay."""

    texts: Mapping[Side, str] = field(default_factory=dict)
    original: Language = "en"
    segment: Segment | None = None
    track: Track | None = None
    floor_language: str = "en"
    interpretation: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    embargo_until: datetime | None = None
    bookable: bool = False
    capacity: int | None = None


def create_session(
    forum: Forum,
    facts: SessionFacts,
    *,
    actor: Actor,
    now: datetime,
    state: SessionState = SessionState.TENTATIVE,
) -> AgendaSession:
    """Make a session without time or place."""
    with step(forum, N_("Create a session"), actor=actor) as made:
        held = AgendaSession(forum_id=forum.id, state=state, edited_by=actor.reference)
        held.source_lang = facts.original
        _apply(held, facts)
        session.add(held)
        session.flush()
        made.create(held.public_id)
        translation.record(held, "agenda_session", facts.texts, actor=actor, now=now)
    audit.record(actor, "create", "agenda_session", held.public_id, now=now, chain=forum.chain)
    return held


def edit_session(
    forum: Forum, held: AgendaSession, version: int, facts: SessionFacts, *, actor: Actor, now: datetime
) -> AgendaSession:
    """Save what an editor says.  Raises ``ChangedMeanwhile`` when the session isn't the one they opened."""
    held = opened(forum, held, version)
    with step(forum, N_("Edit a session"), actor=actor) as made:
        made.touch(held)
        _apply(held, facts)
        if held.source_lang != facts.original:
            translation.change_original(held, facts.original, actor=actor, now=now)
        changed = translation.record(held, "agenda_session", facts.texts, actor=actor, now=now)
        held.edited_by = actor.reference
    audit.record(
        actor,
        "edit",
        "agenda_session",
        held.public_id,
        now=now,
        chain=forum.chain,
        texts=sorted(f"{name}_{language}" for name, language in changed),
    )
    return held


def act(
    forum: Forum,
    held: AgendaSession,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> AgendaSession:
    """Take a session one step through its life; raise ``UnlawfulAction`` or ``ReasonNeeded``."""
    held = locked(forum, held)
    row = SESSION_LIFE.step(held.state, action, actor.roles, reason)
    with step(forum, row.label, actor=actor) as made:
        made.touch(held)
        before, held.state = held.state, SessionState(row.target)
        held.edited_by = actor.reference
    audit.record(
        actor,
        action,
        "agenda_session",
        held.public_id,
        now=now,
        chain=forum.chain,
        before=before.value,
        after=held.state.value,
        reason_given=bool(reason),
    )
    return held


def delete_session(forum: Forum, held: AgendaSession, *, actor: Actor, now: datetime) -> None:
    """Delete a session that no release knows; raise ``SessionWasReleased``."""
    held = locked(forum, held)
    if any(slot.released for slot in held.slots):
        raise SessionWasReleased
    with step(forum, N_("Delete a session"), actor=actor) as made:
        made.touch(held)
        session.delete(held)
    audit.record(actor, "delete", "agenda_session", held.public_id, now=now, chain=forum.chain)


def locked(forum: Forum, held: AgendaSession) -> AgendaSession:
    """Return the session as it stands, held against other writers until the commit."""
    found = queries.by_public_id(forum, held.public_id, lock=True)
    if found is None:
        raise NotFound
    return found


def opened(forum: Forum, held: AgendaSession, version: int) -> AgendaSession:
    """Return the session if it still is the version that an editor opened; raise ``ChangedMeanwhile``."""
    found = locked(forum, held)
    if found.version != version:
        raise ChangedMeanwhile(by=found.edited_by, at=found.updated_at)
    return found


def _apply(held: AgendaSession, facts: SessionFacts) -> None:
    held.segment_id = facts.segment.id if facts.segment is not None else None
    held.track_id = facts.track.id if facts.track is not None else None
    held.floor_language = facts.floor_language
    if list(facts.interpretation) != (held.interpretation or []):
        held.interpretation = list(facts.interpretation)
    held.visibility = facts.visibility
    held.embargo_until = facts.embargo_until
    held.bookable = facts.bookable
    held.capacity = facts.capacity
