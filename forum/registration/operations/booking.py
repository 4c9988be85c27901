"""Seats in sessions that are booked one by one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from forum.agenda.models import AgendaSession
from forum.agenda.programme import SessionState
from forum.core.actor import Actor
from forum.core.database import session
from forum.registration import seats
from forum.registration.errors import NotBookable, NotYetApproved
from forum.registration.models import Participation, SeatCounter, SessionSeat
from forum.registration.operations import queue, waiting
from forum.registration.operations.news import News
from forum.registration.states import ParticipationState, SeatState

MAY_BOOK = frozenset({ParticipationState.APPROVED, ParticipationState.CONFIRMED, ParticipationState.ARRIVED})


def _follow_capacity(agenda_session: AgendaSession) -> str:
    """Bring the counter's limit in line with the session's capacity, never below what is taken."""
    scope = seats.of_session(agenda_session)
    seats.ensure(agenda_session.forum_id, scope, cap=agenda_session.capacity)
    cap = agenda_session.capacity
    session.execute(
        update(SeatCounter)
        .where(SeatCounter.scope == scope, SeatCounter.cap.is_distinct_from(cap))
        .where(SeatCounter.taken <= cap if cap is not None else SeatCounter.taken >= 0)
        .values(cap=cap)
        .execution_options(synchronize_session=False)
    )
    return scope


def seat_of(participation: Participation, agenda_session: AgendaSession) -> SessionSeat | None:
    """Return somebody's seat in a session, in whatever state."""
    return session.scalar(
        select(SessionSeat).where(
            SessionSeat.session_id == agenda_session.id, SessionSeat.participation_id == participation.id
        )
    )


def book(participation: Participation, agenda_session: AgendaSession, *, actor: Actor, now: datetime) -> SessionSeat:
    """Book a seat, or take a place in line when the session is full; booking twice changes nothing.

    Raises ``NotBookable`` or ``NotYetApproved``.
    """
    if (
        not agenda_session.bookable
        or agenda_session.forum_id != participation.forum_id
        or agenda_session.state is SessionState.CANCELLED
        or (agenda_session.slots and all(slot.withdrawn_at is not None for slot in agenda_session.slots))
    ):
        raise NotBookable
    if participation.state not in MAY_BOOK:
        raise NotYetApproved
    session.refresh(participation, ["state", "version"], with_for_update=True)
    seat = seat_of(participation, agenda_session)
    if seat is not None and seat.state is not SeatState.RELEASED:
        return seat
    scope = _follow_capacity(agenda_session)
    full = queue.take([scope])
    if seat is None:
        seat = SessionSeat(session_id=agenda_session.id, participation_id=participation.id)
        session.add(seat)
    seat.state = SeatState.GRANTED if full is None else SeatState.WAITLISTED
    session.flush()
    if full is not None:
        queue.enter(participation, scope, [scope], now=now, agenda_session=agenda_session)
    news = News(actor, now)
    news.note(
        "book",
        "participation",
        participation.public_id,
        participation.forum,
        session=agenda_session.public_id,
        seat=str(seat.state),
    )
    news.tell()
    return seat


def release(participation: Participation, agenda_session: AgendaSession, *, actor: Actor, now: datetime) -> None:
    """Give a seat or a place in line back; releasing twice frees once."""
    entry = queue.open_entry(participation, agenda_session)
    if entry is not None:
        waiting.leave(entry, actor=actor, now=now)
        return
    seat = seat_of(participation, agenda_session)
    if seat is None or seat.state is not SeatState.GRANTED:
        return
    news = News(actor, now)
    queue.pass_on(seats.released(seat), news)
    news.note(
        "release",
        "participation",
        participation.public_id,
        participation.forum,
        session=agenda_session.public_id,
    )
    news.tell()
