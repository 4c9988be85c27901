"""Writing the position, and answering what the coherence guard warns of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from forum.ballots import errors
from forum.ballots.models import Ballot, CaseState, GuardSignature, Position
from forum.ballots.operations.recording import note, take, tell_next
from forum.ballots.queries import cases, guarding
from forum.ballots.rules import terms as reading
from forum.ballots.rules.coherence import Level
from forum.ballots.rules.positions import digest_of
from forum.ballots.states import CASE_LIFE
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import P_
from forum.core.text import clean
from forum.core.workflow import ReasonNeeded, UnlawfulAction

WRITE = P_("ballots", "Write the position")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the position says."""

    answer: str
    reason: Text = field(default_factory=Text)
    details: Mapping[str, Any] = field(default_factory=dict)  # commits, experts, not_used


def draft(ballot: Ballot, what: Wording, *, actor: Actor, now: datetime, seen: int | None = None) -> Position:
    """Write the next wording; approvals of the one before count no more.

    Raises ``AnswerNotOffered``, ``ClosedAlready`` or ``UnlawfulAction``.
    """
    take(ballot, seen, now)
    if ballot.state is not CaseState.POSITION_DRAFT:
        lawful = tuple(row.label for row in CASE_LIFE.lawful(ballot.state, actor.roles))
        raise UnlawfulAction(WRITE, CASE_LIFE.labels[ballot.state], lawful)
    if what.answer not in {str(one) for one in reading.read(ballot.rule.terms).answers}:
        raise errors.AnswerNotOffered
    before = cases.position(ballot.id)
    made = Position(
        ballot_id=ballot.id,
        number=before.number + 1 if before is not None else 1,
        answer=what.answer,
        details=dict(what.details),
        author_id=actor.account_id,
        digest="",
        reason_en=clean(what.reason.en),
        reason_zh=clean(what.reason.zh),
        source_lang="zh" if what.reason.zh.strip() else "en",
    )
    made.digest = digest_of(made)
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as clash:
        raise errors.ChangedMeanwhile from clash
    if before is not None and before.voided_at is None:
        before.voided_at = now
    made.objections = len(guarding.objections(ballot, made, now))
    ballot.state_since = now  # whoever decided on the earlier wording must look again
    session.flush()
    note(ballot, "draft", str(ballot.state), actor=actor, now=now)
    due = next((row.due_on for row in ballot.steps if row.done_at is None), None)
    tell_next(ballot, ("chair",), actor=actor, now=now, due=due)
    return made


def sign_warning(
    ballot: Ballot, code: str, reason: str, *, actor: Actor, now: datetime, seen: int | None = None
) -> GuardSignature:
    """Answer a warning with a signed reason; a block can't be answered.

    Raises ``NoSuchWarning`` or ``ReasonNeeded``.
    """
    take(ballot, seen, now)
    wording = cases.position(ballot.id)
    if wording is None or ballot.state is not CaseState.POSITION_DRAFT or actor.account_id is None:
        raise errors.PositionMissing
    if not any(one.code == code and one.level is Level.WARN for one in guarding.objections(ballot, wording, now)):
        raise errors.NoSuchWarning
    if not reason.strip():
        raise ReasonNeeded
    made = GuardSignature(position_id=wording.id, code=code, reason=clean(reason), account_id=actor.account_id, at=now)
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as clash:
        raise errors.NoSuchWarning from clash
    wording.objections = len(guarding.objections(ballot, wording, now))
    session.flush()
    note(ballot, "sign_warning", str(ballot.state), actor=actor, now=now, reason=reason)
    return made
