"""Fixtures that every test shares: the application on a real database, the standing cast, a fixed clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from forum import config
from forum.application import create_app
from forum.core.database import Base, begin_writing, db, session
from tests.cast import Cast, Client, summon
from tests.services import postgresql_cluster

ENGINE = os.environ.get("FORUM_TEST_DATABASE", "sqlite")
START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        """Move on, by the arguments of ``timedelta``."""
        self.at += timedelta(**span)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of this worker: a SQLite file, or a database of a real PostgreSQL server."""
    if ENGINE == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'forum.db'}"
        return
    with postgresql_cluster() as cluster:
        yield cluster.create_database("forum_test")


@pytest.fixture(scope="session")
def clock() -> FixedClock:
    """The clock of the application."""
    return FixedClock()


@pytest.fixture(scope="session")
def application(database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, once for each worker."""
    settings = config.from_environment(
        {
            "FORUM_DATA": str(tmp_path_factory.mktemp("data")),
            "FORUM_DATABASE_URL": database_url,
            "FORUM_BASE_URL": "http://forum.test",
            "FORUM_TESTING": "1",
            "FORUM_LOG_LEVEL": "ERROR",
        }
    )
    app = create_app(settings, clock=clock)
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        Base.metadata.create_all(db.engine)
        if ENGINE == "sqlite":
            path = _sqlite_path(database_url)
            db.engine.dispose()
            shutil.copy(path, path.with_suffix(".empty"))
    yield app
    with app.app_context():
        session.remove()
        db.engine.dispose()


def _sqlite_path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _empty(app: Flask, url: str) -> None:
    """Give the test an empty database with its full schema."""
    with app.app_context():
        session.remove()
        app.extensions["forum.public_bodies"].forget()
        app.extensions.pop("forum.conflicts_counted", None)
        if ENGINE == "sqlite":
            db.engine.dispose()
            path = _sqlite_path(url)
            for leftover in ("-wal", "-shm"):
                Path(f"{path}{leftover}").unlink(missing_ok=True)
            shutil.copy(path.with_suffix(".empty"), path)
            return
        names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with db.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def app(application: Flask, database_url: str, clock: FixedClock) -> Flask:
    """The application on an empty database, at the start of the story."""
    clock.at = START
    _empty(application, database_url)
    return application


@pytest.fixture
def writing(app: Flask) -> Iterator[None]:
    """An open write transaction for operations called without a request."""
    with app.app_context():
        begin_writing()
        yield
        session.rollback()
        session.remove()


@pytest.fixture
def cast(app: Flask, clock: FixedClock) -> Cast:
    """The standing cast around one forum, and a second forum that must never leak into it."""
    with app.app_context():
        return summon(app, clock())


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Somebody who isn't signed in."""
    app.test_client_class = Client
    return app.test_client()
