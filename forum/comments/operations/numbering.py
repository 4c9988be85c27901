"""Numbers: given when everything is decided, contiguous from 1, never given twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from forum.audit.operations import record
from forum.ballots.models import Ballot
from forum.comments import errors
from forum.comments.models import Comment, Numbering
from forum.comments.queries.desk import order
from forum.comments.states import OPEN, CommentState
from forum.core.actor import Actor
from forum.core.database import session


def freeze(ballot: Ballot, *, actor: Actor, now: datetime, quiet: bool = False) -> int:
    """Give every kept comment without a number the next one, in compiled order; return how many were given.

    A later addition goes on from the last number.  ``quiet``: nothing to number is no refusal.
    Raises ``NotAllDecided``, ``NothingToNumber``.
    """
    row = _locked(ballot)
    comments = session.scalars(select(Comment).where(Comment.ballot_id == ballot.id)).all()
    undecided = sum(each.state in OPEN for each in comments)
    if undecided:
        raise errors.NotAllDecided(open=undecided)
    waiting = sorted((each for each in comments if each.state is CommentState.KEPT and each.number is None), key=order)
    if not waiting and not quiet:
        raise errors.NothingToNumber
    first = row.next_number
    for number, each in enumerate(waiting, start=first):
        each.number = number
    row.next_number = first + len(waiting)
    row.frozen_at = row.frozen_at or now
    session.flush()
    record(actor, "freeze", "comment_numbering", ballot.public_id, now=now, first=first, count=len(waiting))
    return len(waiting)


def _locked(ballot: Ballot) -> Numbering:
    """Return the row of the numbers, made now if there was none; the second who asks waits for the first."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Numbering)
        .values(ballot_id=ballot.id, next_number=1)
        .on_conflict_do_nothing(index_elements=["ballot_id"])
    )
    return session.scalars(
        select(Numbering)
        .where(Numbering.ballot_id == ballot.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
