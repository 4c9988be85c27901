"""No random walk of random people leaves the table; the large one is a trial of its own."""

from __future__ import annotations

import pytest

from forum.core.database import session
from forum.partnerships.operations import performing
from forum.partnerships.rules import guards
from forum.partnerships.states import VersionState
from tests.partnerships.people import World, act, agreed
from tests.proof.walks import Walk

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_no_random_walk_leaves_the_table(seed: int) -> None:
    outcome = Walk(seed).go(250)
    assert outcome.faults == []
    assert outcome.taken > 25
    assert outcome.reached <= set(VersionState)


def test_the_walk_would_notice_a_self_approval(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk(3)
    of: World = walk.of
    both = of.officer(("city_liaison", "Wenzhou"), ("city_lead", "Wenzhou"))
    of.officers["liaison"] = both
    version = agreed(of)
    monkeypatch.setattr(guards, "one_capacity", lambda *_: None)
    monkeypatch.setattr(performing, "note_hand", lambda *_, **__: None)
    act(version, "endorse", both)
    walk._nobody_approves_their_own(version)
    assert walk.outcome.faults == ["somebody decided about what they drafted"]


def test_the_walk_would_notice_a_state_outside_of_the_table() -> None:
    walk = Walk(4)
    version = agreed(walk.of)
    version.state = VersionState.COMPLETED
    session.flush()
    walk._whole(version)
    assert "the record ends in another state" in walk.outcome.faults
