"""What has seats, how many are taken, and who waits for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from forum.agenda.models import AgendaSession
from forum.core.database import session
from forum.events.models import Forum
from forum.registration.models import Category, Delegation, Participation, SeatCounter, WaitingEntry
from forum.registration.states import WaitingState


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that has seats: its counter, what it is, and who waits for it."""

    scope: str
    kind: str  # forum, category, session, quota
    thing: Forum | Category | AgendaSession | Delegation
    category: Category | None  # of a delegation's quota
    cap: int | None
    taken: int
    waiting: int
    offered: int

    @property
    def left(self) -> int | None:
        """Return the seats that are left, or None where there is no limit."""
        return None if self.cap is None else self.cap - self.taken


def scopes(forum: Forum, categories: Sequence[Category], *, sessions: bool = True) -> list[Scope]:
    """Return what has seats in a forum, without the quotas of delegations: forum, categories, sessions."""
    things: list[tuple[str, str, Forum | Category | AgendaSession]] = [(f"forum:{forum.public_id}", "forum", forum)]
    things += [(f"category:{category.public_id}", "category", category) for category in categories]
    if sessions:
        bookable = session.scalars(
            select(AgendaSession)
            .where(AgendaSession.forum_id == forum.id, AgendaSession.bookable.is_(True))
            .order_by(AgendaSession.id)
        )
        things += [(f"session:{one.public_id}", "session", one) for one in bookable]
    counters = {
        row.scope: row
        for row in session.scalars(
            select(SeatCounter)
            .where(SeatCounter.forum_id == forum.id, ~SeatCounter.scope.startswith("delegation:"))
            .execution_options(populate_existing=True)
        )
    }
    lines = lines_by_scope(forum)
    found = []
    for scope, kind, thing in things:
        counter = counters.get(scope)
        cap = counter.cap if counter else (thing.capacity if isinstance(thing, AgendaSession) else None)
        line = lines.get(scope, Counter())
        found.append(
            Scope(
                scope,
                kind,
                thing,
                None,
                cap,
                counter.taken if counter else 0,
                line[WaitingState.WAITING],
                line[WaitingState.OFFERED],
            )
        )
    return found


def lines_by_scope(forum: Forum) -> dict[str, Counter[WaitingState]]:
    """Return how many entries of each state stand in each waiting list."""
    lines: dict[str, Counter[WaitingState]] = {}
    rows = session.execute(
        select(WaitingEntry.scope, WaitingEntry.state, func.count())
        .where(WaitingEntry.forum_id == forum.id)
        .group_by(WaitingEntry.scope, WaitingEntry.state)
    )
    for scope, state, number in rows:
        lines.setdefault(scope, Counter())[state] = number
    return lines


def quotas(one: Delegation, categories: Sequence[Category]) -> list[Scope]:
    """Return the quota of a delegation in each category."""
    prefix = f"delegation:{one.public_id}:category:"
    counters = {
        row.scope: row
        for row in session.scalars(
            select(SeatCounter)
            .where(SeatCounter.forum_id == one.forum_id, SeatCounter.scope.startswith(prefix))
            .execution_options(populate_existing=True)
        )
    }
    found = []
    for category in categories:
        scope = prefix + category.public_id
        counter = counters.get(scope)
        found.append(
            Scope(
                scope, "quota", one, category, counter.cap if counter else None, counter.taken if counter else 0, 0, 0
            )
        )
    return found


SHOWN_ENTRIES = (WaitingState.OFFERED, WaitingState.WAITING, WaitingState.EXPIRED, WaitingState.DECLINED)


def line(forum: Forum, scope: str, limit: int = 500) -> Sequence[WaitingEntry]:
    """Return a waiting list in its order: offers, those who wait, then what can be restored."""
    rows = session.scalars(
        select(WaitingEntry)
        .where(
            WaitingEntry.forum_id == forum.id,
            WaitingEntry.scope == scope,
            WaitingEntry.state.in_(SHOWN_ENTRIES),
        )
        .options(
            joinedload(WaitingEntry.participation).joinedload(Participation.delegation),
            joinedload(WaitingEntry.participation).joinedload(Participation.country),
        )
        .order_by(WaitingEntry.priority.desc(), WaitingEntry.joined_at, WaitingEntry.id)
        .limit(limit)
    ).all()
    return sorted(rows, key=lambda row: SHOWN_ENTRIES.index(row.state))


def entry(forum: Forum, public_id: str) -> WaitingEntry | None:
    """Return one entry of a waiting list of the forum."""
    return session.scalar(
        select(WaitingEntry)
        .where(WaitingEntry.forum_id == forum.id, WaitingEntry.public_id == public_id)
        .options(joinedload(WaitingEntry.participation))
    )
