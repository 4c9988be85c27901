"""The international result, and the stage that follows from it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from forum.ballots import errors
from forum.ballots.models import Ballot, BallotResult
from forum.ballots.operations.recording import note, take
from forum.ballots.queries import cases
from forum.ballots.rules import terms as reading
from forum.ballots.rules.acceptance import Result, Tallies, Tally, reckon
from forum.ballots.rules.backplan import day_in_beijing
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean_line
from forum.standards.models import Scheme
from forum.standards.operations.stages import Declared, declare

BY_BALLOT = "Result of the ballot 投票结果"  # a reason that stands in the record for readers of both languages


def enter_result(
    ballot: Ballot, tallies: Tallies, *, source: str = "", actor: Actor, now: datetime, seen: int | None = None
) -> BallotResult:
    """Enter the tallies after the closing; a correction is another row, until a stage was declared.

    Raises ``NotClosedYet``, ``CountsImpossible`` or ``DecidedAlready``.
    """
    take(ballot, seen, now, open_only=False)
    if now < ballot.closes_at:
        raise errors.NotClosedYet
    for tally in (tallies.p, tallies.o, tallies.other):
        if tally.unreasoned > tally.of("disapprove") or any(count < 0 for count in tally.answers.values()):
            raise errors.CountsImpossible
    before = cases.result(ballot.id)
    if before is not None and before.decision:
        raise errors.DecidedAlready
    found = reckon(reading.read(ballot.rule.terms), tallies)
    made = BallotResult(
        ballot_id=ballot.id,
        number=before.number + 1 if before is not None else 1,
        at=now,
        account_id=actor.account_id,
        tallies=asdict(tallies),
        outcome=str(found.outcome),
        source=clean_line(source),
    )
    return _append(ballot, made, "result", actor=actor, now=now)


def decide(
    ballot: Ballot,
    decision: str,
    *,
    on: date | None = None,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> BallotResult:
    """Declare the next stage: one of those that follow from the result, for the standard as well.

    Raises ``NotClosedYet``, ``DecisionUnlawful`` or ``DecidedAlready``.
    """
    take(ballot, seen, now, open_only=False)
    before = cases.result(ballot.id)
    if before is None:
        raise errors.NotClosedYet
    if before.decision:
        raise errors.DecidedAlready
    terms = reading.read(ballot.rule.terms)
    if decision not in reckoned(ballot, before).decisions:
        raise errors.DecisionUnlawful
    day = on or day_in_beijing(now)
    if day > day_in_beijing(now):
        raise errors.DeclaredAhead
    made = BallotResult(
        ballot_id=ballot.id,
        number=before.number + 1,
        at=now,
        account_id=actor.account_id,
        tallies=before.tallies,
        outcome=before.outcome,
        decision=decision,
        source=before.source,
    )
    _append(ballot, made, "decide", actor=actor, now=now)
    standard = ballot.standard
    if standard is not None and standard.scheme is Scheme.ISO:
        first = (terms.closing_stage,) if terms.closing_stage and standard.stage_equivalent == terms.stage else ()
        for code in (*first, decision):
            declare(standard, standard.version, Declared(code, day, BY_BALLOT), actor=actor, now=now)
    return made


def reckoned(ballot: Ballot, result: BallotResult) -> Result:
    """Return what the calculator says of a result, by the rule under which the ballot opened."""
    return reckon(reading.read(ballot.rule.terms), tallies_of(result))


def tallies_of(result: BallotResult) -> Tallies:
    """Return the tallies as they were entered."""
    kept = dict(result.tallies)
    for name in ("p", "o", "other"):
        kept[name] = Tally(**kept[name])
    return Tallies(**kept)


def _append(ballot: Ballot, made: BallotResult, action: str, *, actor: Actor, now: datetime) -> BallotResult:
    """Add the next row; two who enter one at the same time don't overwrite one another."""
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as clash:
        raise errors.ChangedMeanwhile from clash
    note(ballot, action, str(ballot.state), actor=actor, now=now)
    return made
