"""The trial of a killed import at a small size; ``make proof`` does it with 80,000 rows and 20 kills."""

from __future__ import annotations

from tests.conftest import ENGINE
from tests.proof import importing


def test_an_import_that_was_killed_comes_to_the_same_end() -> None:
    engine = "SQLite" if ENGINE == "sqlite" else "PostgreSQL"
    outcome = importing.trial(engine, 1_500, 3, seed=11, batch=100, also_later=False)
    assert outcome.differences == []
    assert outcome.kills == 3
    assert outcome.resumed >= 1
    assert (outcome.repeated["new"], outcome.repeated["changed"]) == (0, 0)
