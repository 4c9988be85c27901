"""What a page learns of the texts that it shows: in one statement, and only where it matters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from forum.core.actor import Actor
from forum.core.bilingual import READER, Text, TextState
from forum.core.database import session
from forum.events.models import PracticalSection, Track
from forum.ports.mail.compose import compose
from forum.translation.models import Origin
from forum.translation.operations import record, review
from forum.translation.reading import Reading
from tests.cast import Cast
from tests.conftest import START
from tests.statements import counted_statements

EDITOR = Actor("account:editor")


@pytest.fixture
def reading(cast: Cast, writing: None) -> Iterator[Reading]:
    made = Reading()
    token = READER.set(made)
    yield made
    READER.reset(token)


def track(cast: Cast, slug: str, chinese: str, origin: Origin = Origin.MACHINE) -> Track:
    made = Track(forum_id=cast.forum_id, slug=slug, source_lang="en")
    session.add(made)
    session.flush()
    sides = {("name", "en"): slug.title(), ("name", "zh"): chinese}
    record(made, "track", sides, actor=EDITOR, now=START, origin=origin)
    return made


def section(cast: Cast, title: str, chinese: str) -> PracticalSection:
    made = PracticalSection(forum_id=cast.forum_id, source_lang="en")
    session.add(made)
    session.flush()
    sides = {("title", "en"): title, ("title", "zh"): chinese}
    record(made, "practical_section", sides, actor=EDITOR, now=START, origin=Origin.MACHINE)
    return made


def test_away_from_a_page_nothing_is_asked(cast: Cast, writing: None) -> None:
    water = track(cast, "water", "水务")
    with counted_statements() as seen:
        assert water.tr("name", "zh").state is TextState.HUMAN
    assert seen == []


def test_the_states_of_all_kinds_come_in_one_statement(cast: Cast, reading: Reading) -> None:
    rows = [track(cast, f"water-{number}", f"水务{number}") for number in range(5)]
    visas = section(cast, "Visas", "签证")
    with counted_statements() as seen:
        assert {row.tr("name", "zh").state for row in rows} == {TextState.MACHINE}
        assert visas.tr("title", "zh").state is TextState.MACHINE
        assert len(reading.doubtful()) == 6
    assert len(seen) == 1


def test_originals_and_texts_whose_state_nobody_shows_cost_nothing(cast: Cast, reading: Reading) -> None:
    water = track(cast, "water", "水务")
    with counted_statements() as seen:
        assert water.tr("name", "en").state is TextState.HUMAN
        assert water.tr("name", "zh").text == "水务"
    assert seen == []


def test_what_was_reviewed_or_typed_is_not_in_doubt(cast: Cast, reading: Reading) -> None:
    water, waste, air = (
        track(cast, "water", "水务"),
        track(cast, "waste", "垃圾", Origin.HUMAN),
        track(cast, "air", "空气"),
    )
    review(water, "name", "zh", actor=EDITOR, now=START)
    record(waste, "track", {("name", "en"): "Refuse"}, actor=EDITOR, now=START)
    for row in (water, waste, air):
        row.tr("name", "zh")
    assert reading.doubtful() == {"垃圾": ("zh", TextState.OUTDATED), "空气": ("zh", TextState.MACHINE)}


def test_a_text_of_a_release_is_noted_with_the_state_that_it_had(reading: Reading) -> None:
    title = Text("Water", "水务", state_zh=TextState.MACHINE)
    assert title.shown("en").text == "Water"
    assert reading.doubtful() == {}
    assert title.beside("zh") == "水务"
    assert reading.doubtful() == {"水务": ("zh", TextState.MACHINE)}


def test_a_record_that_is_gone_breaks_nothing(cast: Cast, reading: Reading) -> None:
    water = track(cast, "water", "水务")
    water.tr("name", "zh")
    session.rollback()
    assert reading.doubtful() == {}


@pytest.mark.parametrize(("language", "foot"), [("en", "Machine translation, not reviewed"), ("zh", "以下为机器翻译")])
def test_a_mail_names_the_machine_texts_that_it_holds(cast: Cast, reading: Reading, language: str, foot: str) -> None:
    water, waste = track(cast, "water", "水务"), track(cast, "waste", "垃圾")
    facts = {"reference": water.tr("name", "zh").text, "day": "", "address": "https://forum.test/"}
    waste.tr("name", "zh")
    last = compose("ballot_turn", language, **facts)[1].splitlines()[-1]
    assert foot in last
    assert "“水务”" in last
    assert "垃圾" not in last
    _subject, plain = compose("ballot_turn", language, **facts | {"reference": "ISO 37101"})
    assert foot not in plain
