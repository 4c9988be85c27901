"""What ballots hold about somebody, for their own copy, and what goes when they leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from forum.ballots.models import Ballot, BallotFeed, Enquired
from forum.ballots.rules.coherence import ANSWERS
from forum.ballots.rules.naming import name_of
from forum.core.database import session
from forum.core.refusals import N_, Word


def sections(account_id: int, _now: datetime) -> list[dict[str, Any]]:
    """Return the enquiries that somebody was asked in, with their answers."""
    rows = session.scalars(
        select(Enquired)
        .where(Enquired.account_id == account_id)
        .order_by(Enquired.id)
        .limit(1000)
        .options(joinedload(Enquired.ballot).joinedload(Ballot.standard))
    )
    return [_asked(row) for row in rows]


def _asked(row: Enquired) -> dict[str, Any]:
    entries: list[tuple[str, Any]] = [
        (N_("Document voted on"), name_of(row.ballot, "en")),
        (N_("Unit"), row.unit),
        (N_("Answer"), Word(ANSWERS[row.answer]) if row.answer in ANSWERS else row.answer),
        (N_("Remark"), row.remark),
        (N_("Answered on"), row.answered_at.isoformat() if row.answered_at else ""),
    ]
    return {"title": N_("Opinion that you were asked for"), "entries": [entry for entry in entries if entry[1]]}


def erase_for(account_id: int, now: datetime) -> None:  # noqa: ARG001 - the shape of every room's eraser
    """End the calendar address and take the answers' words away.

    Positions, approvals and votes stay: they are the country's record, and their account has no name any more.
    """
    session.execute(delete(BallotFeed).where(BallotFeed.account_id == account_id))
    session.execute(update(Enquired).where(Enquired.account_id == account_id).values(remark="", unit=""))
    session.execute(update(Ballot).where(Ballot.secretary_id == account_id).values(secretary_id=None))
