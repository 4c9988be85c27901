"""The pair of cities that the tests of this room speak of."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.cooperation.pair import Pair, in_force


@pytest.fixture
def pair(cast: Cast, writing: None) -> Pair:
    """Hangzhou and Lyon, their agreement in force, in an open write transaction."""
    return in_force(cast)
