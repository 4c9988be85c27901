"""How a step of this room is written into the audit, and told to somebody with an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.accounts.models import Account, AccountState
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.premises import premises
from forum.liaisons.errors import ChangedMeanwhile
from forum.liaisons.models import Obligation, Statement
from forum.ports.mail.outbox import post


def as_seen(version: int, seen: int | None) -> None:
    """Refuse a form that was opened on an earlier version of the record."""
    if seen is not None and seen != version:
        raise ChangedMeanwhile


def note(statement: Statement, action: str, *, actor: Actor, now: datetime, **facts: Any) -> None:
    """Write one step of a statement into the audit."""
    record(actor, action, "liaison_statement", statement.public_id, now=now, **facts)


def note_obligation(row: Obligation, action: str, *, actor: Actor, now: datetime, **facts: Any) -> None:
    """Write one step of an obligation into the audit."""
    record(actor, action, "liaison_obligation", row.public_id, now=now, **facts)


def tell(account: Account | None, template: str, path: str, *, key: str, now: datetime, **facts: Any) -> None:
    """Write to somebody with an account, in their language; nothing that anybody has written goes along."""
    if account is None or account.state is not AccountState.ACTIVE:
        return
    language = account.language
    address = f"{premises().base_url}/{language}{path}"
    post(template, account.email, language, now=now, key=key, address=address, **facts)
