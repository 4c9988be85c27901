"""Random walks at the size that fits every run; ``make proof`` takes 10,000 on each database."""

from __future__ import annotations

import pytest

from forum.partnerships.states import VersionState
from tests.conftest import ENGINE
from tests.proof.ground import ground
from tests.proof.walks import trial

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def test_no_random_walk_leaves_the_table() -> None:
    with ground("SQLite" if ENGINE == "sqlite" else "PostgreSQL", migrated=True) as made:
        outcome = trial(made, walks=24, seed=1)
    assert outcome.faults == []
    assert outcome.walks == 25
    assert outcome.taken > 20
    assert outcome.reached <= set(VersionState)
    assert outcome.refused["UnlawfulAction"] > 20
    assert outcome.refused["DraftedIt"] + outcome.refused["ActedAlready"] > 0, "and somebody tried to approve their own"
