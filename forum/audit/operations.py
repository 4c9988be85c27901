"""Writing the audit: inside the transaction of the change itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.dialects import postgresql, sqlite

from forum.audit.models import AuditEntry, AuditHead
from forum.audit.rules import GENESIS, canonical, link
from forum.core.actor import Actor
from forum.core.database import session

SITE = "site"


def record(
    actor: Actor,
    action: str,
    kind: str,
    object_id: str,
    *,
    now: datetime,
    chain: str = SITE,
    **facts: Any,
) -> None:
    """Append one entry to a chain: ``"site"``, or ``"forum:<public id>"``.

    ``facts`` may hold states, counts, ids and reason codes; never names, addresses or sealed values.
    """
    body = canonical(
        {
            "at": now.isoformat(),
            "actor": actor.reference,
            "acting_for": actor.acting_for,
            "action": action,
            "kind": kind,
            "object": object_id,
            "facts": facts,
        }
    )
    dialect = session.get_bind().dialect.name
    upsert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(AuditHead)
    # The upsert locks the head's row until the commit, so that two writers never take one number.
    seq, prev = session.execute(
        upsert.values(chain=chain, seq=1, hash=GENESIS)
        .on_conflict_do_update(index_elements=["chain"], set_={"seq": AuditHead.seq + 1})
        .returning(AuditHead.seq, AuditHead.hash)
    ).one()
    digest = link(seq, prev, body)
    session.execute(
        insert(AuditEntry).values(
            chain=chain,
            seq=seq,
            at=now,
            actor=actor.reference,
            action=action,
            object_kind=kind,
            object_id=object_id,
            body=body,
            prev=prev,
            hash=digest,
        )
    )
    session.execute(update(AuditHead).where(AuditHead.chain == chain).values(hash=digest))
