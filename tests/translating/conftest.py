"""The house whose texts the desk holds beside those of forums."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from tests.cast import Cast
from tests.translating.rooms import House, furnish_house


@pytest.fixture
def house(app: Flask, cast: Cast) -> House:
    """Texts of partnerships, standards and cases, committed, for pages."""
    with app.app_context():
        begin_writing()
        made = furnish_house(cast)
        session.commit()
        session.remove()
    return made
