"""The desk that the tests of this room speak of."""

from __future__ import annotations

import pytest

from forum.core.database import begin_writing, session
from tests.cast import Cast
from tests.comments import bench as making
from tests.comments.bench import Bench


@pytest.fixture
def bench(cast: Cast, writing: None) -> Bench:
    """A draft in national enquiry, in an open write transaction."""
    return making.furnish(cast)


@pytest.fixture
def kept(cast: Cast) -> Bench:
    """The same, committed, for tests that open pages."""
    with cast.app.app_context():
        begin_writing()
        made = making.furnish(cast)
        session.commit()
    return made
