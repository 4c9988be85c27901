"""What is owed: taking it up, answering, waiving, handing it to somebody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.liaisons import errors
from forum.liaisons.models import ActionTag, LinkKind, Obligation, Statement, StatementLink
from forum.liaisons.operations.recording import as_seen, note, note_obligation, tell
from forum.liaisons.queries import obligations
from forum.liaisons.queries.mirrors import answering, owners
from forum.liaisons.queries.statements import groups_of
from forum.liaisons.rules.seeing import Standing
from forum.liaisons.states import OBLIGATION_LIFE, ObligationState


def roles_towards(row: Obligation, standing: Standing) -> frozenset[str]:
    """Return what somebody is towards an obligation."""
    found = {"owner"} if standing.account_id == row.owner_id and standing else set()
    return frozenset(found | ({"keeper"} if standing.nation else set()))


def move(
    row: Obligation,
    action: str,
    reason: str = "",
    *,
    seen: int | None,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> None:
    """Take one step in the life of an obligation.

    Raises ``ChangedMeanwhile``, ``UnlawfulAction`` and ``ReasonNeeded``.
    """
    as_seen(row.version, seen)
    step = OBLIGATION_LIFE.step(row.state, action, roles_towards(row, standing), reason)
    before, row.state, row.state_since = row.state, ObligationState(step.target), now
    if reason.strip():
        row.reason = clean(reason)
    if row.state is ObligationState.ANSWERED:
        row.answered_at = now
        _taken(row.statement, actor=actor, now=now)
    session.flush()
    note_obligation(row, action, actor=actor, now=now, before=str(before), after=str(row.state))


def hand_over(
    row: Obligation, owner: Account, *, seen: int | None, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Give an obligation to another person; the national office and liaison officers do so, and its owner."""
    as_seen(row.version, seen)
    if not (standing.nation or standing.officer or "owner" in roles_towards(row, standing)):
        raise NotFound
    nationals = {one for each in answering(groups_of(row.statement), now).values() for one in each}
    if owner.id not in {one.id for one in owners(nationals, now)}:
        raise errors.OwnerNeeded
    if not row.is_owed:
        raise errors.TextClosed
    before, row.owner = row.owner_id, owner
    session.flush()
    note_obligation(row, "hand_over", actor=actor, now=now, before=before, after=owner.id)
    path = f"/desk/liaisons/obligations/{row.public_id}"
    tell(owner, "liaison_obligation", path, key=f"{row.public_id}:{owner.id}:{row.version}", now=now)


def pass_on(row: Obligation, *, actor: Actor, now: datetime) -> None:
    """Give an obligation of somebody who leaves to the next who may own it; without one it stays where it is."""
    nationals = {one for each in answering(groups_of(row.statement), now).values() for one in each}
    owner = next((one for one in owners(nationals, now) if one.id != row.owner_id), None)
    if owner is None:
        return
    before, row.owner = row.owner_id, owner
    session.flush()
    note_obligation(row, "hand_over", actor=actor, now=now, before=before, after=owner.id)
    path = f"/desk/liaisons/obligations/{row.public_id}"
    tell(owner, "liaison_obligation", path, key=f"{row.public_id}:{owner.id}:{row.version}", now=now)


def settle_answered(reply: Statement, *, actor: Actor, now: datetime) -> None:
    """Let a reply answer what it replies to: action is taken there, and an obligation is answered by it."""
    answered = session.scalars(
        select(Statement)
        .join(StatementLink, StatementLink.to_id == Statement.id)
        .where(StatementLink.from_id == reply.id, StatementLink.kind == LinkKind.REPLY_TO)
    ).all()
    for statement in answered:
        _taken(statement, actor=actor, now=now)
        row = obligations.of_statement(statement.id)
        if row is None or not row.is_owed:
            continue
        before, row.state, row.state_since = row.state, ObligationState.ANSWERED, now
        row.answered_at, row.answer_id = now, reply.id
        session.flush()
        note_obligation(row, "answer", actor=actor, now=now, before=str(before), after="answered", by_statement=True)


def take_action(statement: Statement, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Say that what a statement asked for was done, apart from its state; its obligation is told of no more."""
    if statement.action is not ActionTag.REQUIRED:
        raise errors.ChangedMeanwhile
    row = obligations.of_statement(statement.id)
    owns = row is not None and row.owner_id == standing.account_id
    if not (standing.nation or standing.officer or owns):
        raise NotFound
    _taken(statement, actor=actor, now=now)


def _taken(statement: Statement, *, actor: Actor, now: datetime) -> None:
    if statement.action is not ActionTag.REQUIRED:
        return
    statement.action, statement.action_at = ActionTag.TAKEN, now
    session.flush()
    note(statement, "take_action", actor=actor, now=now, before="required", after="taken")
