"""A forum drafted through the served product, at the size that fits every run."""

from __future__ import annotations

import pytest

from tests.conftest import ENGINE
from tests.proof.drafting import TURNS, trial
from tests.proof.ground import ground

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
DATABASE = "SQLite" if ENGINE == "sqlite" else "PostgreSQL"


def test_a_forum_is_drafted_whole_whatever_befalls_engine_and_worker_and_no_page_waits() -> None:
    with ground(DATABASE, migrated=True) as made:
        outcome = trial(made, 16, TURNS + 1, 2, 7, hurry=True)
    assert outcome.whole, outcome
    assert outcome.texts == 16 * 3
    assert outcome.kills >= TURNS
    # An engine that is silent keeps a worker for twenty seconds; what follows is how busy this machine may be.
    assert outcome.while_slow.longest < 5000
    assert outcome.while_slow.answers == 2 * 7 * TURNS
    assert outcome.asked < 5000
    assert (outcome.slow, outcome.gone) < (10, 10)
