"""The desk as translators and organisers use it: what is lacking, written, reviewed by somebody else, still right."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.audit.models import AuditEntry
from forum.core.bilingual import TextState, other
from forum.core.catalogue import translator
from forum.core.database import begin_writing, session
from forum.drafting.neighbours import Scope
from forum.events.models import Forum
from forum.offices.models import Office, OfficeRole
from forum.site.answering import embedded
from forum.terms.operations.seeding import write_known
from forum.translating import queries
from forum.translating.commands import parity_lines
from forum.translation import queries as translation
from forum.translation.operations import record
from tests.agenda.programme_of import planned
from tests.cast import Cast, Client
from tests.conftest import START
from tests.furnishing import ORGANISER
from tests.gates.pages import Page
from tests.memory.house import taught
from tests.statements import counted_statements


@pytest.fixture
def talk(cast: Cast) -> str:
    """A session whose title has no Chinese, by its public id; the stranger is the translator."""
    with cast.app.app_context():
        begin_writing()
        session.add(
            Office(account_id=cast.accounts["stranger"], role=OfficeRole.TRANSLATOR, starts_on=date(2027, 1, 1))
        )
        held, _slot = planned(cast, "Quiet streets", "", start="2027-04-20T09:00", minutes=30)
        session.commit()
        name = held.public_id
        session.remove()
    return name


BY_ORGANISER: dict[str, Any] = {"actor": ORGANISER, "now": START}


def state(app: Flask, name: str, field: str = "title") -> TextState:
    with app.app_context():
        held = session.scalars(select(AgendaSession).filter_by(public_id=name)).one()
        found = translation.state(held, field, other(held.source_lang), translation.states_of([held]))
        session.remove()
    return found


def address(cast: Cast, language: str = "en", more: str = "") -> str:
    return f"/{language}/desk/translation/forums/{cast.slug}/{more}"


def write(client: Client, page: str, text: str, **more: str) -> Any:
    return client.submit(page, {"title": text, **more}, page=page)


def marked(client: Client, page: str) -> str:
    found = Page(page, client.get(page).text).tree.xpath("//input[@name='mark']/@value")
    return str(found[0])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_title_goes_from_missing_over_written_and_reviewed_to_still_right(
    cast: Cast, talk: str, language: str
) -> None:
    page = address(cast, language, f"agenda_session/{talk}/")
    writer, reviewer = cast.client("stranger"), cast.client("organiser")
    listed = writer.get(address(cast, language, "?state=missing")).text
    assert f"agenda_session/{talk}/" in listed
    warning = {"en": "has no Chinese: Title", "zh": "缺中文：标题"}[language]
    assert warning in listed
    assert write(writer, page, "安静街道").status_code == 303
    assert state(cast.app, talk) is TextState.HUMAN
    assert warning not in writer.get(address(cast, language)).text
    settle = {"deed": "review", "text": "title", "mark": marked(reviewer, page)}
    refused = writer.submit(f"{page}settle", settle, page=page)
    assert refused.status_code == 409
    assert state(cast.app, talk) is TextState.HUMAN
    assert reviewer.submit(f"{page}settle", settle, page=page).status_code == 303
    assert state(cast.app, talk) is TextState.REVIEWED
    with cast.app.app_context():
        begin_writing()
        held = session.scalars(select(AgendaSession).filter_by(public_id=talk)).one()
        record(held, "agenda_session", {("title", "en"): "Quiet streets at night"}, **BY_ORGANISER)
        session.commit()
        session.remove()
    assert state(cast.app, talk) is TextState.OUTDATED
    shown = Page(page, writer.get(page).text)
    assert " ".join(shown.tree.xpath("//blockquote//ins/text()")).strip() == "at night"
    right = {"deed": "confirm", "text": "title", "mark": marked(reviewer, page)}
    assert reviewer.submit(f"{page}settle", right, page=page).status_code == 303
    assert state(cast.app, talk) is TextState.REVIEWED
    with cast.app.app_context():
        told = "\n".join(session.scalars(select(AuditEntry.body)))
        session.remove()
    assert all(f'"{deed}"' in told for deed in ("translate", "review_translation", "confirm_translation"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_somebody_else_changed_meanwhile_is_not_written_over_and_nothing_typed_is_lost(
    cast: Cast, talk: str, language: str
) -> None:
    page = address(cast, language, f"agenda_session/{talk}/")
    writer = cast.client("stranger")
    opened = Page(page, writer.get(page).text).tree
    sent = {str(each.get("name")): str(each.get("value")) for each in opened.xpath("//form//input[@type='hidden']")}
    assert write(cast.client("organiser"), page, "宁静的街道").status_code == 303
    answer = writer.post(page, data={**sent, "title": "安静街道"})
    assert answer.status_code == 409
    shown = Page(page, answer.text).tree
    assert shown.find_class("error-summary")
    assert "安静街道" in str(shown.xpath("string(//textarea[@name='title'])"))
    with cast.app.app_context():
        assert session.scalars(select(AgendaSession).filter_by(public_id=talk)).one().title_zh == "宁静的街道"
        session.remove()


def test_a_text_that_is_too_long_is_refused_at_its_field_and_kept(cast: Cast, talk: str) -> None:
    page = address(cast, "zh", f"agenda_session/{talk}/")
    long = "长" * 400
    answer = write(cast.client("stranger"), page, long)
    assert answer.status_code == 422
    shown = Page(page, answer.text).tree
    (target,) = [str(link.get("href"))[1:] for link in shown.find_class("error-summary")[0].iter("a")]
    assert shown.get_element_by_id(target).text.strip() == long


def test_nobody_else_works_at_the_desk(cast: Cast, talk: str) -> None:
    pages = ("", "parity", "parity.csv", f"agenda_session/{talk}/")
    for who in ("delegate", "focal", "door", "protocol", "registration"):
        for more in pages:
            assert cast.client(who).get(address(cast, "en", more)).status_code == 404, (who, more)
    assert cast.client().get(address(cast)).status_code in {302, 303, 401}
    assert cast.client("agenda").get(address(cast)).status_code == 200


def test_a_record_of_another_forum_is_none_of_this_one(cast: Cast, talk: str) -> None:
    client = cast.client("stranger")
    for other_page in (f"agenda_session/{talk[:-1]}/", f"forum/{talk}/", f"account/{talk}/"):
        assert client.get(address(cast, "en", other_page)).status_code == 404


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_parity_report_counts_each_text_once(cast: Cast, talk: str, language: str) -> None:
    client = cast.client("stranger")
    found = list(csv.reader(io.StringIO(client.get(address(cast, language, "parity.csv")).data.decode("utf-8-sig"))))
    with cast.app.app_context():
        units = queries.units_of(Scope.of_forum(session.get_one(Forum, cast.forum_id)))
        session.remove()
    assert talk
    assert sum(int(row[3]) for row in found[1:]) == len(units)
    assert all(int(row[3]) == sum(map(int, row[4:])) for row in found[1:])
    assert client.get(address(cast, language, "parity")).status_code == 200


def test_the_worklist_asks_as_much_for_many_texts_as_for_few(cast: Cast, talk: str) -> None:
    client, page = cast.client("stranger"), address(cast)
    client.get(page)
    with cast.app.app_context(), counted_statements() as few:
        client.get(page)
    with cast.app.app_context():
        begin_writing()
        for number in range(12):
            planned(cast, f"Talk {number}", "", start=f"2027-04-21T{8 + number:02}:00", minutes=30)
        session.commit()
        session.remove()
    with cast.app.app_context(), counted_statements() as many:
        assert client.get(page).status_code == 200
    assert len(many) <= len(few)


def test_drafts_are_asked_for_only_with_an_engine(cast: Cast, talk: str) -> None:
    client, page = cast.client("stranger"), address(cast)
    answer = client.submit(f"{page}draft", {}, page=page)
    assert answer.status_code == 303
    assert state(cast.app, talk) is TextState.MISSING
    assert "Machine translation is switched off" in client.get(page).text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_on_the_command_line_names_what_is_missing(cast: Cast, talk: str, language: str) -> None:
    assert talk
    with cast.app.app_context():
        found = parity_lines(cast.slug, translator(language))
        assert parity_lines("no-such-forum", translator(language)) is None
        session.remove()
    assert found is not None
    lines, whole = found
    assert not whole
    assert lines[0].startswith(f"{cast.slug}: ")
    assert any("(zh)" in line and {"en": "Missing 1", "zh": "缺译 1"}[language] in line for line in lines)


def test_the_desk_offers_what_the_memory_holds_and_says_what_to_look_at(cast: Cast, talk: str) -> None:
    page = address(cast, "en", f"agenda_session/{talk}/")
    with cast.app.app_context():
        begin_writing()
        taught("Quiet streets", "安静的街道", record="elsewhere")
        session.commit()
        session.remove()
    writer = cast.client("stranger")
    assert "安静的街道" in writer.get(page).text
    assert write(writer, page, "安静街道, 共12条").status_code == 303
    shown = " ".join(Page(page, writer.get(page).text).tree.text_content().split())
    assert "The number 12 isn’t in the source." in shown
    assert "is half-width" in shown


def test_the_engine_that_is_built_in_answers_from_memory_and_glossary_alone(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        write_known(now=START)
        taught("Quiet streets at night", "夜间安静街道", record="elsewhere")
        session.commit()
        assert embedded("Quiet streets at night", "en", "zh") == "夜间安静街道"
        assert embedded("smart city operating model", "en", "zh") == "智慧城市运行模型"
        assert embedded("Nobody has said this before", "en", "zh") == ""
        session.remove()
