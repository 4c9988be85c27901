"""Reading and verifying the audit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.audit.models import AuditEntry, AuditHead
from forum.audit.rules import agrees, first_break
from forum.core.database import session


def chains() -> Sequence[AuditHead]:
    """Return the heads of all chains."""
    return session.scalars(select(AuditHead).order_by(AuditHead.chain)).all()


def broken_at(head: AuditHead) -> int | None:
    """Verify one chain against its head; return the first entry that doesn't fit, or None.

    An entry whose columns say something else than its text counts as one without a text.
    """
    rows = session.execute(
        select(
            AuditEntry.seq,
            AuditEntry.prev,
            AuditEntry.body,
            AuditEntry.hash,
            AuditEntry.at,
            AuditEntry.actor,
            AuditEntry.action,
            AuditEntry.object_kind,
            AuditEntry.object_id,
        )
        .where(AuditEntry.chain == head.chain)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=2000)
    )
    with rows:  # a break ends the reading early, and PostgreSQL's cursor with it
        lines = (
            (r.seq, r.prev, r.body, r.hash)
            if agrees(r.body, r.at, r.actor, r.action, r.object_kind, r.object_id)
            else (r.seq, r.prev, "", r.hash)
            for r in rows
        )
        return first_break(lines, (head.seq, head.hash))


def headless() -> Sequence[str]:
    """Return the chains whose head is gone: nothing would be checked against it any more."""
    known = select(AuditHead.chain)
    return session.scalars(
        select(AuditEntry.chain).where(AuditEntry.chain.not_in(known)).distinct().order_by(AuditEntry.chain)
    ).all()


def history(kind: str, object_id: str, limit: int = 200) -> Sequence[AuditEntry]:
    """Return the entries about one object, newest first."""
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.object_kind == kind, AuditEntry.object_id == object_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()
