"""The demonstration, for the gates that walk through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from forum.web.limits import limiter
from tests.demonstration import copied, opened, prepared


@pytest.fixture(scope="session")
def demonstration_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The loaded demonstration, which nobody changes."""
    base = tmp_path_factory.getbasetemp()
    return prepared(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def demonstration(demonstration_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on this worker's own copy of it."""
    return opened(copied(demonstration_folder, tmp_path_factory.mktemp("copy") / "data"))


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
