"""What the coherence guard compares a position with, read at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.ballots.models import Ballot, CaseState, Enquired, Position, Vote
from forum.ballots.neighbours import neighbours
from forum.ballots.queries import cases
from forum.ballots.rules.coherence import (
    AGAINST,
    IN_FAVOUR,
    Answer,
    ExpertFacts,
    Finding,
    Guarded,
    findings,
    standing,
)
from forum.core.database import session
from forum.standards.models import Standard, StandardTopic

_HELD = (CaseState.POSITION_APPROVED, CaseState.SUBMITTED)


def found(ballot: Ballot, position: Position, now: datetime) -> tuple[Finding, ...]:
    """Return everything that speaks against a position now."""
    return findings(guarded(ballot, position, now))


def objections(ballot: Ballot, position: Position, now: datetime) -> tuple[Finding, ...]:
    """Return what stands in the way of its approval."""
    return standing(found(ballot, position, now), (one.code for one in cases.signatures(position.id)))


def guarded(ballot: Ballot, position: Position, now: datetime) -> Guarded:
    """Return the frozen case."""
    named = int(position.details.get("experts") or 0)
    experts = neighbours.experts(ballot, now) if neighbours.experts is not None else ExpertFacts(named, named)
    answer = Answer(position.answer)
    return Guarded(
        kind=ballot.kind,
        mandatory=ballot.mandatory,
        answer=answer,
        reason=bool(position.side("reason", "en") or position.side("reason", "zh")),
        comments=neighbours.comments(ballot),
        commits=bool(position.details.get("commits")),
        experts=experts,
        not_used=bool(position.details.get("not_used")),
        use=neighbours.use(ballot),
        before=_before(ballot),
        units=_units(ballot.id),
        opposite=tuple(_opposite(ballot, answer)),
    )


def _before(ballot: Ballot) -> Answer | None:
    """Return what we said at the last stage of the same project."""
    if ballot.standard_id is None:
        return None
    said = session.scalar(
        select(Vote.answer)
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .where(Ballot.standard_id == ballot.standard_id, Ballot.id != ballot.id, Ballot.opens_at < ballot.opens_at)
        .order_by(Ballot.opens_at.desc(), Vote.number.desc())
        .limit(1)
    )
    return Answer(said) if said else None


def _units(ballot_id: int) -> Counter[str]:
    rows = session.scalars(select(Enquired.answer).where(Enquired.ballot_id == ballot_id, Enquired.answer != ""))
    return Counter(rows)


def _opposite(ballot: Ballot, answer: Answer) -> Sequence[str]:
    """Return the projects of other committees under the same topic on which we say the opposite now."""
    if ballot.standard_id is None or answer not in IN_FAVOUR | AGAINST:
        return ()
    wanted = AGAINST if answer in IN_FAVOUR else IN_FAVOUR
    mine, theirs = aliased(StandardTopic), aliased(StandardTopic)
    newest = (
        select(Position.answer)
        .where(Position.ballot_id == Ballot.id)
        .order_by(Position.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return session.scalars(
        select(Standard.reference)
        .join(Ballot, Ballot.standard_id == Standard.id)
        .join(theirs, theirs.standard_id == Standard.id)
        .join(mine, mine.topic_id == theirs.topic_id)
        .where(
            mine.standard_id == ballot.standard_id,
            Ballot.id != ballot.id,
            Ballot.committee_id != ballot.committee_id,
            Ballot.state.in_(_HELD),
            newest.in_([str(one) for one in wanted]),
        )
        .order_by(Standard.reference)
        .distinct()
    ).all()
