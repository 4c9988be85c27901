"""Answering offers: accept, decline, leave, let expire; the seat goes on in the same transaction.

Whether an offer still stands is decided when somebody looks (``offer_until <= now``); the job only moves
the seats on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.core.identifiers import digest
from forum.core.workflow import ReasonNeeded
from forum.registration.errors import NoOpenOffer
from forum.registration.models import SessionSeat, WaitingEntry
from forum.registration.operations import life, queue
from forum.registration.operations.news import News
from forum.registration.rules.offers import offer_until
from forum.registration.states import WAITING_LIFE, SeatState, WaitingState


def by_secret(secret: str) -> WaitingEntry | None:
    """Return the entry whose offer has this secret."""
    return session.scalar(select(WaitingEntry).where(WaitingEntry.offer_hash == digest(secret)))


def stands(entry: WaitingEntry, now: datetime) -> bool:
    """Tell whether an offer can still be accepted."""
    return entry.state is WaitingState.OFFERED and entry.offer_until is not None and entry.offer_until > now


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of accepting: the seat, or the new place in line of somebody who came too late."""

    seated: bool
    place: int = 0


def accept(entry: WaitingEntry, *, actor: Actor, now: datetime) -> Answer:
    """Accept an offer.  After its end the seat has gone on, and the person stands in line anew."""
    _lock(entry)
    if entry.state is not WaitingState.OFFERED:
        raise NoOpenOffer
    if not stands(entry, now):
        return _too_late(entry, actor, now)
    if entry.session_id is None:
        life.perform(entry.participation, "accept_offer", actor=actor, now=now)
        return Answer(seated=True)
    news = News(actor, now)
    entry.state = WaitingState(WAITING_LIFE.step(entry.state, "accept", actor.roles).target)
    entry.offer_hash = None
    _seat_of(entry, entry.session_id).state = SeatState.GRANTED
    session.flush()
    news.note("accept", "waiting_entry", entry.public_id, entry.participation.forum, scope=entry.scope)
    news.tell()
    return Answer(seated=True)


def _too_late(entry: WaitingEntry, actor: Actor, now: datetime) -> Answer:
    """Let the offer expire and put the person at the end of the line, or on a seat that nobody wants."""
    participation, scopes, session_id = entry.participation, list(entry.scopes), entry.session_id
    news = News(actor, now)
    _expire(entry, news)
    full = queue.take(scopes)
    again = WaitingEntry(
        forum_id=entry.forum_id,
        scope=full or entry.scope,
        scopes=scopes,
        participation_id=participation.id,
        participation=participation,
        session_id=session_id,
        joined_at=now,
        state=WaitingState.WAITING,
    )
    session.add(again)
    session.flush()
    news.note("join", "waiting_entry", again.public_id, participation.forum, scope=again.scope)
    if full is not None:
        news.tell()
        return Answer(seated=False, place=queue.place_in_line(again))
    again.state = WaitingState.OFFERED
    again.offer_until = offer_until(now, queue.starts_at(again), queue.zone_of(participation))
    session.flush()
    news.tell()
    return accept(again, actor=actor, now=now)


def decline(entry: WaitingEntry, *, actor: Actor, now: datetime) -> None:
    """Decline an offer; the seat goes to the next in line."""
    _close(entry, "decline", actor, now)


def leave(entry: WaitingEntry, *, actor: Actor, now: datetime) -> None:
    """Leave the waiting list, with or without an offer."""
    _close(entry, "leave", actor, now)


def remove(entry: WaitingEntry, *, actor: Actor, now: datetime, reason: str) -> None:
    """Take somebody off a waiting list, with a reason."""
    _close(entry, "remove", actor, now, reason)


def restore(entry: WaitingEntry, *, actor: Actor, now: datetime, reason: str) -> None:
    """Put an expired or declined entry back into its line, at the end."""
    _lock(entry)
    entry.state = WaitingState(WAITING_LIFE.step(entry.state, "restore", actor.roles, reason).target)
    entry.joined_at = now
    entry.offer_until = None
    if entry.session_id is not None:
        _seat_of(entry, entry.session_id).state = SeatState.WAITLISTED
    news = News(actor, now)
    news.note("restore", "waiting_entry", entry.public_id, entry.participation.forum, scope=entry.scope)
    session.flush()
    queue.hand_out(entry.scope, news)
    news.tell()


def prefer(entry: WaitingEntry, priority: int, *, actor: Actor, now: datetime, reason: str) -> None:
    """Change somebody's priority; the reason stays visible to auditors."""
    if not reason.strip():
        raise ReasonNeeded
    entry.priority = priority
    entry.priority_reason = reason.strip()[:300]
    session.flush()
    news = News(actor, now)
    news.note("prefer", "waiting_entry", entry.public_id, entry.participation.forum, priority=priority)
    news.tell()


def _close(entry: WaitingEntry, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    _lock(entry)
    step = WAITING_LIFE.step(entry.state, action, actor.roles, reason)
    news = News(actor, now)
    freed = entry.scopes if entry.state is WaitingState.OFFERED else []
    entry.state = WaitingState(step.target)
    entry.offer_hash = None
    if entry.session_id is not None:
        _seat_of(entry, entry.session_id).state = SeatState.RELEASED
    session.flush()
    queue.pass_on(freed, news)
    news.note(action, "waiting_entry", entry.public_id, entry.participation.forum, scope=entry.scope)
    news.tell()


def _expire(entry: WaitingEntry, news: News) -> None:
    step = WAITING_LIFE.step(entry.state, "expire", SYSTEM.roles)
    entry.state = WaitingState(step.target)
    entry.offer_hash = None
    if entry.session_id is not None:
        _seat_of(entry, entry.session_id).state = SeatState.RELEASED
    session.flush()
    news.note("expire", "waiting_entry", entry.public_id, entry.participation.forum, by=SYSTEM, scope=entry.scope)
    queue.pass_on(entry.scopes, news)


def expire_due(now: datetime) -> int:
    """Let every offer whose time is over expire, and pass its seat on; return how many."""
    due = session.scalars(
        select(WaitingEntry)
        .where(WaitingEntry.state == WaitingState.OFFERED, WaitingEntry.offer_until <= now)
        .order_by(WaitingEntry.offer_until, WaitingEntry.id)
        .limit(500)
        .with_for_update()
    ).all()
    news = News(SYSTEM, now)
    for entry in due:
        _expire(entry, news)
    news.tell()
    return len(due)


def _lock(entry: WaitingEntry) -> None:
    session.flush()
    session.refresh(entry, ["state", "offer_until", "scopes"], with_for_update=True)


def _seat_of(entry: WaitingEntry, session_id: int) -> SessionSeat:
    seat = session.scalar(
        select(SessionSeat).where(
            SessionSeat.session_id == session_id,
            SessionSeat.participation_id == entry.participation_id,
        )
    )
    if seat is None:
        seat = SessionSeat(session_id=session_id, participation_id=entry.participation_id)
        session.add(seat)
    return seat
