"""A statement on its way: submitted, approved by somebody else, shelved, posted, sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from forum.accounts.models import Account
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.liaisons import errors
from forum.liaisons.models import (
    MAILED,
    PURPOSES,
    ActionTag,
    Confidentiality,
    Contact,
    Direction,
    Numbering,
    Sending,
    Statement,
)
from forum.liaisons.operations.answering import settle_answered
from forum.liaisons.operations.drafting import need_text, writes
from forum.liaisons.operations.recording import as_seen, note, tell
from forum.liaisons.queries.mirrors import answering, approvers, today
from forum.liaisons.queries.statements import senders_of
from forum.liaisons.rules.seeing import Standing, entitled_for_all
from forum.liaisons.states import INCOMING_LIFE, OUTGOING_LIFE, StatementState
from forum.ports.mail.compose import compose
from forum.ports.mail.outbox import post


def roles_towards(statement: Statement, standing: Standing, now: datetime) -> frozenset[str]:
    """Return what somebody is towards a statement: who writes for its groups, who may approve for all of them."""
    found = {"drafter"} if writes(statement, standing, now) else set()
    if statement.direction is Direction.OUT:
        groups = senders_of(statement)
        if entitled_for_all(standing, groups, answering(groups, now)):
            found.add("approver")
    return frozenset(found)


def wrote(statement: Statement, account_id: int | None) -> bool:
    """Tell whether somebody has had a hand in the text."""
    return account_id is not None and account_id in {*statement.writer_ids, statement.drafted_by_id}


def move(
    statement: Statement,
    action: str,
    reason: str = "",
    *,
    seen: int | None,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> None:
    """Take one step in the life of a statement.

    Raises ``ChangedMeanwhile``, ``ApproverWrote``, ``NotEntitledForAll``, ``BodyOrFileNeeded``, ``DeadlinePassed``,
    ``UnlawfulAction`` and ``ReasonNeeded``.
    """
    as_seen(statement.version, seen)
    life = OUTGOING_LIFE if statement.direction is Direction.OUT else INCOMING_LIFE
    roles = roles_towards(statement, standing, now)
    if not roles:
        raise NotFound
    if action == "approve" and statement.state is StatementState.PENDING:
        _need_approver(statement, roles, standing)
    step = life.step(statement.state, action, roles, reason)
    _need_whole(statement, step.target, now)
    before = statement.state
    if action == "post":
        _post(statement, now)
    elif action == "approve":
        statement.approved_by_id, statement.approved_at = standing.account_id, now
    statement.state, statement.state_since = StatementState(step.target), now
    if reason.strip():
        statement.reason = clean(reason)
    session.flush()
    note(statement, action, actor=actor, now=now, before=str(before), after=str(statement.state))
    if statement.state is StatementState.POSTED:
        settle_answered(statement, actor=actor, now=now)
    _tell(statement, actor, now)


def _need_approver(statement: Statement, roles: frozenset[str], standing: Standing) -> None:
    """Refuse an approver who isn't entitled for every group, or who has had a hand in the text."""
    if "approver" not in roles:
        raise errors.NotEntitledForAll
    if wrote(statement, standing.account_id):
        raise errors.ApproverWrote


def _need_whole(statement: Statement, target: str, now: datetime) -> None:
    """Refuse to hand on what says nothing, and to approve what asks for something by a day that is over."""
    if target in {"pending", "approved", "posted"}:
        need_text(statement)
    if target in {"pending", "approved"} and statement.deadline_at is not None and statement.deadline_at <= now:
        raise errors.DeadlinePassed


def _post(statement: Statement, now: datetime) -> None:
    number, calls = _next_number(today(now).year), statement.calls
    with session.no_autoflush:  # all of it in one statement: from then on nothing may change
        statement.posted_at, statement.register_number = now, number
        statement.state = StatementState.POSTED
        if statement.direction is Direction.OUT and calls:
            statement.action = ActionTag.REQUIRED  # of those it goes to; their answer takes it


def _next_number(year: int) -> str:
    """Return the next register number of a year; two who post at once get two."""
    upsert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(Numbering)
    last = session.scalar(
        upsert.values(key=f"LS-{year}", last=1)
        .on_conflict_do_update(index_elements=["key"], set_={"last": Numbering.last + 1})
        .returning(Numbering.last)
    )
    return f"LS-{year}-{last:03d}"


def _tell(statement: Statement, actor: Actor, now: datetime) -> None:
    """Write to those whose turn it is, and to the drafter when somebody else has moved it."""
    path, key = f"/liaisons/{statement.public_id}/", f"{statement.public_id}:{statement.version}"
    if statement.state is StatementState.PENDING:
        for account in approvers(senders_of(statement), now):
            if not wrote(statement, account.id):
                tell(account, "liaison_pending", path, key=key, now=now)
    elif statement.drafted_by_id is not None and statement.drafted_by_id != actor.account_id:
        tell(session.get(Account, statement.drafted_by_id), f"liaison_{statement.state}", path, key=key, now=now)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it would go out."""

    contact: Contact
    subject: str
    body: str


def letters(statement: Statement) -> list[Letter]:
    """Return the mails that a sending consists of, one for each contact with an address who receives it."""
    found = []
    for contact in statement.contacts:
        if contact.role in MAILED and contact.email:
            subject, body = compose("liaison_statement", contact.language, **_facts(statement, contact.language))
            found.append(Letter(contact, subject, body))
    return found


def _facts(statement: Statement, language: str) -> dict[str, Any]:
    wall = statement.deadline_wall
    public = statement.confidentiality is Confidentiality.PUBLIC
    return {
        "number": statement.cited_number,
        "title": statement.text("title").shown(language).text,
        "senders": [one.name for one in statement.from_groups],
        "receivers": [(one.name, one.purpose) for one in statement.to_groups],
        "purposes": PURPOSES,
        "deadline": f"{wall:%Y-%m-%d %H:%M} ({statement.deadline_zone})" if wall is not None else "",
        "text": statement.text("body").shown(language).text,
        "files": [one.title for one in statement.present_attachments],
        "address": f"{premises().base_url}/{language}/liaisons/{statement.public_id}/" if public else "",
    }


def fingerprint(found: list[Letter]) -> str:
    """Return what a preview is recognised by: whom it goes to and what it says."""
    parts = [f"{one.contact.email}\n{one.subject}\n{one.body}" for one in found]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def send(
    statement: Statement, read: str, *, seen: int | None, standing: Standing, actor: Actor, now: datetime
) -> Sending:
    """Send a statement to its contacts; an approved or received one is posted with it, a posted one sent again.

    ``read`` is the fingerprint of the preview.  Raises ``NotPosted``, ``NobodyToSendTo``, ``PreviewChanged`` and
    what ``move`` raises.
    """
    as_seen(statement.version, seen)
    if "drafter" not in roles_towards(statement, standing, now):
        raise NotFound
    found = letters(statement)
    if not found:
        raise errors.NobodyToSendTo
    if fingerprint(found) != read:
        raise errors.PreviewChanged
    if statement.state in {StatementState.APPROVED, StatementState.RECEIVED}:
        move(statement, "post", seen=None, standing=standing, actor=actor, now=now)
    elif statement.state is not StatementState.POSTED:
        raise errors.NotPosted
    return _send(statement, letters(statement), actor=actor, now=now)


def _send(statement: Statement, found: list[Letter], *, actor: Actor, now: datetime) -> Sending:
    last = session.scalar(select(func.max(Sending.number)).where(Sending.statement_id == statement.id)) or 0
    row = Sending(
        statement_id=statement.id,
        number=last + 1,
        at=now,
        by=actor.reference,
        contact_ids=[one.contact.public_id for one in found],
    )
    try:
        # Two who send at once would take one number: the second is refused here, not counted twice.
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as clash:
        raise errors.ChangedMeanwhile from clash
    for one in found:
        key = f"{statement.public_id}:{row.number}:{one.contact.public_id}"
        language = one.contact.language
        post("liaison_statement", one.contact.email, language, now=now, key=key, **_facts(statement, language))
    note(statement, "send" if last == 0 else "send_again", actor=actor, now=now, number=row.number, mails=len(found))
    return row
