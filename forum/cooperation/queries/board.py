"""Reading the board of an activity."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.cooperation.models import BoardClause
from forum.cooperation.rules.board import clause_order
from forum.core.database import session


def clauses_of(activity_id: int) -> Sequence[BoardClause]:
    """Return the clauses of a board as the standard counts them, each with its results."""
    rows = session.scalars(select(BoardClause).where(BoardClause.activity_id == activity_id)).all()
    return sorted(rows, key=lambda row: clause_order(row.number))


def clause(activity_id: int, public_id: str) -> BoardClause | None:
    """Return one clause of this board."""
    return session.scalar(
        select(BoardClause).where(BoardClause.activity_id == activity_id, BoardClause.public_id == public_id)
    )
