"""The house that the tests of ballots speak of."""

from __future__ import annotations

import pytest

from forum.core.database import begin_writing, session
from tests.ballots import house as making
from tests.ballots.house import House
from tests.cast import Cast


@pytest.fixture
def house(cast: Cast, writing: None) -> House:
    """Two mirror committees and a draft under vote, in an open write transaction."""
    return making.furnish(cast)


@pytest.fixture
def kept(cast: Cast) -> House:
    """The same, committed, for tests that open pages."""
    with cast.app.app_context():
        begin_writing()
        made = making.furnish(cast)
        session.commit()
    return made
