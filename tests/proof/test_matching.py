"""Matching at the size that fits every run; ``make proof`` does the same with five hundred cities a side."""

from __future__ import annotations

import pytest

from tests.proof.matching import MEMORY, trial

pytestmark = [pytest.mark.slow, pytest.mark.once]


def test_many_matchings_have_no_fault_and_come_out_the_same_from_every_order() -> None:
    outcome = trial(100, 100, matchings=6, seed=11)
    assert outcome.measured.pairs == 10_000
    assert outcome.measured.megabytes < MEMORY
    assert (outcome.checked, outcome.faulty, outcome.unequal) == (6, 0, 0)
    assert outcome.made > 20
