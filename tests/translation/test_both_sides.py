"""Forms of other rooms hand over both sides: which is the original, and what becomes of reviews and drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forum.core.actor import Actor
from forum.core.bilingual import Text, TextState, other
from forum.core.database import session
from forum.evidence.models import Idea
from forum.evidence.states import Capacity
from forum.translation import operations, queries
from forum.translation.both_sides import write_both
from forum.translation.models import Origin
from tests.conftest import START

WRITER = Actor("account:writer", language="zh")
REVIEWER = Actor("account:reviewer")


def written(title: Text, problem: Text, by: Actor = WRITER) -> Idea:
    made = Idea(raised_on=date(2027, 1, 5), raised_as=Capacity.CITY)
    write_both(made, {"title": title, "problem": problem}, actor=by, now=START)
    session.add(made)
    session.flush()
    return made


def state(idea: Idea, field: str) -> TextState:
    return queries.state(idea, field, other(idea.source_lang), queries.states_of([idea]))


def again(idea: Idea, title: Text, problem: Text) -> None:
    write_both(idea, {"title": title, "problem": problem}, actor=WRITER, now=START)


@pytest.mark.usefixtures("writing")
class TestOriginals:
    """What is written first is the original, and stays so as long as it says anything."""

    def test_both_at_once_it_is_the_writers_language(self) -> None:
        assert written(Text("Quiet", "安静"), Text("Noise", "噪声")).source_lang == "zh"
        assert written(Text("Quiet", "安静"), Text("Noise", "噪声"), REVIEWER).source_lang == "en"

    def test_alone_it_is_the_language_that_is_there(self) -> None:
        assert written(Text("", "安静"), Text(), REVIEWER).source_lang == "zh"
        assert written(Text("Quiet"), Text()).source_lang == "en"

    def test_a_translation_that_comes_later_never_becomes_the_original(self) -> None:
        idea = written(Text("", "安静"), Text("", "噪声"), REVIEWER)
        again(idea, Text("Quiet", "安静"), Text("", "噪声"))
        assert (idea.source_lang, state(idea, "title"), state(idea, "problem")) == (
            "zh",
            TextState.HUMAN,
            TextState.MISSING,
        )

    def test_where_the_original_goes_the_other_language_takes_its_place(self) -> None:
        idea = written(Text("Quiet", "安静"), Text("Noise"), REVIEWER)
        again(idea, Text("", "安静"), Text())
        assert (idea.source_lang, idea.tr("title", "en").text) == ("zh", "安静")


@pytest.mark.usefixtures("writing")
class TestStates:
    """What is known of a translation follows each save."""

    @pytest.fixture
    def reviewed(self) -> Idea:
        idea = written(Text("Quiet", "安静"), Text("Noise", "噪声"), REVIEWER)
        operations.review(idea, "title", "zh", actor=REVIEWER, now=START)
        assert state(idea, "title") is TextState.REVIEWED
        return idea

    def test_what_is_handed_over_unchanged_stays_reviewed(self, reviewed: Idea) -> None:
        again(reviewed, Text("Quiet", "安静"), Text("Noise", "噪声"))
        assert state(reviewed, "title") is TextState.REVIEWED

    def test_another_translation_has_to_be_reviewed_again(self, reviewed: Idea) -> None:
        again(reviewed, Text("Quiet", "宁静"), Text("Noise", "噪声"))
        assert state(reviewed, "title") is TextState.HUMAN

    def test_another_original_outdates_the_translation(self, reviewed: Idea) -> None:
        again(reviewed, Text("Quiet nights", "安静"), Text("Noise", "噪声"))
        assert state(reviewed, "title") is TextState.OUTDATED

    def test_a_machine_draft_stays_one_until_somebody_writes_it_anew(self) -> None:
        idea = written(Text("Quiet"), Text("Noise", "噪声"), REVIEWER)
        draft: dict[str, Any] = {"origin": Origin.MACHINE, "engine": "demonstration"}
        operations.record(idea, "idea", {("title", "zh"): "安静"}, actor=REVIEWER, now=START, **draft)
        again(idea, Text("Quiet", "安静"), Text("Noise", "噪声"))
        assert state(idea, "title") is TextState.MACHINE
        again(idea, replace(idea.text("title"), zh="宁静"), idea.text("problem"))
        assert state(idea, "title") is TextState.HUMAN
