"""Reading and verifying the audit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.audit.models import AuditEntry, AuditHead
from forum.audit.rules import first_break
from forum.core.database import session


def chains() -> Sequence[AuditHead]:
    """Return the heads of all chains."""
    return session.scalars(select(AuditHead).order_by(AuditHead.chain)).all()


def broken_at(head: AuditHead) -> int | None:
    """Verify one chain against its head; return the first entry that doesn't fit, or None."""
    rows = session.execute(
        select(AuditEntry.seq, AuditEntry.prev, AuditEntry.body, AuditEntry.hash)
        .where(AuditEntry.chain == head.chain)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=2000)
    )
    return first_break(((r.seq, r.prev, r.body, r.hash) for r in rows), (head.seq, head.hash))


def history(kind: str, object_id: str, limit: int = 200) -> Sequence[AuditEntry]:
    """Return the entries about one object, newest first."""
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.object_kind == kind, AuditEntry.object_id == object_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()
