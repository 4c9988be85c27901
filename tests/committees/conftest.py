"""The catalogue, loaded once and brought back for each test."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import START, FixedClock, Slate, again
from tests.standards.ground import furnish


@pytest.fixture(scope="session")
def the_catalogue(application: Flask, slate: Slate, the_cast: Cast) -> Cast:
    """The seeds in the cast's database, loaded once."""
    slate.bring("cast")
    with application.app_context():
        furnish(again(the_cast), START)
    slate.keep("catalogue")
    return the_cast


@pytest.fixture
def catalogue(app: Flask, slate: Slate, the_catalogue: Cast, clock: FixedClock) -> Cast:
    """The cast with the catalogue."""
    clock.at = START
    slate.bring("catalogue")
    return again(the_catalogue)
