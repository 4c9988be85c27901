"""The memory at the size that fits every run; ``make proof`` does the same with fifty thousand segments."""

from __future__ import annotations

import pytest

from tests.proof.ground import ENGINES
from tests.proof.memory import PATIENCE, trial

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.mark.parametrize("engine", ENGINES)
def test_answers_come_at_once_and_are_those_of_scoring_everything(engine: str) -> None:
    outcome = trial(engine, 2000, asked=40, compared=25)
    assert (outcome.compared, outcome.unequal, outcome.examples) == (25, 0, [])
    assert outcome.answered >= 25
    assert outcome.computed < PATIENCE / 5
    assert outcome.median < outcome.brute
