"""Which running cases wait for the next step of somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, select, true
from sqlalchemy.orm import joinedload, selectinload

from forum.ballots.models import Ballot, BallotStep, CaseState, Position
from forum.ballots.states import RUNNING, turn_of
from forum.core.database import session

MOST = 500  # cases of a country that run at once; beyond that the last to close are left out


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which national committees somebody is secretary or chair, and which offices of the nation they hold."""

    secretary_of: frozenset[int] = frozenset()
    chair_of: frozenset[int] = frozenset()
    offices: frozenset[str] = frozenset()  # office, submission

    def roles_in(self, ballot: Ballot) -> frozenset[str]:
        """Return what somebody is towards a case."""
        posts = (("secretary", self.secretary_of), ("chair", self.chair_of))
        return self.offices | {name for name, held in posts if ballot.national_id in held}


@dataclass(frozen=True, slots=True)
class Turn:
    """A case that waits for somebody, with the step of its timetable that comes next."""

    ballot: Ballot
    step: BallotStep | None


def turns_of(mine: Capacity, now: datetime) -> Sequence[Turn]:
    """Return the running cases whose next step is somebody's own, the nearest due day first: four statements."""
    nationals = sorted(mine.secretary_of | mine.chair_of)
    within = true() if mine.offices else Ballot.national_id.in_(nationals) if nationals else false()
    rows = session.scalars(
        select(Ballot)
        .where(within, Ballot.state.in_([CaseState(one) for one in RUNNING]), Ballot.closes_at > now)
        .order_by(Ballot.closes_at, Ballot.id)
        .options(joinedload(Ballot.standard), selectinload(Ballot.steps))
        .limit(MOST)
    ).all()
    drafted = [row.id for row in rows if row.state is CaseState.POSITION_DRAFT]
    wordings = {
        one.ballot_id: one
        for one in session.scalars(
            select(Position)
            .where(Position.ballot_id.in_(drafted))
            .order_by(Position.number)
            .options(selectinload(Position.approvals))
        )
    }
    found = []
    for row in rows:
        wording = wordings.get(row.id)
        stands = wording is not None and wording.voided_at is None
        turn = turn_of(row.state, drafted=stands, approved=wording is not None and bool(wording.approvals))
        # A vote that is in may be given again; nothing waits for it.
        if row.state is not CaseState.SUBMITTED and mine.roles_in(row) & set(turn):
            found.append(Turn(row, next((one for one in row.steps if one.done_at is None), None)))
    return sorted(found, key=lambda turn: (turn.step is None, turn.step.due_on if turn.step else now.date()))
