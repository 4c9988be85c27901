"""A committee with its standards, and somebody who follows."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.watching.following import Followed, followed


@pytest.fixture
def world(cast: Cast, writing: None) -> Followed:
    """The committee and its standards, in an open write transaction."""
    return followed(cast)
