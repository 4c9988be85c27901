"""Seats under many processes, at the size that fits every run; ``make proof`` does the same with 10,000 tries."""

from __future__ import annotations

import pytest

from tests.conftest import ENGINE
from tests.proof.ground import ground
from tests.proof.seats import trial

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
DATABASE = "SQLite" if ENGINE == "sqlite" else "PostgreSQL"


def test_many_processes_sell_exactly_the_seats_that_there_are() -> None:
    with ground(DATABASE) as made:
        outcome = trial(made, tries=150, cap=30, processes=4)
    assert (outcome.seated, outcome.waiting, outcome.registered) == (30, 120, 150)
    assert outcome.errors == 0
    assert outcome.differences == 0, "the counters say what the rows say"


def test_a_form_sent_twice_registers_once_and_is_answered_alike() -> None:
    with ground(DATABASE) as made:
        outcome = trial(made, tries=60, cap=500, processes=2)
    assert (outcome.sent, outcome.registered, outcome.mails) == (80, 60, 60)
    assert outcome.unequal_repeats == 0


def test_without_the_guard_too_many_seats_are_sold() -> None:
    with ground(DATABASE) as made:
        outcome = trial(made, tries=150, cap=30, processes=4, guarded=False)
    assert outcome.seated > 30
