"""Every term of the product's glossary in a sentence of each kind."""

from __future__ import annotations

import pytest

from forum.terms.rules import checking
from tests.proof import wording


def test_every_term_is_found_right_missing_bad_and_longest() -> None:
    outcome = wording.trial(2, 3)
    assert outcome.faults == []
    assert outcome.concepts > 70
    kinds = {"right", "plural", "plural missing", "missing", "longest", "forbidden", "deprecated"}
    assert set(outcome.checked) == kinds


def test_a_check_that_takes_the_first_word_for_the_longest_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "longest", list)
    assert any(fault.startswith("longest") for fault in wording.trial(1, 3).faults)
