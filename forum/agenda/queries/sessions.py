"""Finding sessions, slots and what hangs on them: always through their forum."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.agenda.models import AgendaSession, Contribution, DraftUndo, Material, Slot
from forum.core.database import session
from forum.events.models import Forum


def by_public_id(forum: Forum, public_id: str, *, lock: bool = False) -> AgendaSession | None:
    """Return a session of the forum; ``lock`` makes a second editor wait until this one has committed."""
    query = select(AgendaSession).where(AgendaSession.forum_id == forum.id, AgendaSession.public_id == public_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def slot_by_guid(forum: Forum, guid: str, *, lock: bool = False) -> Slot | None:
    """Return a slot of the forum, withdrawn or not."""
    query = select(Slot).where(Slot.forum_id == forum.id, Slot.guid == guid)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def contribution(forum: Forum, held: AgendaSession, public_id: str) -> Contribution | None:
    """Return a contribution to one session."""
    if held.forum_id != forum.id:
        return None
    return next((each for each in held.contributions if each.public_id == public_id), None)


def material(forum: Forum, guid: str) -> Material | None:
    """Return a document of a session of the forum."""
    return session.scalar(
        select(Material).join(AgendaSession).where(AgendaSession.forum_id == forum.id, Material.guid == guid)
    )


def unplaced(forum: Forum) -> Sequence[AgendaSession]:
    """Return the sessions without a slot in the draft."""
    placed = select(Slot.session_id).where(Slot.forum_id == forum.id, Slot.withdrawn_at.is_(None))
    return session.scalars(
        select(AgendaSession)
        .where(AgendaSession.forum_id == forum.id, AgendaSession.id.not_in(placed))
        .order_by(AgendaSession.id)
    ).all()


def all_of(forum: Forum) -> Sequence[AgendaSession]:
    """Return every session with its slots."""
    return session.scalars(
        select(AgendaSession)
        .where(AgendaSession.forum_id == forum.id)
        .options(selectinload(AgendaSession.slots))
        .order_by(AgendaSession.id)
    ).all()


def last_step(forum: Forum, actor: str) -> DraftUndo | None:
    """Return the last thing somebody did to the draft and hasn't undone."""
    return session.scalar(
        select(DraftUndo)
        .where(DraftUndo.forum_id == forum.id, DraftUndo.actor == actor, DraftUndo.undone_at.is_(None))
        .order_by(DraftUndo.id.desc())
        .limit(1)
    )
