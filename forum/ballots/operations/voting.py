"""Submitting our vote: an event that nothing changes afterwards, before the closing instant, with a receipt."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from forum.ballots import errors
from forum.ballots.models import Ballot, Vote
from forum.ballots.operations.performing import move
from forum.ballots.operations.recording import Upload, attach, take
from forum.ballots.queries import cases
from forum.ballots.rules.positions import digest_of
from forum.ballots.states import CASE_LIFE
from forum.core.actor import Actor
from forum.core.database import session
from forum.ports.files.kinds import MATERIALS


def submit(ballot: Ballot, receipt: Upload, *, actor: Actor, now: datetime, seen: int | None = None) -> Vote:
    """Append our vote as the approved position says it; the latest one counts, and every one stays.

    Raises ``ClosedAlready`` at or after the closing instant, ``PositionMissing``, ``PositionAltered``,
    ``VoterAlone``, or a ``FileRefused`` for the receipt.
    """
    take(ballot, seen, now)
    CASE_LIFE.step(ballot.state, "submit", actor.roles)
    wording = cases.position(ballot.id)
    if wording is None or wording.voided_at is not None or actor.account_id is None:
        raise errors.PositionMissing
    digest = digest_of(wording)
    if len(wording.approvals) < 2 or any(one.digest != digest for one in wording.approvals):
        raise errors.PositionAltered
    if {one.account_id for one in wording.approvals} <= {actor.account_id}:
        raise errors.VoterAlone
    document = attach(ballot, "receipt", receipt, MATERIALS, field="receipt", actor=actor)
    before = cases.latest_vote(ballot.id)
    vote = Vote(
        ballot_id=ballot.id,
        number=before.number + 1 if before is not None else 1,
        position_id=wording.id,
        answer=wording.answer,
        at=now,
        account_id=actor.account_id,
        receipt_id=document.id,
        digest=digest,
    )
    try:
        with session.begin_nested():
            session.add(vote)
            session.flush()
    except IntegrityError as clash:
        raise errors.ChangedMeanwhile from clash
    move(ballot, "submit", actor=actor, now=now)
    return vote
