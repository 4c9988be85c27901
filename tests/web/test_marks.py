"""The notice of a page on translations that nobody answers for."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.catalogue import translator
from forum.core.database import begin_writing, session
from forum.events.models import Forum, Track
from forum.translation.models import Origin
from forum.translation.operations import record
from tests.cast import Cast
from tests.conftest import START
from tests.gates.pages import Page
from tests.statements import counted_statements

EDITOR = Actor("account:editor")
MACHINE: dict[str, str] = {code: translator(code)("Machine translation, not reviewed.") for code in LANGUAGES}
OUTDATED: dict[str, str] = {
    code: translator(code)("The original has changed since this was translated.") for code in LANGUAGES
}


def theme(app: Flask, cast: Cast, slug: str, source: str, *, then: str = "", **sides: str) -> None:
    """Add a theme that a machine translated; ``then``: the original as it was changed afterwards."""
    with app.app_context():
        begin_writing()
        made = Track(forum_id=cast.forum_id, slug=slug, source_lang=source)
        session.add(made)
        session.flush()
        texts = {("name", language): text for language, text in sides.items()}
        record(made, "track", texts, actor=EDITOR, now=START, origin=Origin.MACHINE)
        if then:
            record(made, "track", {("name", source): then}, actor=EDITOR, now=START)
        session.commit()
        session.remove()


def notices(cast: Cast, language: str, path: str = "desk/rooms", who: str = "organiser") -> list[str]:
    answer = cast.client(who).get(f"/{language}/forums/{cast.slug}/{path}")
    assert answer.status_code == 200
    assert "<!--marks-->" not in answer.text
    page = Page("/", answer.text)
    return [" ".join(str(each.text_content()).split()) for each in page.tree.find_class("marks")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_names_its_machine_texts_at_the_top(app: Flask, cast: Cast, language: str) -> None:
    assert notices(cast, language) == []
    theme(app, cast, "waste", "zh", zh="垃圾 <分类>", en="Waste & sorting")
    theme(app, cast, "air", "en", zh="空气", en="Air")
    (said,) = notices(cast, language)
    assert said.startswith(MACHINE[language])
    mine, other = ("Waste & sorting", "空气") if language == "en" else ("空气", "Waste & sorting")
    assert mine in said
    assert other not in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_translation_whose_original_has_changed_says_so(app: Flask, cast: Cast, language: str) -> None:
    source, sides = ("zh", {"zh": "空气", "en": "Air"}) if language == "en" else ("en", {"zh": "空气", "en": "Air"})
    theme(app, cast, "air", source, then="Climate 气候", **sides)
    (said,) = notices(cast, language)
    assert said.startswith(OUTDATED[language])
    assert sides[language] in said


def test_a_page_names_only_what_stands_on_it(app: Flask, cast: Cast) -> None:
    theme(app, cast, "air", "en", zh="空气", en="Air")
    assert notices(cast, "zh", "desk/rooms")
    assert notices(cast, "zh", "desk/roles") == []


def test_more_texts_cost_no_more_statements(app: Flask, cast: Cast) -> None:
    def statements() -> int:
        client = cast.client("organiser")
        with app.app_context(), counted_statements() as seen:
            assert client.get(f"/zh/forums/{cast.slug}/desk/rooms").status_code == 200
        return len(seen)

    theme(app, cast, "air", "en", zh="空气", en="Air")
    statements()
    few = statements()
    for number in range(12):
        theme(app, cast, f"air-{number}", "en", zh=f"空气{number}", en=f"Air {number}")
    assert statements() == few


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refused_form_keeps_its_states(app: Flask, cast: Cast, language: str) -> None:
    with app.app_context():
        begin_writing()
        forum = session.get_one(Forum, cast.forum_id)
        target = "zh" if forum.source_lang == "en" else "en"
        text = {"zh": "机器写的题目", "en": "A title by a machine"}[target]
        record(forum, "forum", {("title", target): text}, actor=EDITOR, now=START, origin=Origin.MACHINE)
        source = forum.source_lang
        session.commit()
        session.remove()
    client = cast.client("organiser")
    address = f"/{language}/forums/{cast.slug}/desk/settings"
    for answer in (client.get(address), client.submit(address, {"first_day": "never"})):
        page = Page(address, answer.text)
        chips = {
            box.get("name"): [str(chip.text_content()) for chip in field.find_class("state")]
            for field in page.tree.find_class("field")
            for box in field.iter("input")
        }
        assert chips[f"title_{target}"] == [translator(language)("Machine draft")]
        assert chips[f"title_{source}"] == [translator(language)("Original")]
