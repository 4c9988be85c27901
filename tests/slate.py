"""Database and files of the tests, brought back to a known state before each: empty, or with the cast in it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from flask import Flask
from psycopg.sql import SQL, Identifier

from forum.core.database import Base, db, session
from tests.shelf import Shelf


class SqliteSlate:
    """A file that is laid over the one in use."""

    def __init__(self, app: Flask, url: str) -> None:
        self._app = app
        self._path = Path(url.removeprefix("sqlite:///"))
        self._shelf = Shelf(app)
        self._brought = ""
        self.keep("empty")

    def keep(self, name: str) -> None:
        """Remember the present state under a name."""
        with self._app.app_context():
            session.remove()
            self._app.extensions["forum.public_bodies"].forget()
            db.engine.dispose()  # whoever closes last writes the log into the file
        shutil.copy(self._path, self._kept(name))
        self._shelf.keep(name)
        self._brought = ""

    def bring(self, name: str) -> None:
        """Bring a remembered state back; whoever only read left it as it is."""
        self._shelf.bring(name)
        with self._app.app_context():
            session.remove()
            self._app.extensions["forum.public_bodies"].forget()
            if self._brought == name and not self._written():
                return
            db.engine.dispose()
        self._brought = name
        for leftover in ("-wal", "-shm"):
            Path(f"{self._path}{leftover}").unlink(missing_ok=True)
        shutil.copy(self._kept(name), self._path)

    def close(self) -> None:
        """Let go of the database."""

    def _written(self) -> bool:
        """Whether anything was written since: it stands in the log, until the last connection is closed."""
        log = Path(f"{self._path}-wal")
        return not log.exists() or log.stat().st_size > 0

    def _kept(self, name: str) -> Path:
        return self._path.with_suffix(f".{name}")


@dataclass
class _State:
    rows: dict[str, bytes] = field(default_factory=dict)
    sequences: list[tuple[int, int, bool]] = field(default_factory=list)


class PostgresqlSlate:
    """Rows that are deleted and copied back: emptying a hundred tables by TRUNCATE takes ten times as long."""

    def __init__(self, app: Flask, url: str) -> None:
        self._app = app
        self._tables = [table.name for table in Base.metadata.sorted_tables]
        self._asked = SQL(" UNION ALL ").join(
            SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(table, Identifier(table)) for table in self._tables
        )
        self._connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
        # Rows go and come without their triggers and foreign keys, which hold before and after.
        self._connection.execute("SET session_replication_role = replica")
        self._states: dict[str, _State] = {}
        self._shelf = Shelf(app)
        self._brought, self._transactions = "", 0
        self.keep("empty")

    def keep(self, name: str) -> None:
        """Remember the present state under a name."""
        state = _State()
        with self._connection.cursor() as cursor:
            for table in self._filled():
                with cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as lines:
                    state.rows[table] = b"".join(bytes(line) for line in lines)
            names = cursor.execute("SELECT oid, relname FROM pg_class WHERE relkind = 'S'").fetchall()
            for oid, sequence in names:
                last = cursor.execute(
                    SQL("SELECT last_value, is_called FROM {}").format(Identifier(sequence))
                ).fetchone()
                assert last is not None
                state.sequences.append((oid, *last))
        self._states[name] = state
        self._shelf.keep(name)
        self._brought = ""

    def bring(self, name: str) -> None:
        """Bring a remembered state back; whoever only read left it as it is."""
        self._shelf.bring(name)
        with self._app.app_context():
            session.remove()
            self._app.extensions["forum.public_bodies"].forget()
        if self._brought == name and self._transactions == self._next_transaction():
            return
        state = self._states[name]
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for table in self._filled():
                cursor.execute(SQL("DELETE FROM {}").format(Identifier(table)))
            for table, lines in state.rows.items():
                with cursor.copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as into:
                    into.write(lines)
            oids, values, called = zip(*state.sequences, strict=True)
            cursor.execute(
                "SELECT setval(oid::regclass, value, called)"
                " FROM unnest(%s::oid[], %s::bigint[], %s::boolean[]) AS each (oid, value, called)",
                [list(oids), list(values), list(called)],
            )
        self._brought, self._transactions = name, self._next_transaction()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _next_transaction(self) -> int:
        """The number of the next transaction that writes; each that wrote took one, even if it was undone."""
        asked = self._connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
        assert asked is not None
        return int(asked[0])

    def _filled(self) -> list[str]:
        return [row[0] for row in self._connection.execute(self._asked)]
