"""The steps of a nomination."""

from __future__ import annotations

from datetime import date, datetime

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_line
from forum.experts import errors
from forum.experts.models import Nomination, NominationStep
from forum.experts.operations.profiles import as_seen
from forum.experts.operations.telling import tell_moved, tell_waiting
from forum.experts.queries import reading
from forum.experts.queries.seeing import Standing
from forum.experts.rules.deciding import Hands, is_own, is_twice
from forum.experts.rules.terms import today
from forum.experts.states import CONFIRMED, DECIDING, NOMINATION_LIFE, NominationState

PROVEN = frozenset({"submit", "register"})


def hands_of(row: Nomination) -> Hands:
    """Return through whose hands a nomination has gone."""
    decided = {step.account_id for step in row.steps if step.action in DECIDING and step.account_id is not None}
    return Hands(row.expert.account_id, row.proposed_by_id, decided)


def step(
    row: Nomination,
    action: str,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    reason: str = "",
    evidence: str = "",
    seen: int | None = None,
) -> None:
    """Take a step: endorse, approve, confirm, submit, register, end, reject, withdraw.

    Raises ``UnlawfulAction``, ``OwnNomination``, ``DecidedAlready``, ``EvidenceMissing``, ``ReasonOrReplacement``.
    """
    as_seen(row.version, seen)
    roles = standing.towards(row)
    if not roles:
        raise NotFound
    found = NOMINATION_LIFE.step(row.state, action, roles, reason)
    hands = hands_of(row)
    if is_own(action, actor.account_id, hands):
        raise errors.OwnNomination
    if is_twice(action, actor.account_id, hands):
        raise errors.DecidedAlready
    if action in PROVEN:
        row.evidence = clean_line(evidence) or _missing_evidence()
    if action == "end":
        _end(row, reason, now)
    held = sorted(found.actors & roles)
    write_step(row, action, found.target, account_id=actor.account_id, held=held[0], reason=reason, now=now)
    record(actor, action, "nomination", row.public_id, now=now, to=found.target, held=held[0])
    tell_moved(row, reason=clean(reason), actor=actor, now=now)
    tell_waiting(row, now=now)


def _missing_evidence() -> str:
    raise errors.EvidenceMissing


def _end(row: Nomination, reason: str, now: datetime) -> None:
    """Let a role end: with a reason, or when a replacement is approved that takes its place."""
    if not clean(reason) and reading.replacement_of(row, CONFIRMED) is None:
        raise errors.ReasonOrReplacement
    row.ended_on = _last_day(row, now)


def _last_day(row: Nomination, now: datetime) -> date:
    day = today(now)
    return min(day, row.ends_on) if row.ends_on is not None else day


def write_step(
    row: Nomination, action: str, target: str, *, account_id: int | None, held: str, reason: str, now: datetime
) -> None:
    """Write a step into the history of a nomination and let it stand where the step leads."""
    before = str(row.state)
    row.state, row.state_since = NominationState(target), now
    row.steps.append(
        NominationStep(
            number=len(row.steps) + 1,
            at=now,
            action=action,
            before=before,
            after=target,
            account_id=account_id,
            held=held,
            reason=clean(reason),
        )
    )
    session.flush()
