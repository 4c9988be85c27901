"""What the agenda asks of registrations: who holds seats in which session."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import exists, func, or_, select

from forum.agenda.models import AgendaSession, Slot
from forum.agenda.programme import SessionState
from forum.core.database import session
from forum.events.models import Forum
from forum.registration.models import SessionSeat
from forum.registration.states import SeatState


def granted_seats(forum: Forum) -> Mapping[str, int]:
    """Return the seats granted in each session that is booked one by one, by its public id."""
    rows = session.execute(
        select(AgendaSession.public_id, func.count())
        .join(SessionSeat, SessionSeat.session_id == AgendaSession.id)
        .where(AgendaSession.forum_id == forum.id, SessionSeat.state == SeatState.GRANTED)
        .group_by(AgendaSession.public_id)
    )
    return dict(rows.all())


def sessions_off(forum: Forum) -> frozenset[str]:
    """Return the sessions that are cancelled or have no place in the timetable, by public id."""
    placed = exists().where(Slot.session_id == AgendaSession.id, Slot.withdrawn_at.is_(None))
    return frozenset(
        session.scalars(
            select(AgendaSession.public_id).where(
                AgendaSession.forum_id == forum.id,
                or_(AgendaSession.state == SessionState.CANCELLED, ~placed),
            )
        )
    )


def bookable_session(forum: Forum, public_id: str) -> AgendaSession | None:
    """Return a session of the forum whose seats are booked one by one."""
    return session.scalar(
        select(AgendaSession).where(
            AgendaSession.forum_id == forum.id,
            AgendaSession.public_id == public_id,
            AgendaSession.bookable.is_(True),
        )
    )
