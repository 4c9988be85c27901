"""What the attacks share: the application as people meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask


@pytest.fixture
def calm(app: Flask) -> Iterator[Flask]:
    """The application whose own faults are pages with status 500, not exceptions."""
    settings, testing = app.extensions["forum.settings"], app.config["TESTING"]
    app.extensions["forum.settings"] = replace(settings, testing=False)
    app.config["TESTING"] = False
    yield app
    app.extensions["forum.settings"] = settings
    app.config["TESTING"] = testing
