"""Writers on SQLite: each waits for its turn, and says so when it doesn't come."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from forum.core import database

pytestmark = pytest.mark.once

WRITERS, ROUNDS = 8, 12


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A database with one counter."""
    with sqlite3.connect(tmp_path / "writers.db") as connection:
        connection.execute("CREATE TABLE counter (value INTEGER)")
        connection.execute("INSERT INTO counter VALUES (0)")
    return f"sqlite:///{tmp_path / 'writers.db'}"


def _count(address: str, rounds: int, waits: list[float]) -> None:
    engine = create_engine(address)
    database.tune_sqlite(engine)
    for _round in range(rounds):
        asked = time.monotonic()
        with engine.execution_options(writing=True).begin() as connection:
            waits.append(time.monotonic() - asked)
            value = connection.exec_driver_sql("SELECT value FROM counter").scalar_one()
            time.sleep(0.002)  # long enough for another writer to slip in between, were it let
            connection.exec_driver_sql("UPDATE counter SET value = ?", (value + 1,))
    engine.dispose()


def test_many_writers_all_get_their_turn_and_none_overwrites_another(address: str) -> None:
    waits: list[float] = []
    writers = [threading.Thread(target=_count, args=(address, ROUNDS, waits)) for _writer in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert len(waits) == WRITERS * ROUNDS
    with sqlite3.connect(address.removeprefix("sqlite:///")) as connection:
        assert connection.execute("SELECT value FROM counter").fetchone() == (WRITERS * ROUNDS,)


def test_a_writer_whose_turn_does_not_come_gives_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    holder = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    engine = create_engine(address)
    database.tune_sqlite(engine)
    with pytest.raises(OperationalError, match="locked"), engine.execution_options(writing=True).begin():
        pass
    holder.execute("ROLLBACK")
    with engine.execution_options(writing=True).begin() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 50
    holder.close()
    engine.dispose()
