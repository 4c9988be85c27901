"""How a migration runs: on the connection that the command line hands over, in one transaction.

Started by ``forum migrate`` through ``forum.commands.schema``; there is no alembic.ini and no second place
that names the database.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import DateTime, String

from forum.core.database import Instant, WallTime, Word
from forum.standards.search_index import NAMES
from forum.tables import metadata


def _length(word: Word) -> int | None:
    impl = word.impl_instance
    return impl.length if isinstance(impl, String) else None


def plain_type(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that a migration never changes."""
    if kind != "type":
        return False
    if isinstance(value, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(value, WallTime):
        return "sa.DateTime()"
    if isinstance(value, Word):
        return f"sa.String(length={_length(value)})"
    return False


def differs(_context: Any, _inspected: Any, _column: Any, found: Any, wanted: Any) -> bool | None:
    """Compare our own column types by what they are in the database; leave the others to Alembic."""
    if isinstance(wanted, Word):
        return not (isinstance(found, String) and found.length == _length(wanted))
    if isinstance(wanted, Instant | WallTime):
        return not isinstance(found, DateTime)
    return None


def ours(name: str | None, _kind: str, _parents: Any) -> bool:
    """Leave the index of words alone: it is made and taken away by its own module, not compared with the models."""
    return name not in NAMES


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=differs,
    render_item=plain_type,
    user_module_prefix="sa.",
    include_name=ours,
)
with context.begin_transaction():
    context.run_migrations()
