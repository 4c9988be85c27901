"""Numbers that are given once and never again."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite

from forum.core.database import session
from forum.partnerships.models import Numbering


def next_number(prefix: str, year: int) -> str:
    """Take the next number of a year, such as ``P-2026-0042``; a taken number isn't given back."""
    key = f"{prefix}-{year}"
    upsert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(Numbering)
    taken = session.execute(
        upsert.values(key=key, last=1)
        .on_conflict_do_update(index_elements=["key"], set_={"last": Numbering.last + 1})
        .returning(Numbering.last)
    ).scalar_one()
    return f"{key}-{taken:04d}"
