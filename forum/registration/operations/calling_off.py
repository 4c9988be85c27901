"""Giving back the seats of a session that no longer takes place, and telling everybody who counted on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.workflow import ReasonNeeded
from forum.events.models import Forum
from forum.events.queries import bump_revision
from forum.registration import seats
from forum.registration.errors import StillTakesPlace
from forum.registration.models import Participation, SessionSeat, WaitingEntry
from forum.registration.operations import queue
from forum.registration.operations.news import News
from forum.registration.queries.standing import sessions_off
from forum.registration.states import WAITING_LIFE, SeatState, WaitingState


def call_off(forum: Forum, held: AgendaSession, *, reason: str, actor: Actor, now: datetime) -> int:
    """Free every seat of a session, end its waiting list, and write to each person; return how many.

    The reason stands in the mail.  Done twice, it finds nobody left to tell.  Raises ``StillTakesPlace``,
    ``ReasonNeeded`` and ``UnlawfulAction``.
    """
    if not reason.strip():
        raise ReasonNeeded
    if held.public_id not in sessions_off(forum):
        raise StillTakesPlace
    scope = seats.of_session(held)
    seats.lock([scope])
    news = News(actor, now)
    told: dict[int, Participation] = {}
    for entry in _line(held):
        _end(entry, actor, reason)
        told[entry.participation_id] = entry.participation
    for seat in _seats(held):
        if seat.state is SeatState.GRANTED:
            seats.free(seat)
        seat.state = SeatState.RELEASED
        told[seat.participation_id] = seat.participation
    session.flush()
    bump_revision(forum)
    news.note("call_off", "agenda_session", held.public_id, forum, people=len(told))
    for participation in (told[key] for key in sorted(told)):
        news.write(
            "registration_called_off",
            participation,
            f"called_off:{held.public_id}:{now.isoformat()}",
            session_title=queue.title_of(held, forum, now, participation.mail_language),
            reason=reason.strip(),
        )
    news.tell()
    return len(told)


def _line(held: AgendaSession) -> list[WaitingEntry]:
    """Return who waits or has an offer, held against answers that come in at the same moment."""
    query = (
        select(WaitingEntry)
        .where(WaitingEntry.session_id == held.id, WaitingEntry.state.in_(queue.OPEN))
        .order_by(WaitingEntry.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _seats(held: AgendaSession) -> list[SessionSeat]:
    query = (
        select(SessionSeat)
        .where(SessionSeat.session_id == held.id, SessionSeat.state != SeatState.RELEASED)
        .order_by(SessionSeat.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _end(entry: WaitingEntry, actor: Actor, reason: str) -> None:
    step = WAITING_LIFE.step(entry.state, "remove", actor.roles, reason)
    if entry.state is WaitingState.OFFERED:
        seats.give_back(entry.scopes)  # the offer held a seat, and nobody waits for it any more
    entry.state = WaitingState(step.target)
    entry.offer_hash = None
