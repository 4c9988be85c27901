"""Imports for the matrix of routes and roles: one that is to be confirmed."""

from __future__ import annotations

from datetime import date, datetime

from forum.core.database import session
from forum.standards.models import ImportRun, RunState
from tests.cast import Cast


def furnish(cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Enter an import, and say how the routes name it; imports are nobody's side."""
    run = ImportRun(
        kind="deliverables",
        file_name="deliverables.csv",
        size=1,
        digest="0" * 64,
        dataset_on=date(2026, 9, 1),
        started_at=now,
        state=RunState.PREVIEWED,
        preview={"counts": {}, "signature": "", "notes": []},
    )
    session.add(run)
    session.flush()
    return {side: {"run_id": run.public_id} for side in ("own", "other")}
