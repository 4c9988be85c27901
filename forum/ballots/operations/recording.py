"""What every step writes: the event of the case, the audit, the files, and mail to whoever is next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from forum.accounts.models import Account, AccountState
from forum.audit.operations import record
from forum.ballots.errors import ChangedMeanwhile, ClosedAlready
from forum.ballots.models import Ballot, BallotDocument, BallotEvent
from forum.ballots.queries import cases, people
from forum.ballots.rules.naming import name_of
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.core.text import clean, clean_line
from forum.ports.files import keeping
from forum.ports.files.kinds import Kind
from forum.ports.mail.outbox import post
from forum.reminders.wording import day_words

_RANK = ("secretary", "chair", "office", "submission", "member", "asked", "system")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    stream: BinaryIO | None
    filename: str | None


def take(ballot: Ballot, seen: int | None, now: datetime, *, open_only: bool = True) -> None:
    """Lock a ballot; refuse a form opened on an earlier version, and what comes at or after the closing instant."""
    cases.locked(ballot)
    if seen is not None and seen != ballot.version:
        raise ChangedMeanwhile
    if open_only and now >= ballot.closes_at:
        raise ClosedAlready


def note(ballot: Ballot, action: str, before: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Append one step to the history of a case and to the audit."""
    role = next((role for role in _RANK if role in actor.roles), "")
    session.add(
        BallotEvent(
            ballot_id=ballot.id,
            at=now,
            action=action,
            before=before,
            after=str(ballot.state),
            account_id=actor.account_id,
            role=role,
            reason=clean(reason),
        )
    )
    session.flush()
    record(actor, action, "ballot", ballot.public_id, now=now, role=role, **{"from": before, "to": str(ballot.state)})


def attach(
    ballot: Ballot, kind: str, upload: Upload, allowed: Collection[Kind], *, field: str, actor: Actor
) -> BallotDocument:
    """Keep a file of a ballot; raise a ``FileRefused`` that points at the field."""
    stored = keeping.store(upload.stream, upload.filename, f"ballot:{ballot.public_id}", allowed, field=field)
    document = BallotDocument(
        ballot_id=ballot.id, kind=kind, file_id=stored.id, title=clean_line(stored.filename)[:200], by=actor.reference
    )
    session.add(document)
    session.flush()
    return document


def tell(
    ballot: Ballot,
    template: str,
    accounts: Iterable[Account],
    *,
    key: str,
    but: int | None,
    now: datetime,
    due: date | None = None,
    page: str = "",
) -> int:
    """Write to people, each once and in their language; never to the one who acts.  Returns how many were told."""
    told: set[int] = set()
    for account in accounts:
        if account.id == but or account.id in told or account.state is not AccountState.ACTIVE:
            continue
        told.add(account.id)
        language = "zh" if account.language == "zh" else "en"
        post(
            template,
            account.email,
            language,
            now=now,
            key=f"{ballot.public_id}:{key}",
            reference=name_of(ballot, language),
            committee=ballot.committee.reference,
            day=day_words(due, language) if due is not None else "",
            address=f"{premises().base_url}/{language}/ballots/{ballot.public_id}/{page}",
        )
    return len(told)


def tell_next(ballot: Ballot, roles: Iterable[str], *, actor: Actor, now: datetime, due: date | None) -> None:
    """Write to those whose turn it is now."""
    tell(
        ballot,
        "ballot_turn",
        people.holders(ballot, roles, now),
        key=f"turn:{ballot.version}",
        but=actor.account_id,
        now=now,
        due=due,
    )
