"""Holding a row against other writers: whoever comes second reads what the first one wrote."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.core.database import session


def hold(thing: Any) -> None:
    """Read a row as it stands and lock it until the commit; what hangs on it is read anew when it is asked for."""
    model = type(thing)
    session.scalar(
        select(model)
        .where(model.id == thing.id)
        .options(lazyload("*"))  # PostgreSQL locks no row that an outer join may not find
        .with_for_update()
        .execution_options(populate_existing=True)
    )
