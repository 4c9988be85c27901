"""Reading what a partnership is tied to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.agenda.models import AgendaSession
from forum.agenda.queries import released
from forum.agenda.visibility import ViewerLevel, visible
from forum.cooperation.models import SessionLink, StandardLink
from forum.core.bilingual import Text
from forum.core.database import session
from forum.events import queries as events


def sessions_of(partnership_id: int) -> Sequence[SessionLink]:
    """Return the sessions that a partnership came from or was signed at."""
    return session.scalars(
        select(SessionLink)
        .where(SessionLink.partnership_id == partnership_id)
        .options(selectinload(SessionLink.agenda_session))
        .order_by(SessionLink.id)
    ).all()


def standards_of(partnership_id: int) -> Sequence[StandardLink]:
    """Return the standards that a partnership works with, by their numbers."""
    return session.scalars(
        select(StandardLink).where(StandardLink.partnership_id == partnership_id).order_by(StandardLink.reference)
    ).all()


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session of a forum that everybody may see."""

    slug: str  # of the forum
    forum: Text
    session_id: str
    title: Text


def open_sessions(now: datetime) -> Mapping[str, OpenSession]:
    """Return the sessions that everybody may see now, by public id, the next forum first."""
    found: dict[str, OpenSession] = {}
    for forum in events.public_forums():
        programme = released.current(forum)
        if programme is None:
            continue
        for item in visible(programme, ViewerLevel.PUBLIC, now).items:
            if item.session_id and not item.is_placeholder:
                found[item.session_id] = OpenSession(forum.slug, forum.text("title"), item.session_id, item.title)
    return found


def session_named(public_id: str, now: datetime) -> AgendaSession | None:
    """Return a session that everybody may see now."""
    if public_id not in open_sessions(now):
        return None
    return session.scalar(select(AgendaSession).where(AgendaSession.public_id == public_id))


def link_named(partnership_id: int, public_id: str) -> SessionLink | StandardLink | None:
    """Return a link of this partnership."""
    links: list[SessionLink | StandardLink] = [*sessions_of(partnership_id), *standards_of(partnership_id)]
    return next((link for link in links if link.public_id == public_id), None)
