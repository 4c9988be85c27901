"""Comments that wait for the decision of a secretary or a chair."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from forum.ballots.models import Ballot
from forum.comments.models import Comment
from forum.comments.states import OPEN
from forum.core.database import session


def undecided(national_ids: Collection[int], now: datetime) -> Sequence[tuple[Ballot, int]]:
    """Return the open ballots of these national committees with comments to be decided, and how many: two statements.

    The next to close comes first.
    """
    if not national_ids:
        return ()
    found = session.execute(
        select(Comment.ballot_id, func.count())
        .join(Ballot, Ballot.id == Comment.ballot_id)
        .where(
            Comment.state.in_(OPEN),
            Ballot.national_id.in_(sorted(national_ids)),
            Ballot.closes_at > now,
            Ballot.cancelled_at.is_(None),
        )
        .group_by(Comment.ballot_id)
    )
    counts = {int(ballot_id): int(count) for ballot_id, count in found}
    rows = session.scalars(
        select(Ballot)
        .where(Ballot.id.in_(sorted(counts)))
        .order_by(Ballot.closes_at, Ballot.id)
        .options(joinedload(Ballot.standard))
    )
    return [(row, counts[row.id]) for row in rows]
