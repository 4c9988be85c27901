"""Saying of a record that it is never sent outside, of a programme that it may be, and taking either back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.drafting.models import ClearedProgramme, JobState, KeptInside, TranslationJob
from forum.drafting.neighbours import Source
from forum.drafting.rules import KEPT
from forum.events.models import Forum


def keep_inside(source: Source, record: Any, *, actor: Actor, now: datetime) -> bool:
    """Never send a record outside from now on; drafts that wait are dropped.  Returns whether it is news."""
    insert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(KeptInside)
    made = session.execute(
        insert.values(entity=source.entity, entity_id=record.public_id, by=actor.reference, at=now)
        .on_conflict_do_nothing(index_elements=["entity", "entity_id"])
        .returning(KeptInside.entity_id)
    ).first()
    session.execute(
        update(TranslationJob)
        .where(
            TranslationJob.entity == source.entity,
            TranslationJob.entity_id == record.public_id,
            TranslationJob.state == JobState.QUEUED,
        )
        .values(state=JobState.DROPPED, error=str(KEPT), settled_at=now)
        .execution_options(synchronize_session=False)
    )
    if made is not None:
        audit.record(actor, "keep_inside", source.entity, record.public_id, now=now, chain=source.chain_of(record))
    return made is not None


def let_outside(source: Source, record: Any, *, actor: Actor, now: datetime) -> bool:
    """Take back that a record is never sent outside; return whether it was so."""
    gone = session.execute(
        delete(KeptInside)
        .where(KeptInside.entity == source.entity, KeptInside.entity_id == record.public_id)
        .returning(KeptInside.entity_id)
        .execution_options(synchronize_session=False)
    ).all()
    if gone:
        audit.record(actor, "let_outside", source.entity, record.public_id, now=now, chain=source.chain_of(record))
    return bool(gone)


def clear_programme(forum: Forum, *, actor: Actor, now: datetime) -> bool:
    """Let what is confirmed and public in a programme go to an engine before its release; return whether it is news."""
    insert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(ClearedProgramme)
    made = session.execute(
        insert.values(forum_id=forum.id, by=actor.reference, at=now)
        .on_conflict_do_nothing(index_elements=["forum_id"])
        .returning(ClearedProgramme.forum_id)
    ).first()
    if made is not None:
        audit.record(actor, "clear_programme", "forum", forum.public_id, now=now, chain=forum.chain)
    return made is not None


def close_programme(forum: Forum, *, actor: Actor, now: datetime) -> bool:
    """Take back that a programme may go to an engine before its release; what waits is looked at again when taken."""
    gone = session.execute(
        delete(ClearedProgramme)
        .where(ClearedProgramme.forum_id == forum.id)
        .returning(ClearedProgramme.forum_id)
        .execution_options(synchronize_session=False)
    ).all()
    if gone:
        audit.record(actor, "close_programme", "forum", forum.public_id, now=now, chain=forum.chain)
    return bool(gone)
