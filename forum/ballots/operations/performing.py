"""The steps of a case: the table says who may, a guard says whether, one transaction holds change, audit and mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from forum.ballots import errors
from forum.ballots.models import (
    Ballot,
    BallotIncident,
    Capacity,
    CaseState,
    Position,
    PositionApproval,
    StepKind,
)
from forum.ballots.neighbours import neighbours
from forum.ballots.operations.opening import replan
from forum.ballots.operations.recording import note, take, tell, tell_next
from forum.ballots.queries import cases, configured, guarding, people
from forum.ballots.rules.backplan import day_in_beijing
from forum.ballots.rules.positions import digest_of
from forum.ballots.states import CASE_LIFE, DONE_BY
from forum.core.actor import SYSTEM, Actor
from forum.core.database import session

_AFTER_CLOSING = frozenset({"close", "miss", "disposition"})
# Who is asked next when a step is done.
_NEXT: dict[str, tuple[str, ...]] = {
    "begin_enquiry": (),
    "close_enquiry": ("secretary",),
    "begin_position": ("secretary",),
    "pass_on": ("office",),
    "approve": ("submission",),
    "hand_back": ("secretary", "chair"),
    "submit": ("secretary", "chair"),
    "reopen": ("secretary", "chair"),
    "take_no_position": ("secretary", "office"),
    "miss": ("secretary", "chair", "office"),
    "close": ("secretary",),
    "cancel": ("secretary", "chair", "submission"),
}


def perform(
    ballot: Ballot, action: str, *, actor: Actor, now: datetime, reason: str = "", seen: int | None = None
) -> None:
    """Take a step of the table; raise what the table, the clock or the guard of the step says.

    Beginning the enquiry and submitting carry more than a reason: see ``enquiring`` and ``voting``.
    """
    take(ballot, seen, now, open_only=action not in _AFTER_CLOSING)
    move(ballot, action, actor=actor, now=now, reason=reason)


def move(ballot: Ballot, action: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Take the step on a ballot that is locked already."""
    row = CASE_LIFE.step(ballot.state, action, actor.roles, reason)
    if deed := _DEEDS.get(action):
        deed(ballot, actor, now)
    before = str(ballot.state)
    ballot.state = CaseState(row.target)
    ballot.state_since = now
    _mark_done(ballot, action, now)
    session.flush()
    note(ballot, action, before, actor=actor, now=now, reason=reason)
    template = "ballot_missed" if action == "miss" else ""
    if template:
        tell(ballot, template, people.holders(ballot, _NEXT["miss"], now), key="missed", but=None, now=now)
    elif wanted := _NEXT.get(action, ()):
        tell_next(ballot, wanted, actor=actor, now=now, due=_next_due(ballot))


def _mark_done(ballot: Ballot, action: str, now: datetime) -> None:
    kind = DONE_BY.get(action)
    for row in ballot.steps:
        if kind is not None and row.kind is kind and row.done_at is None:
            row.done_at = now
    if action == "cancel":
        ballot.cancelled_at = now
        ballot.sequence += 1
        ballot.changed_at = now
        for row in ballot.steps:
            row.sequence += 1


def _next_due(ballot: Ballot) -> date | None:
    return next((row.due_on for row in ballot.steps if row.done_at is None), None)


def _begin_position(ballot: Ballot, actor: Actor, now: datetime) -> None:
    undecided = neighbours.comments(ballot).undecided
    if undecided:
        raise errors.CommentsUndecided(count=undecided)
    neighbours.freeze_comments(ballot, actor, now)


def _pass_on(ballot: Ballot, actor: Actor, now: datetime) -> None:
    _approve_as(ballot, Capacity.CHAIR, actor, now)


def _approve(ballot: Ballot, actor: Actor, now: datetime) -> None:
    wording = _wording(ballot)
    if not any(one.capacity is Capacity.CHAIR for one in wording.approvals):
        raise errors.ChairFirst
    _approve_as(ballot, Capacity.OFFICE, actor, now)


def _wording(ballot: Ballot) -> Position:
    wording = cases.position(ballot.id)
    if wording is None or wording.voided_at is not None:
        raise errors.PositionMissing
    return wording


def _approve_as(ballot: Ballot, capacity: Capacity, actor: Actor, now: datetime) -> None:
    wording = _wording(ballot)
    if actor.account_id is None or wording.author_id == actor.account_id:
        raise errors.AuthorCannotApprove
    if any(one.account_id == actor.account_id for one in wording.approvals):
        raise errors.ApprovedByYou
    if objections := guarding.objections(ballot, wording, now):
        raise errors.GuardObjects(objections[0])
    wording.objections = 0
    digest = digest_of(wording)
    if digest != wording.digest:
        raise errors.PositionAltered
    made = PositionApproval(capacity=capacity, account_id=actor.account_id, at=now, digest=digest)
    try:
        with session.begin_nested():
            wording.approvals.append(made)
            session.flush()
    except IntegrityError as clash:
        raise errors.ApprovedByYou from clash


def _take_up_again(ballot: Ballot, actor: Actor, now: datetime) -> None:  # noqa: ARG001 - the shape of all deeds
    """The approvals count no more, and the steps after them are planned again; a submitted vote stands."""
    wording = cases.position(ballot.id)
    if wording is not None:
        wording.voided_at = now
    for row in ballot.steps:
        if row.kind in {StepKind.APPROVE, StepKind.SUBMIT}:
            row.done_at = None
    replan(ballot, now=now)


def _hand_back(ballot: Ballot, actor: Actor, now: datetime) -> None:  # noqa: ARG001
    _wording(ballot).voided_at = now


def _take_no_position(ballot: Ballot, actor: Actor, now: datetime) -> None:  # noqa: ARG001
    if cases.latest_vote(ballot.id) is not None:
        raise errors.VoteStands


def _miss(ballot: Ballot, actor: Actor, now: datetime) -> None:  # noqa: ARG001
    session.add(BallotIncident(ballot_id=ballot.id, raised_at=now, state_before=str(ballot.state)))
    session.flush()


_DEEDS: dict[str, Callable[[Ballot, Actor, datetime], None]] = {
    "begin_position": _begin_position,
    "pass_on": _pass_on,
    "approve": _approve,
    "hand_back": _hand_back,
    "reopen": _take_up_again,
    "take_no_position": _take_no_position,
    "miss": _miss,
}


def settle(ballot: Ballot, *, now: datetime) -> bool:
    """Let happen what is due by itself: an enquiry that is over, a ballot that closes; tell whether it moved.

    A ballot that asked for our vote and didn't get one is missed, which is an incident; a vote that was submitted
    counts even if the position was taken up again since.
    """
    cases.locked(ballot)
    if now >= ballot.closes_at and CASE_LIFE.lawful(ballot.state, SYSTEM.roles):
        unvoted = ballot.mandatory and cases.latest_vote(ballot.id) is None
        move(ballot, "miss" if unvoted else "close", actor=SYSTEM, now=now)
        return True
    if ballot.state is CaseState.ENQUIRY:
        row = next((row for row in ballot.steps if row.kind is StepKind.ENQUIRY), None)
        if row is not None and row.due_on < day_in_beijing(now):
            move(ballot, "close_enquiry", actor=SYSTEM, now=now)
            return True
    return False


def sign_compressed(ballot: Ballot, *, reason: str, actor: Actor, now: datetime, seen: int | None = None) -> None:
    """Sign as chair for an enquiry with fewer working days than there must be.  Raises ``NothingToSign``."""
    take(ballot, seen, now)
    if not ballot.compressed or ballot.compressed_by or ballot.state is not CaseState.OPEN:
        raise errors.NothingToSign
    ballot.compressed_by = actor.reference
    session.flush()
    note(ballot, "sign_compressed", str(ballot.state), actor=actor, now=now, reason=reason)


def need_signed(ballot: Ballot) -> None:
    """Refuse to begin an enquiry that is too short before the chair has signed for it."""
    if ballot.compressed and not ballot.compressed_by:
        days = configured.terms_on(day_in_beijing(ballot.opens_at)).min_enquiry_workdays
        raise errors.CompressedUnsigned(days=days)


def report_incident(ballot: Ballot, report: str, *, actor: Actor, now: datetime, seen: int | None = None) -> None:
    """Write down how a ballot came to be missed.  Raises ``ReportNeeded``."""
    cases.locked(ballot)
    incident = cases.incident(ballot.id)
    if incident is None:
        raise errors.NotClosedYet
    if seen is not None and seen != incident.version:
        raise errors.ChangedMeanwhile
    if not report.strip():
        raise errors.ReportNeeded
    incident.report, incident.reported_at, incident.reported_by_id = report, now, actor.account_id
    session.flush()
    note(ballot, "report_incident", str(ballot.state), actor=actor, now=now)
