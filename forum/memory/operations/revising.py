"""Every change of the memory takes the next revision first: its row is the lock under which revisions come in order."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite

from forum.core.database import session
from forum.core.identifiers import secret_token
from forum.memory.models import MemoryState
from forum.memory.queries.shelf import NAME, note_change


def next_revision() -> int:
    """Return the revision of the change that begins; others who change the memory wait until the commit.

    Whoever also writes the audit does so before: every transaction takes these two locks in the same order.
    """
    note_change()
    dialect = session.get_bind().dialect.name
    upsert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(MemoryState)
    stamp = secret_token()[:32]
    statement = (
        upsert.values(name=NAME, revision=1, epoch=stamp, stamp=stamp)
        .on_conflict_do_update(
            index_elements=["name"], set_={"revision": MemoryState.revision + 1, "stamp": upsert.excluded.stamp}
        )
        .returning(MemoryState.revision)
    )
    return int(session.execute(statement, execution_options={"synchronize_session": False}).scalar_one())
