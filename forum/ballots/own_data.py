"""What ballots hold about somebody, for their own copy, and what goes when they leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from forum.ballots.models import Ballot, BallotFeed, Enquired
from forum.core.database import session
from forum.core.refusals import N_


def sections(account_id: int, _now: datetime) -> list[dict[str, Any]]:
    """Return the enquiries that somebody was asked in, with their answers."""
    rows = session.scalars(select(Enquired).where(Enquired.account_id == account_id).order_by(Enquired.id).limit(1000))
    entries = [(N_("Enquiry"), f"{one.ballot.public_id} {one.answer} {one.remark}".strip()) for one in rows]
    return [{"title": N_("Ballots"), "entries": entries}] if entries else []


def erase_for(account_id: int, now: datetime) -> None:  # noqa: ARG001 - the shape of every room's eraser
    """End the calendar address and take the answers' words away.

    Positions, approvals and votes stay: they are the country's record, and their account has no name any more.
    """
    session.execute(delete(BallotFeed).where(BallotFeed.account_id == account_id))
    session.execute(update(Enquired).where(Enquired.account_id == account_id).values(remark="", unit=""))
    session.execute(update(Ballot).where(Ballot.secretary_id == account_id).values(secretary_id=None))
