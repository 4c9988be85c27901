"""The server is killed while people register; ``make proof`` does the same 200 times."""

from __future__ import annotations

import pytest

from tests.conftest import ENGINE
from tests.proof.ground import ground
from tests.proof.kills import trial

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def test_what_was_acknowledged_is_there_and_whole_however_often_the_server_dies() -> None:
    with ground("SQLite" if ENGINE == "sqlite" else "PostgreSQL", migrated=True) as made:
        outcome = trial(made, kills=3, seed=3, visitors=4)
    assert outcome.kills == 3
    assert outcome.finished, "somebody came to the end"
    assert outcome.sent_again, "somebody's answer did not come"
    assert (outcome.lost, outcome.half, outcome.twice, outcome.gave_up) == ([], [], [], [])
    assert outcome.differences == 0, "the counters say what the rows say"
    assert outcome.integrity in {"ok, audit whole", "audit whole"}
