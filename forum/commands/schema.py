"""Bringing a database to the schema of this version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from forum.paths import MIGRATIONS

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_REVISION = re.compile(r"^(?P<number>\d{4})_")


class ForeignDatabase(Exception):
    """The database holds tables, but not ours, or of a newer version than this one."""


def _configured(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def head() -> str:
    """Return the newest revision that this version knows."""
    found = ScriptDirectory.from_config(_configured()).get_current_head()
    if found is None:
        message = f"there are no migrations in {MIGRATIONS}"
        raise ForeignDatabase(message)
    return found


def current(engine: Engine) -> str | None:
    """Return the revision of a database, or None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _altering(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be made anew.

    SQLite alters a table by dropping it, and with foreign keys on that deletes what hangs on it.  So they are off
    meanwhile, and checked before the commit.  Source: SQLite, "Making Other Kinds Of Table Schema Changes".
    """
    with engine.execution_options(writing=True).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.dbapi_connection
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite and (lost := connection.execute(text("PRAGMA foreign_key_check")).first()):
                    message = f"a row of {lost[0]} would lose the row of {lost[2]} that it belongs to"
                    raise ForeignDatabase(message)
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


def upgrade(engine: Engine, to: str = "head") -> bool:
    """Bring a database to the newest schema, or to an earlier revision; return whether there was anything to do.

    A killed upgrade leaves the schema as it was: each runs in one transaction on both engines.
    Raises ``ForeignDatabase`` rather than touch a database that isn't ours.
    """
    with _altering(engine) as connection:
        if connection.dialect.name == "postgresql":
            # Two machines may start at once; the second waits, then finds nothing to do.
            connection.execute(text("SELECT pg_advisory_xact_lock(7340001)"))
        found = MigrationContext.configure(connection).get_current_revision()
        if found == head():
            return False
        if found is None and set(inspect(connection).get_table_names()) - {"alembic_version"}:
            raise ForeignDatabase("this database holds other tables; give Forum one of its own")
        known = {script.revision for script in ScriptDirectory.from_config(_configured()).walk_revisions()}
        if found is not None and found not in known:
            message = f"this database was made by a newer version of Forum (revision {found})"
            raise ForeignDatabase(message)
        command.upgrade(_configured(connection), to)
    return True


def revise(engine: Engine, sentence: str) -> Path:
    """Write a new migration from what the models have and the database has not; return its path."""
    names = [path.name for path in MIGRATIONS.glob("versions/*.py")]
    numbers = [int(found["number"]) for name in names if (found := _REVISION.match(name))]
    number = f"{max(numbers, default=0) + 1:04}"
    slug = re.sub(r"[^a-z0-9]+", "_", sentence.casefold()).strip("_")[:40]
    with engine.execution_options(writing=True).begin() as connection:
        configured = _configured(connection)
        configured.set_main_option("file_template", f"{number}_{slug}")
        made = command.revision(configured, message=sentence.rstrip("."), autogenerate=True, rev_id=number)
    if made is None or isinstance(made, list):
        raise ForeignDatabase("no migration was written")
    path = Path(made.path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.strip().startswith("# ###")))
    return path
