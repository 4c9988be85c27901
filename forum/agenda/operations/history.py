"""Undoing: every change of the draft keeps what the session was before and after it.

A step can be undone by its own author as long as the session still is as the step left it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from forum.agenda.errors import ChangedSince, NothingToUndo
from forum.agenda.models import AgendaSession, Contribution, DraftUndo, Material, Slot
from forum.agenda.queries.sessions import last_step
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import Instant, WallTime, session
from forum.core.identifiers import digest
from forum.events.models import Forum

Plain = dict[str, Any]
_ROWS: Mapping[str, type[Slot | Contribution | Material]] = {
    "slots": Slot,
    "contributions": Contribution,
    "materials": Material,
}
# Keys, counters and records of their own; "released" only ever becomes true.
_LEFT_OUT = frozenset({"id", "session_id", "forum_id", "version", "created_at", "updated_at", "released", "edited_by"})


@dataclass
class Step:
    """What one operation does to sessions: each as it was before, by public id."""

    forum: Forum
    before: dict[str, Plain | None] = field(default_factory=dict)

    def touch(self, held: AgendaSession) -> None:
        """Keep a session as it is now, before the operation changes it."""
        if held.public_id not in self.before:
            session.flush()
            self.before[held.public_id] = snapshot(held)

    def create(self, public_id: str) -> None:
        """Note that the operation makes this session."""
        self.before[public_id] = None


@contextmanager
def step(forum: Forum, label: str, *, actor: Actor) -> Iterator[Step]:
    """Record an undoable step around an operation; ``label`` is a catalogue key without facts."""
    made = Step(forum)
    yield made
    session.flush()
    found = _find(forum, made.before)
    after = {public_id: _mark(found.get(public_id)) for public_id in made.before}
    session.add(
        DraftUndo(
            forum_id=forum.id,
            actor=actor.reference,
            label=label,
            inverse={"before": made.before, "after": after},
        )
    )
    session.flush()


def undo_last(forum: Forum, *, actor: Actor, now: datetime) -> DraftUndo:
    """Undo the last step of this person.  Raises ``NothingToUndo`` or ``ChangedSince``."""
    done = last_step(forum, actor.reference)
    if done is None:
        raise NothingToUndo
    before: dict[str, Plain | None] = done.inverse["before"]
    after: dict[str, str] = done.inverse["after"]
    found = _find(forum, before, lock=True)
    if any(_mark(found.get(public_id)) != after[public_id] for public_id in before):
        raise ChangedSince
    try:
        with session.begin_nested():
            for public_id, plain in before.items():
                put_back(forum, public_id, found.get(public_id), plain, actor=actor, now=now)
    except IntegrityError as fault:
        # A room, theme or person that the session named then is gone.
        raise ChangedSince from fault
    done.undone_at = now
    session.flush()
    audit.record(actor, "undo", "draft", forum.public_id, now=now, chain=forum.chain, sessions=sorted(before))
    return done


def snapshot(held: AgendaSession) -> Plain:
    """Return a session with everything on it as plain JSON values."""
    plain = _plain(held)
    for name in _ROWS:
        rows = [_plain(row) for row in getattr(held, name)]
        plain[name] = sorted(rows, key=lambda row: str(row["public_id"]))
    return plain


def put_back(
    forum: Forum,
    public_id: str,
    held: AgendaSession | None,
    plain: Plain | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a session what a snapshot says; one that didn't exist then goes, unless it was released."""
    if plain is None:
        if held is not None:
            _take_away(held, now)
        return
    if held is None:
        held = AgendaSession(public_id=public_id, forum_id=forum.id)
        session.add(held)
    _fill(held, {name: value for name, value in plain.items() if name not in _ROWS})
    held.edited_by = actor.reference
    session.flush()
    for name, kind in _ROWS.items():
        _put_rows(forum, held, name, kind, plain[name], now)
    session.flush()
    session.expire(held)


def _put_rows(
    forum: Forum,
    held: AgendaSession,
    name: str,
    kind: type[Slot | Contribution | Material],
    wanted: list[Plain],
    now: datetime,
) -> None:
    present: dict[str, Any] = {row.public_id: row for row in getattr(held, name)}
    kept = {plain["public_id"] for plain in wanted}
    for public_id, row in present.items():
        if public_id in kept:
            continue
        if isinstance(row, Slot) and row.released:
            row.withdrawn_at = row.withdrawn_at or now
        else:
            getattr(held, name).remove(row)
    session.flush()
    for plain in wanted:
        row = present.get(plain["public_id"])
        if row is None:
            row = kind(session_id=held.id)
            if isinstance(row, Slot):
                row.forum_id = forum.id
            getattr(held, name).append(row)
        _fill(row, plain)


def _take_away(held: AgendaSession, now: datetime) -> None:
    if any(slot.released for slot in held.slots):
        for slot in held.slots:
            slot.withdrawn_at = slot.withdrawn_at or now
        return
    session.delete(held)


def _find(forum: Forum, public_ids: Iterable[str], *, lock: bool = False) -> dict[str, AgendaSession]:
    """Return sessions as the database has them, with everything on them, in a few statements."""
    query = (
        select(AgendaSession)
        .where(AgendaSession.forum_id == forum.id, AgendaSession.public_id.in_(sorted(public_ids)))
        .options(*(selectinload(getattr(AgendaSession, name)) for name in _ROWS))
        .order_by(AgendaSession.id)
        .execution_options(populate_existing=True)
    )
    found = session.scalars(query.with_for_update() if lock else query)
    return {held.public_id: held for held in found}


def _mark(held: AgendaSession | None) -> str:
    return "" if held is None else digest(repr(snapshot(held)))


def _columns(row: object) -> Iterator[tuple[str, Any]]:
    for attribute in inspect(type(row)).column_attrs:
        if attribute.key not in _LEFT_OUT:
            yield attribute.key, attribute.columns[0].type


def _plain(row: object) -> Plain:
    return {name: _simple(getattr(row, name)) for name, _ in _columns(row)}


def _simple(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _fill(row: object, plain: Plain) -> None:
    for name, kind in _columns(row):
        value = plain.get(name)
        if isinstance(kind, Instant | WallTime) and value is not None:
            value = datetime.fromisoformat(value)
        elif value is not None and (enum := getattr(kind, "enum", None)) is not None:
            value = enum(value)
        if getattr(row, name) != value:
            setattr(row, name, value)
