"""The random walks would notice what they look for; they themselves are a trial of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from forum.partnerships.operations import performing
from forum.partnerships.rules import guards
from forum.partnerships.states import VersionState
from tests.partnerships.people import World, act, agreed
from tests.proof.walks import Walk


@pytest.fixture
def walk(app: Flask) -> Iterator[Walk]:
    with app.app_context():
        made = Walk(3)
        begin_writing()
        yield made
        session.rollback()
        session.remove()


def test_the_walk_would_notice_a_self_approval(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    of: World = walk.of
    both = of.officer(("city_liaison", "Wenzhou"), ("city_lead", "Wenzhou"))
    of.officers["liaison"] = both
    version = agreed(of)
    monkeypatch.setattr(guards, "one_capacity", lambda *_: None)
    monkeypatch.setattr(performing, "note_hand", lambda *_, **__: None)
    act(version, "endorse", both)
    walk._nobody_approves_their_own(version)
    assert walk.outcome.faults == ["somebody decided about what they drafted"]


def test_the_walk_would_notice_a_state_outside_of_the_table(walk: Walk) -> None:
    version = agreed(walk.of)
    version.state = VersionState.COMPLETED
    session.flush()
    walk._whole(version)
    assert "the record ends in another state" in walk.outcome.faults


def test_walks_leave_nothing_behind_but_the_one_that_is_kept(app: Flask) -> None:
    with app.app_context():
        walk = Walk(5)
        walk.go(4)
        assert not session.query(type(walk.cases[0])).count()
        walk.go_straight()
        assert session.query(type(walk.cases[0])).count()
        session.remove()
    assert walk.outcome.walks == 5
    assert walk.outcome.faults == []
