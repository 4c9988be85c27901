"""The demonstration, for the gates that walk through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from forum.core.bilingual import Language
from forum.core.database import session
from forum.web.limits import limiter
from tests.cast import Cast
from tests.conftest import START, Slate, again
from tests.demonstration import copied, opened
from tests.gates.drafted import Drafted, planted
from tests.gates.world import World, furnish

Draft = tuple[Flask, Drafted]


@pytest.fixture(scope="session")
def demonstration(demonstration_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on this worker's own copy of it."""
    return opened(copied(demonstration_folder, tmp_path_factory.mktemp("copy") / "data"))


@pytest.fixture(scope="session")
def drafted(demonstration_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Draft]:
    """By language: a copy of the demonstration in which machines wrote it, made when it is first asked for."""

    @cache
    def made(language: Language) -> Draft:
        app = opened(copied(demonstration_folder, tmp_path_factory.mktemp("drafted") / "data"))
        return app, planted(app, language)

    return made


@pytest.fixture
def calm(app: Flask) -> Iterator[Flask]:
    """The application as people meet it: its own faults are pages with status 500, not exceptions."""
    settings, testing = app.extensions["forum.settings"], app.config["TESTING"]
    app.extensions["forum.settings"] = replace(settings, testing=False)
    app.config["TESTING"] = False
    limited, limiter.enabled = limiter.enabled, False
    yield app
    limiter.enabled = limited
    app.extensions["forum.settings"] = settings
    app.config["TESTING"] = testing


@pytest.fixture(scope="session")
def the_world(application: Flask, slate: Slate, the_cast: Cast) -> World:
    """The cast with everything that addresses name, made once; its rows are brought back for each test."""
    slate.bring("cast")
    with application.app_context():
        made = furnish(application, again(the_cast), START)
        session.remove()
    slate.keep("world")
    return made


@pytest.fixture
def world(calm: Flask, cast: Cast, slate: Slate, the_world: World) -> World:
    """Everything that addresses name, in the database under test."""
    slate.bring("world")
    return World(again(the_world.cast), {side: dict(known) for side, known in the_world.values.items()})
