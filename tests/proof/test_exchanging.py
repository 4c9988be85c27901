"""Files of translators' tools at the size that fits every run."""

from __future__ import annotations

from tests.proof import exchanging


def test_files_come_back_as_they_were_and_what_is_broken_or_hostile_is_refused() -> None:
    outcome = exchanging.trial(15, 4)
    assert outcome.faults == []
    assert outcome.written == outcome.alike == 45
    assert min(outcome.broken["read"], outcome.broken["refused"]) > 5
    assert outcome.hostile == 14 * 3
    assert outcome.longest < exchanging.PATIENCE
