"""Limits of seats: raised and lowered; a raised limit reaches those who wait in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.events.models import Forum
from forum.events.queries import bump_revision
from forum.registration import seats
from forum.registration.models import WaitingEntry
from forum.registration.operations import queue
from forum.registration.operations.news import News


def set_limit(
    forum: Forum, scope: str, cap: int | None, *, reason: str = "", actor: Actor, now: datetime
) -> list[WaitingEntry]:
    """Set the limit of a scope (None: no limit) and return the offers that follow from it.

    Raises ``CapBelowTaken`` naming how many seats are taken.
    """
    seats.ensure(forum.id, scope)
    before = seats.counter(scope)
    old = before.cap if before else None
    seats.set_cap(scope, cap)
    if scope.startswith("session:"):
        agenda_session = session.scalar(
            select(AgendaSession).where(
                AgendaSession.forum_id == forum.id, AgendaSession.public_id == scope.partition(":")[2]
            )
        )
        if agenda_session is not None:
            agenda_session.capacity = cap
            session.flush()
    news = News(actor, now)
    offers = queue.hand_out(scope, news) if cap is None or old is None or cap > old else []
    news.tell()
    bump_revision(forum)
    record(
        actor,
        "limit",
        "seat_counter",
        scope,
        now=now,
        chain=forum.chain,
        **{"from": old, "to": cap, "offers": len(offers), "reason": reason.strip()[:200]},
    )
    return offers
