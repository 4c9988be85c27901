"""Fixtures that every test shares: the application on a real database, the standing cast, a fixed clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import copy
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum import config
from forum.application import create_app
from forum.core.database import Base, begin_writing, db, session
from forum.site.demonstration import loading
from forum.web.limits import limiter
from tests.cast import Cast, Client, summon
from tests.demonstration import prepared
from tests.services import postgresql_cluster
from tests.slate import PostgresqlSlate, SqliteSlate

ENGINE = os.environ.get("FORUM_TEST_DATABASE", "sqlite")
Slate = SqliteSlate | PostgresqlSlate
FULLER = frozenset({"the_cast", "the_demonstration"})  # whoever asks for these is brought more than an empty state
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
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    app.extensions["forum.public_bodies"].forget()
    with app.app_context():
        session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def slate(application: Flask, database_url: str) -> Iterator[Slate]:
    """What brings the database back to a known state."""
    made = SqliteSlate(application, database_url) if ENGINE == "sqlite" else PostgresqlSlate(application, database_url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def the_cast(application: Flask, slate: Slate) -> Cast:
    """The standing cast as it was summoned once; its rows are brought back for each test."""
    slate.bring("empty")
    with application.app_context():
        made = summon(application, START)
    slate.keep("cast")
    return made


@pytest.fixture
def app(application: Flask, slate: Slate, clock: FixedClock, request: pytest.FixtureRequest) -> Flask:
    """The application on an empty database, unless something is asked for beside it, at the start of the story."""
    clock.at = START
    application.extensions.pop("forum.conflicts_counted", None)
    limiter.enabled = False  # one for all applications of a process: another test's may have switched it on
    if FULLER.isdisjoint(request.fixturenames):
        slate.bring("empty")
    return application


@pytest.fixture
def writing(app: Flask) -> Iterator[None]:
    """An open write transaction for operations called without a request."""
    with app.app_context():
        begin_writing()
        yield
        session.rollback()
        session.remove()


def again(cast: Cast) -> Cast:
    """Return the cast as one test may change it."""
    own = copy(cast)
    for each in fields(own):
        if isinstance(value := getattr(own, each.name), dict):
            setattr(own, each.name, dict(value))
    return own


@pytest.fixture
def cast(app: Flask, slate: Slate, the_cast: Cast, request: pytest.FixtureRequest) -> Cast:
    """The standing cast around one forum, and a second forum that must never leak into it."""
    if "the_world" not in request.fixturenames:
        slate.bring("cast")
    return again(the_cast)


@pytest.fixture(scope="session")
def the_demonstration(application: Flask, slate: Slate) -> None:
    """The demonstration, loaded once; its rows are brought back for each test."""
    slate.bring("empty")
    with application.app_context():
        loading.load(application, now=START)
    slate.keep("demonstration")


@pytest.fixture
def loaded(app: Flask, slate: Slate, the_demonstration: None) -> Iterator[Flask]:
    """The demonstration in the database under test."""
    slate.bring("demonstration")
    with app.app_context():
        yield app
        session.rollback()


@pytest.fixture(scope="session")
def demonstration_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration as ``forum demo`` loads it, once for all workers; nobody changes it."""
    base = tmp_path_factory.getbasetemp()
    return prepared(base if worker_id == "master" else base.parent)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Somebody who isn't signed in."""
    app.test_client_class = Client
    return app.test_client()
