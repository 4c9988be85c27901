"""The migrations lead to the same database as the models, on the engine under test."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text

from forum.commands import schema
from forum.core.database import Base, tune_sqlite
from forum.paths import MIGRATIONS
from forum.standards import search_index
from forum.tables import metadata
from tests.conftest import ENGINE
from tests.services import postgresql_cluster

TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid) "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal ORDER BY t.tgname",
}


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Two empty databases of the engine under test."""
    if ENGINE == "sqlite":
        folder = tmp_path_factory.mktemp("migrations")
        yield f"sqlite:///{folder / 'first.db'}", f"sqlite:///{folder / 'second.db'}"
        return
    with postgresql_cluster() as cluster:
        yield cluster.create_database("first"), cluster.create_database("second")


def opened(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)
    return engine


@pytest.fixture(scope="module")
def upgraded(urls: tuple[str, str]) -> Iterator[Engine]:
    engine = opened(urls[0])
    assert schema.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def created(urls: tuple[str, str]) -> Iterator[Engine]:
    engine = opened(urls[1])
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_the_upgraded_schema_is_the_one_of_the_models(upgraded: Engine) -> None:
    with upgraded.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _of_the_models})
        differences = [found for found in compare_metadata(context, metadata) if not _only_our_types(found)]
    assert differences == []


def _of_the_models(name: str | None, _kind: str, _parents: object) -> bool:
    """Leave out the index of the search, which each database keeps in its own way."""
    return name not in search_index.NAMES


def _only_our_types(found: object) -> bool:
    """Tell whether a difference is only how our own column types are called."""
    first = found[0] if isinstance(found, list) else found
    return isinstance(first, tuple) and first[0] == "modify_type" and str(first[5]) == str(first[6])


def test_the_same_tables_refuse_to_be_changed(upgraded: Engine, created: Engine) -> None:
    found = []
    for engine in (upgraded, created):
        with engine.connect() as connection:
            rows = connection.execute(text(TRIGGERS[engine.dialect.name])).all()
            found.append([tuple(" ".join(str(value).split()) for value in row) for row in rows])
    assert found[0] == found[1]
    assert {row[1] for row in found[0]} >= {"audit_entry", "agenda_release", "agenda_change"}


def test_an_upgrade_repeated_does_nothing(upgraded: Engine) -> None:
    assert schema.current(upgraded) == schema.head()
    assert not schema.upgrade(upgraded)


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    engine = opened(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE accounts (id INTEGER)"))
    with pytest.raises(schema.ForeignDatabase, match="other tables"):
        schema.upgrade(engine)
    engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    engine = opened(f"sqlite:///{tmp_path / 'newer.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    with pytest.raises(schema.ForeignDatabase, match="newer version"):
        schema.upgrade(engine)
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "migrations"
    (copy / "versions").mkdir(parents=True)
    for path in [MIGRATIONS / "env.py", *MIGRATIONS.glob("versions/*.py")]:
        target = copy / path.relative_to(MIGRATIONS)
        target.write_text(path.read_text())
    last = schema.head()
    (copy / "versions" / "9000_broken.py").write_text(
        f"from alembic import op\nrevision = '9000'\ndown_revision = '{last}'\n"
        "def upgrade():\n    op.execute('CREATE TABLE half (id INTEGER)')\n    raise RuntimeError('cut')\n"
    )
    monkeypatch.setattr(schema, "MIGRATIONS", copy)
    engine = opened(f"sqlite:///{tmp_path / 'fresh.db'}")
    with pytest.raises(RuntimeError, match="cut"):
        schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one() == 0
    engine.dispose()


@pytest.mark.once
def test_an_up_to_date_database_is_recognised_without_the_migrations_library(tmp_path: Path) -> None:
    probe = (
        "import sys\n"
        "from forum.commands import opening\n"
        "found = opening.settings()\n"
        "print(opening.prepare(found), 'alembic' in sys.modules)\n"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(MIGRATIONS.parent), "FORUM_DATA": str(tmp_path)}

    def run() -> str:
        return subprocess.run(
            [sys.executable, "-c", probe],
            cwd=MIGRATIONS.parent,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert run() == "True True"
    assert run() == "False False"


def test_what_hangs_on_a_table_outlives_its_alteration(tmp_path: Path) -> None:
    engine = opened(f"sqlite:///{tmp_path / 'earlier.db'}")
    schema.upgrade(engine, to="0005")
    with sqlite3.connect(tmp_path / "earlier.db") as connection:  # without foreign keys, as sqlite3 begins
        known = {"id": 1, "partnership_id": 1, "activity_id": 1, "transferred_to": "Office", "number": 3, "women": 1}
        for table in ("partnership", "activity", "activity_participants"):
            _insert(connection, table, {**known, "begins_at": "2027-03-01", "ends_at": "2027-03-02"})
    schema.upgrade(engine)
    with engine.connect() as reading:
        assert reading.execute(text("SELECT number FROM activity_participants")).all() == [(3,)]
        assert reading.execute(text("SELECT remark_domestic FROM activity")).all() == [("Office",)]
        assert reading.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    engine.dispose()


def _insert(connection: sqlite3.Connection, table: str, known: dict[str, object]) -> None:
    """Insert a row with these values and something in every other column that must not be empty."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    row = {name: known.get(name, "") for _n, name, _kind, needed, _default, _key in columns if needed or name in known}
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
