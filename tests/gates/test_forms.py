"""The gate of forms: beside each box of a bilingual text that is kept stands the state of its side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from forum.core.bilingual import Bilingual
from forum.core.catalogue import translator
from forum.core.database import Base, begin_writing, session
from tests.gates.hostile import nothing_kept
from tests.gates.matrix import Row, reviewed, rows
from tests.gates.pages import Page
from tests.gates.stated import kept, unstated
from tests.gates.world import World

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(300)]
FROZEN = frozenset({"agenda_release"})  # the database refuses to change them
FORMS = frozenset(
    {
        "adoptions.change_adoption",
        "adoptions.difference",
        "agenda.edit_biography",
        "agenda.edit_part",
        "agenda.edit_session",
        "cities.entry",
        "cities.profile",
        "cities.renamed",
        "cooperation.change_activity",
        "cooperation.change_deliverable",
        "cooperation.change_milestone",
        "cooperation.change_outcome",
        "cooperation.change_report",
        "cooperation.clause_difference",
        "events.part",
        "events.repeat",
        "events.settings",
        "evidence.change_idea",
        "evidence.change_use",
        "experts.change_expert",
        "liaisons.change",
        "partnerships.redraft",
        "registration.desk_category",
        "registration.desk_correct",
        "registration.person",
        "terms.change_concept",
    }
)
PUBLIC = frozenset({"visitor", "expired"})


@pytest.fixture
def written(app: Flask, world: World) -> World:
    """The world in which every bilingual field holds something in both languages."""
    with app.app_context():
        begin_writing()
        models: list[Any] = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Bilingual)]
        for model in models:
            for record in session.scalars(select(model)).unique() if model.__tablename__ not in FROZEN else ():
                for field in model.__bilingual__:
                    if not record.side(field, "en") and not record.side(field, "zh"):
                        setattr(record, f"{field}_en", "Text")
                        setattr(record, f"{field}_zh", "文字")
        session.commit()
        session.remove()
    return world


def forms(app: Flask, world: World) -> Iterator[tuple[Row, Rule, str]]:
    """Every page that takes a form, with somebody who may send it."""
    table = reviewed()
    for row, rule in rows(app, world):
        endpoint, method, side = row
        sends = table.get((endpoint, "POST", side), {})
        if method == "GET":
            able = [who for who, word in table[row].items() if word == sends.get(who) == "yes" and who not in PUBLIC]
            yield from ((row, rule, who) for who in able[-1:])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_side_of_a_kept_text_shows_its_state(app: Flask, written: World, language: str) -> None:
    faults, shown = [], set()
    with nothing_kept():
        for row, rule, who in forms(app, written):
            address = written.address(rule, row[2], language)
            answer = written.client(who).get(address)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            page = Page(address, answer.text)
            faults += [f"{row[0]} {address}: {fault}" for fault in unstated(page)]
            shown |= {row[0] for _pair in kept(page)}
    assert not faults, "\n".join(faults)
    assert shown >= FORMS


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_box_without_its_state_is_found(language: str) -> None:
    chip = translator(language)("Reviewed")
    page = Page(
        "/",
        f'<html lang="{language}"><form><div class="field"><span class="state">{chip}</span>'
        '<input name="title_en" value="Forum"></div><div class="field"><textarea name="title_zh">\n论坛</textarea>'
        "</div></form></html>",
    )
    assert list(unstated(page)) == ["no state beside title_zh"]
