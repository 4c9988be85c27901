"""What leaves, at the size that fits every run; the controls show that a leak would be seen."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.drafting.queries import texts
from forum.ports.engines.calling import Caller
from tests.conftest import START
from tests.gates.standing import ROOMS_OF_LANGUAGES
from tests.gates.world import World
from tests.proof import leaving
from tests.translation.libre import libre
from tests.translation.silence import trapped

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def test_of_a_word_in_every_text_of_every_table_only_what_may_leave_arrives(app: Flask, world: World) -> None:
    outcome = leaving.trial(app, world, START, 15, 3)
    assert outcome.leaked == []
    assert outcome.arrived == outcome.allowed > 15
    assert outcome.asked > 5 * outcome.allowed
    assert outcome.tables > 150
    assert len(outcome.untried) < 20, outcome.untried


def test_without_the_gates_the_words_would_be_seen(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts.Outgoing, "refusal", lambda *_asked: None)
    outcome = leaving.trial(app, world, START, 5, 3)
    assert len(outcome.leaked) > 50
    assert {place.partition(".")[0] for place in outcome.leaked} >= {"agenda_session", "forum", "city_profile"}


@pytest.mark.once
def test_with_no_engine_set_nothing_is_sent_by_any_page_form_or_job(app: Flask, world: World) -> None:
    outcome = leaving.silence(app, world, START, ("organiser", "translator"), ROOMS_OF_LANGUAGES | {"agenda", "events"})
    assert outcome.spoken == []
    assert outcome.asked > 15
    assert outcome.records > 250


def test_the_trap_sees_a_call() -> None:
    with libre() as server:
        caller = Caller(f"{server.url}/translate")
        with trapped() as spoken, pytest.raises(Exception, match="Connection"):
            caller.post({"q": ["text"]})
        assert spoken
        assert server.got == []
