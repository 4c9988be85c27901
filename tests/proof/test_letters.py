"""Mail whose sender is killed, at the size that fits every run; ``make proof`` sends 2,000 with 100 kills."""

from __future__ import annotations

import pytest

from tests.conftest import ENGINE
from tests.proof.ground import ground
from tests.proof.letters import trial

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_no_mail_is_lost_and_a_doubled_one_has_the_same_id() -> None:
    with ground("SQLite" if ENGINE == "sqlite" else "PostgreSQL") as made:
        outcome = trial(made, mails=120, kills=3, seed=3)
    assert outcome.kills
    assert (outcome.lost, outcome.stuck, outcome.under_two_ids) == (0, 0, 0)
    assert outcome.doubled <= outcome.kills
