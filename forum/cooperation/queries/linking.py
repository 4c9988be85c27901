"""Reading what a partnership is tied to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.cooperation.models import SessionLink, StandardLink
from forum.core.database import session


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


def partnerships_with(reference: str) -> Sequence[int]:
    """Return the ids of the partnerships that work with a standard, by its number as its publisher writes it."""
    return session.scalars(
        select(StandardLink.partnership_id).where(StandardLink.reference == reference).order_by(StandardLink.id)
    ).all()
