"""Seats that can't be oversold: one counter for each scope, changed by conditional updates alone.

Scopes: ``forum:<public id>``, ``category:<public id>``,
``delegation:<public id>:category:<public id>`` (the focal point's quota) and ``session:<public id>``.
Every scope has its counter before anybody holds a seat in it; see ``ensure``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from forum.agenda.models import AgendaSession
from forum.core.database import session
from forum.events.models import Forum
from forum.registration.errors import CapBelowTaken, SeatsTaken
from forum.registration.models import (
    Category,
    Delegation,
    Participation,
    SeatCounter,
    SessionSeat,
    WaitingEntry,
)
from forum.registration.states import SEATED_STATES, SeatState, WaitingState


def of_forum(forum: Forum) -> str:
    """Return the scope of a whole forum."""
    return f"forum:{forum.public_id}"


def of_category(category: Category) -> str:
    """Return the scope of a category."""
    return f"category:{category.public_id}"


def of_delegation(delegation: Delegation, category: Category) -> str:
    """Return the scope of a delegation's quota in a category."""
    return f"delegation:{delegation.public_id}:category:{category.public_id}"


def of_session(agenda_session: AgendaSession) -> str:
    """Return the scope of a session whose seats are booked one by one."""
    return f"session:{agenda_session.public_id}"


def ensure(forum_id: int, *scopes: str, cap: int | None = None) -> None:
    """Create the counters that don't exist yet, with this limit (none: no limit)."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    for scope in sorted(set(scopes)):
        session.execute(
            insert(SeatCounter)
            .values(scope=scope, forum_id=forum_id, cap=cap, taken=0)
            .on_conflict_do_nothing(index_elements=["scope"])
        )


def _changed(statement: Any) -> int:
    result = session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


def hold(scopes: Iterable[str], n: int = 1) -> None:
    """Take ``n`` seats in every scope, or in none; raise ``SeatsTaken`` naming the first full one.

    The order is the same everywhere, so that two holders never wait for each other; the savepoint gives
    back the seats of the earlier counters when a later one is full.
    """
    with session.begin_nested():
        for scope in sorted(set(scopes)):
            room = or_(SeatCounter.cap.is_(None), SeatCounter.taken + n <= SeatCounter.cap)
            taking = update(SeatCounter).where(SeatCounter.scope == scope, room)
            if _changed(taking.values(taken=SeatCounter.taken + n)) != 1:
                raise SeatsTaken(scope)


def give_back(scopes: Iterable[str], n: int = 1) -> None:
    """Lower the counters; the caller has proved by a change of state that the seats were held."""
    for scope in sorted(set(scopes)):
        giving = update(SeatCounter).where(SeatCounter.scope == scope)
        if _changed(giving.values(taken=SeatCounter.taken - n)) != 1:
            raise LookupError(scope)


def lock(scopes: Iterable[str]) -> None:
    """Wait for everybody who changes these counters; on SQLite the write transaction is that lock."""
    wanted = sorted(set(scopes))
    if wanted:
        session.execute(
            select(SeatCounter.scope).where(SeatCounter.scope.in_(wanted)).order_by(SeatCounter.scope).with_for_update()
        ).all()


def released(holder: Participation | SessionSeat) -> tuple[str, ...]:
    """Take the seats off their holder, once, and return their scopes; the counters are still up.

    Two who release at once: one gets the scopes, the other an empty tuple or a ``StaleDataError``.
    """
    if isinstance(holder, SessionSeat):
        held_now = SessionSeat.state == SeatState.GRANTED
        freeing = update(SessionSeat).where(SessionSeat.id == holder.id, held_now)
        if _changed(freeing.values(state=SeatState.RELEASED)) != 1:
            return ()
        session.refresh(holder, ["state"])
        return (of_session(session.get_one(AgendaSession, holder.session_id)),)
    held = tuple(holder.scopes)
    if held:
        holder.scopes = []
        session.flush()  # guarded by the row's version
    return held


def free(holder: Participation | SessionSeat) -> tuple[str, ...]:
    """Take the seats off their holder and give them back, once; return the scopes.

    For scopes that nobody waits for.  Where there may be a waiting list, use ``operations.queue.pass_on``
    with ``released``: the seat then goes to the next in line without ever looking free.
    """
    scopes = released(holder)
    give_back(scopes)
    return scopes


def counter(scope: str) -> SeatCounter | None:
    """Return a counter as it stands in the database."""
    return session.get(SeatCounter, scope, populate_existing=True)


def counters(scopes: Iterable[str]) -> dict[str, SeatCounter]:
    """Return several counters by scope, in one statement."""
    wanted = sorted(set(scopes))
    rows = session.scalars(
        select(SeatCounter).where(SeatCounter.scope.in_(wanted)).execution_options(populate_existing=True)
    )
    return {row.scope: row for row in rows}


def set_cap(scope: str, cap: int | None) -> None:
    """Set the limit of a scope; raise ``CapBelowTaken`` when more seats are taken already."""
    changing = update(SeatCounter).where(SeatCounter.scope == scope)
    if cap is not None:
        changing = changing.where(SeatCounter.taken <= cap)
    if _changed(changing.values(cap=cap)) != 1:
        row = counter(scope)
        if row is None:
            raise LookupError(scope)
        raise CapBelowTaken(taken=row.taken, cap=cap)


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter that doesn't say what the rows say."""

    scope: str
    taken: int
    counted: int


def reconcile(forum: Forum) -> list[Difference]:
    """Compare every counter of a forum with the rows that hold its seats; nothing is repaired here."""
    counted: Counter[str] = Counter()
    rows = session.execute(
        select(Participation.scopes, Participation.state, Category.public_id)
        .join(Category, Category.id == Participation.category_id)
        .where(Participation.forum_id == forum.id)
    )
    for scopes, state, category in rows:
        counted.update(scopes)
        if state in SEATED_STATES:  # a seated person without a recorded seat is a difference as well
            counted.update({of_forum(forum), f"category:{category}"} - set(scopes))
    for scopes in session.scalars(
        select(WaitingEntry.scopes).where(WaitingEntry.forum_id == forum.id, WaitingEntry.state == WaitingState.OFFERED)
    ):
        counted.update(scopes)
    seats: Sequence[Any] = session.execute(
        select(AgendaSession.public_id, func.count())
        .join(SessionSeat, SessionSeat.session_id == AgendaSession.id)
        .where(AgendaSession.forum_id == forum.id, SessionSeat.state == SeatState.GRANTED)
        .group_by(AgendaSession.public_id)
    ).all()
    counted.update({f"session:{public_id}": number for public_id, number in seats})
    taken = dict(
        session.execute(select(SeatCounter.scope, SeatCounter.taken).where(SeatCounter.forum_id == forum.id)).all()
    )
    return [
        Difference(scope, taken.get(scope, 0), counted[scope])
        for scope in sorted(taken.keys() | counted.keys())
        if taken.get(scope, 0) != counted[scope]
    ]
