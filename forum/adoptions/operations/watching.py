"""Noticing that something moved under an adoption, once for everybody who follows it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from forum.adoptions.models import Adoption, AdoptionAlarm
from forum.adoptions.queries import ledger
from forum.adoptions.queries.moving import drifts
from forum.adoptions.rules.drift import Drift
from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.database import session


def look(now: datetime) -> int:
    """Compare every entry of the ledger with what was seen last, and record what changed; return how many did."""
    found = ledger.entered(ledger.Wanted())
    stands = drifts(found)
    return sum(_note(row, stands[row.id], now) for row in found if row.id in stands)


def _note(row: Adoption, seen: Drift, now: datetime) -> bool:
    if seen.signature == row.drift:
        return False
    columns = Adoption.__table__.c
    # By the value that was read: two looks at once record one change.  The version stays, so that nobody who is
    # editing the entry finds it changed under their hands.
    done = session.execute(
        update(Adoption.__table__)  # type: ignore[arg-type]
        .where(columns.id == row.id, columns.drift == row.drift)
        .values(drift=seen.signature, drift_seen_at=now)
    )
    if not getattr(done, "rowcount", 0):
        return False
    before = row.drift.partition(":")[0]
    session.add(
        AdoptionAlarm(
            adoption_id=row.id, before=before, after=str(seen.leading.alarm), seen_at=now, signature=seen.signature
        )
    )
    session.flush()
    session.refresh(row, ["drift", "drift_seen_at"])
    record(SYSTEM, "see_drift", "adoption", row.public_id, now=now, **{"from": before, "to": str(seen.leading.alarm)})
    return True
