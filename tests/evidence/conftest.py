"""The chain that the tests of this room speak of."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from tests.cast import Cast
from tests.evidence.chain import Chain, chain


@pytest.fixture
def laid(cast: Cast, writing: None) -> Chain:
    """The chain, in an open write transaction."""
    return chain(cast)


@pytest.fixture
def kept(app: Flask, cast: Cast) -> Chain:
    """The chain, committed, for pages."""
    with app.app_context():
        begin_writing()
        made = chain(cast)
        session.commit()
        session.remove()
    return made
