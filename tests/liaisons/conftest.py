"""The committees that the tests of this room speak of."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.liaisons.committees import Desk, found


@pytest.fixture
def desk(cast: Cast, writing: None) -> Desk:
    """The committees with who acts for them, in an open write transaction."""
    found(cast)
    return Desk(cast)
