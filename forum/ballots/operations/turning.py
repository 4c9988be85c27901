"""What happens because an hour has come: enquiries end, ballots close, and what wasn't voted on is missed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from forum.ballots.models import Ballot, CaseState
from forum.ballots.operations.configuring import seed_rules
from forum.ballots.operations.performing import settle
from forum.ballots.states import RUNNING
from forum.core.database import session


def turn_of_the_hour(*, now: datetime) -> int:
    """Let happen what is due; return how many cases moved.  Once an hour or more often: nothing doubles."""
    seed_rules(now=now)
    ballots = session.scalars(
        select(Ballot)
        .where(
            Ballot.state.in_([CaseState(state) for state in RUNNING]),
            or_(Ballot.closes_at <= now, Ballot.state == CaseState.ENQUIRY),
        )
        .order_by(Ballot.closes_at, Ballot.id)
    ).all()
    return sum(settle(ballot, now=now) for ballot in ballots)
