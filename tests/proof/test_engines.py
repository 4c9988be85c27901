"""Drafts through a damaging engine and through killed workers, at the size that fits every run."""

from __future__ import annotations

import pytest

from forum.translation import protection
from tests.conftest import ENGINE
from tests.proof.engines import WAYS, damage_trial, kill_trial
from tests.proof.ground import ground

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
DATABASE = "SQLite" if ENGINE == "sqlite" else "PostgreSQL"


def test_every_damage_is_mended_or_refused_and_none_is_written() -> None:
    with ground(DATABASE) as made:
        outcome = damage_trial(made, 150, 5)
    assert set(outcome.damages) == set(WAYS)
    assert min(outcome.damaged.values()) > 5, "each way was tried on several texts"
    assert outcome.written_with_loss == []
    assert outcome.written + outcome.refused == outcome.texts
    assert outcome.written > 30
    assert outcome.refused > 10


def test_without_the_report_of_losses_damaged_drafts_would_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "losses", lambda *_texts: ())
    monkeypatch.setattr(protection, "unmask", lambda text, vault: (protection_unmask(text, vault), ()))
    with ground(DATABASE) as made:
        outcome = damage_trial(made, 60, 5)
    assert len(outcome.written_with_loss) > 10


def protection_unmask(text: str, vault: tuple[str, ...]) -> str:
    """What putting the tokens back comes to when nobody counts them."""
    return protection.TOKEN.sub(lambda found: vault[int(found.group(1)) % len(vault)] if vault else "", text)


def test_no_draft_is_lost_or_doubled_when_workers_are_killed() -> None:
    with ground(DATABASE) as made:
        outcome = kill_trial(made, 200, 8, 3)
    assert outcome.kills >= 2
    assert (outcome.lost, outcome.written_twice, outcome.wrong, outcome.failed) == (0, 0, 0, 0)
    assert outcome.sent >= outcome.texts
