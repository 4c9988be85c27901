"""What happens because an hour has come: enquiries end, ballots close, and what wasn't voted on is missed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from forum.ballots.models import Ballot, CaseState
from forum.ballots.operations.configuring import seed_rules
from forum.ballots.operations.opening import replan
from forum.ballots.operations.performing import settle
from forum.ballots.operations.recording import note
from forum.ballots.queries import cases
from forum.ballots.rules.backplan import HERE
from forum.ballots.states import RUNNING
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.workdays import queries as workdays
from forum.workdays.rules.calendars import announced


def turn_of_the_hour(*, now: datetime) -> int:
    """Let happen what is due; return how many cases moved.  Once an hour or more often: nothing doubles."""
    seed_rules(now=now)
    _plan_again(now)
    ballots = session.scalars(
        select(Ballot)
        .where(
            Ballot.state.in_([CaseState(state) for state in RUNNING]),
            or_(Ballot.closes_at <= now, Ballot.state == CaseState.ENQUIRY),
        )
        .order_by(Ballot.closes_at, Ballot.id)
    ).all()
    return sum(settle(ballot, now=now) for ballot in ballots)


def _plan_again(now: datetime) -> None:
    """Plan provisional timetables again once the working days are announced, and say which steps moved."""
    ballots = session.scalars(
        select(Ballot).where(
            Ballot.provisional.is_(True),
            Ballot.state.in_([CaseState(state) for state in RUNNING]),
            Ballot.closes_at > now,
        )
    ).all()
    calendar = workdays.calendar() if ballots else None
    for ballot in ballots:
        years = range(ballot.opens_at.year, ballot.closes_at.year + 1)
        if calendar is None or not all(announced(calendar, year, HERE[0]) for year in years):
            continue
        cases.locked(ballot)
        if replan(ballot, now=now):
            note(ballot, "replan", str(ballot.state), actor=SYSTEM, now=now)
