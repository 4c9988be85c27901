"""One step in the life of a comment: the table is asked, the state changes, the audit says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.comments.errors import ChangedMeanwhile
from forum.comments.models import Comment
from forum.comments.states import AUTHOR, DECIDER, LIFE, SENDER, CommentState
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import Refusal

KIND = "comment"


def roles_of(row: Comment, actor: Actor) -> frozenset[str]:
    """Return what somebody is towards a comment: its author, one who decides, both or neither."""
    own = {AUTHOR} if actor.account_id is not None and actor.account_id == row.author_id else set()
    return frozenset(own | (actor.roles & {DECIDER, SENDER}))


def step(row: Comment, action: str, *, reason: str = "", actor: Actor, now: datetime, **facts: Any) -> None:
    """Take a lawful step.  Raises ``UnlawfulAction`` or ``ReasonNeeded``."""
    taken = LIFE.step(row.state, action, roles_of(row, actor), reason)
    before = row.state
    row.state = CommentState(taken.target)
    if row.state is not before:
        row.state_since = now
    session.flush()
    record(actor, action, KIND, row.public_id, now=now, before=str(before), after=str(row.state), **facts)


def as_seen(row: Comment, seen: int | None) -> None:
    """Refuse a form that was opened on an earlier version."""
    if seen is not None and seen != row.version:
        raise ChangedMeanwhile


def add_once(row: object, taken: type[Refusal]) -> None:
    """Add a row that the database lets in once; raise ``taken`` if it is there already."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as clash:
        raise taken from clash
