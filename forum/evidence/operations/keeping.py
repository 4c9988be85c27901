"""What every change here does first: hold the record, and see that nobody saved it meanwhile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.core.database import session
from forum.evidence.errors import ChangedMeanwhile


def hold(row: Any, seen: int | None) -> None:
    """Read a record as it stands and hold it against other writers; raise ``ChangedMeanwhile``."""
    model = type(row)
    session.scalar(
        select(model)
        .where(model.id == row.id)
        .options(lazyload("*"))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if seen is not None and row.version != seen:
        raise ChangedMeanwhile(at=row.updated_at)
