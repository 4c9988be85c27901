"""Key and text after the failures that differ most, at the size that fits every run."""

from __future__ import annotations

import pytest

from tests.conftest import ENGINE
from tests.proof import secrecy
from tests.proof.ground import ground

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
DATABASE = "SQLite" if ENGINE == "sqlite" else "PostgreSQL"
MODES = ("ok", "lost", "403", "503", "slow", "html", "redirect", "error-200", "gone", "fault")


def test_after_every_failure_of_every_engine_key_and_text_are_written_nowhere() -> None:
    with ground(DATABASE) as made:
        outcome = secrecy.trial(made, MODES)
    assert outcome.found == []
    assert outcome.calls == len(MODES) * len(secrecy.ENGINES)
    assert outcome.failures == outcome.calls - len(secrecy.ENGINES), "each mode but the first is a failure"
    assert outcome.places > 1000


def test_what_is_looked_for_would_be_found() -> None:
    outcome = secrecy.Outcome()
    lines = "one\nConnecting with canarykeydeepl7f3a\n{'q': ['CanaryText of Hangzhou']}"
    assert list(secrecy._in_lines("log", lines, outcome)) == ["log: canarykey", "log: canarytext"]
    assert outcome.places == 3
