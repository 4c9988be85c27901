"""The desk at which a text is negotiated, mounted the way a room above mounts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, abort, url_for

from forum import config
from forum.agreements import operations, queries
from forum.agreements.models import AgreementText
from forum.agreements.operations import Wording
from forum.agreements.views.desk import Addresses, Desk
from forum.application import create_app
from forum.core.database import Base, begin_writing, db, session
from forum.web.policy import SIGNED_IN, Pages
from forum.web.viewer import viewer
from tests.agreements.texts import HERS, HIS, NOW, TODAY, clause, started
from tests.cast import Cast, Client, summon
from tests.conftest import FixedClock
from tests.gates.pages import Page
from tests.statements import counted_statements

pytestmark = pytest.mark.once
PARTIES = {"delegate": "lyon", "organiser": "hangzhou"}  # who acts for which party; the viewer only reads


def mounted() -> Pages:
    """Pages as the room above writes them: load the text, say what somebody may do, hand on."""
    pages = Pages("negotiating", __name__)

    def desk(key: str) -> Desk:
        text = queries.by_public_id(key) or abort(404)

        def to(page: str, **values: Any) -> str:
            return url_for(f"negotiating.{page}", key=key, **values)

        addresses = Addresses(
            text=to("page"),
            head=to("head"),
            add=to("add"),
            confirm=to("confirm"),
            copy=to("copy"),
            clause=lambda name: to("clause", name=name),
            match=lambda name: to("match", name=name),
            propose=lambda name: to("propose", name=name),
            remove=lambda name: to("remove", name=name),
            accept=lambda name: to("accept", name=name),
            withdraw=lambda name: to("withdraw", name=name),
            variant=lambda name: to("variant", name=name),
            move=lambda name: to("move", name=name),
            take_back=to("take_back"),
        )
        party = PARTIES.get(viewer().name.lower(), "")
        return Desk(text, addresses, party, may_edit=bool(party), may_confirm=bool(party))

    def mount(name: str, rule: str, methods: tuple[str, ...]) -> None:
        def view(key: str, name_: str = name, **values: str) -> Any:
            return getattr(desk(key), name_)(*values.values())

        view.__name__ = name
        pages.page(f"/texts/<key>{rule}", policy=SIGNED_IN, methods=methods, soft_csrf=True)(view)

    mount("page", "", ("GET",))
    for name in ("head", "add", "confirm", "take_back"):
        mount(name, f"/{name}", ("GET", "POST") if name == "head" else ("POST",))
    for name in ("clause", "propose"):
        mount(name, f"/{name}/<name>", ("GET", "POST"))
    for name in ("match", "remove", "accept", "withdraw", "variant", "move"):
        mount(name, f"/{name}/<name>", ("POST",))

    @pages.page("/texts/<key>/copy", policy=SIGNED_IN)
    def copy(key: str) -> Any:
        return desk(key).copy("http://forum.test/en/verify/0")

    return pages


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, FixedClock]]:
    """An application of its own with the desk mounted."""
    clock = FixedClock()
    folder = tmp_path_factory.mktemp("desk")
    settings = config.from_environment(
        {
            "FORUM_DATA": str(folder),
            "FORUM_DATABASE_URL": f"sqlite:///{folder / 'desk.db'}",
            "FORUM_BASE_URL": "http://forum.test",
            "FORUM_TESTING": "1",
            "FORUM_LOG_LEVEL": "ERROR",
        }
    )
    app = create_app(settings, clock=clock)
    app.config["RATELIMIT_ENABLED"] = False
    app.register_blueprint(mounted())
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app, clock
    with app.app_context():
        session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def people(house: tuple[Flask, FixedClock]) -> Cast:
    app, clock = house
    with app.app_context():
        return summon(app, clock())


class Table:
    """A text on the table, with a browser for each who sits there."""

    def __init__(self, people: Cast) -> None:
        self.app = people.app
        self.people = people
        with self.app.app_context():
            begin_writing()
            text = started()
            self.key = text.public_id
            session.commit()

    def address(self, rest: str = "", language: str = "en") -> str:
        return f"/{language}/texts/{self.key}{rest}"

    def browser(self, who: str = "delegate") -> Client:
        return self.people.client(who)

    def text(self) -> AgreementText:
        found = queries.by_public_id(self.key)
        assert found is not None
        return found

    def change(self, english: str, key: str = "scope", chinese: str | None = None) -> None:
        with self.app.app_context():
            begin_writing()
            found = clause(self.text(), key)
            wording = Wording(english, found.zh if chinese is None else chinese)
            operations.edit_clause(found, wording, seen_version=found.version, party_key="hangzhou", actor=HIS, now=NOW)
            session.commit()


@pytest.fixture
def table(people: Cast) -> Table:
    return Table(people)


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def press(table: Table, deed: str, who: str = "delegate") -> Any:
    """Press the button of a deed on the page of the text."""
    browser = table.browser(who)
    page = browser.get(table.address()).text
    form = re.search(
        rf'<form method="post" action="({re.escape(table.address(deed))}[^"]*)">(.*?)</form>', page, re.DOTALL
    )
    assert form, deed
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    return browser.post(form[1], data=hidden)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", ["", "/clause/scope", "/propose/scope", "/head"])
def test_each_page_is_sound_in_both_languages(table: Table, language: str, page: str) -> None:
    answer = table.browser().get(table.address(page, language))
    assert answer.status_code == 200
    assert list(Page("", answer.text).blemishes()) == []
    assert "{{instrument}}" not in Page("", answer.text).tree.findtext(".//h1")


def test_the_text_stands_in_both_languages_with_its_variables_filled_in(table: Table) -> None:
    page = table.browser().get(table.address()).text
    assert "for a term of five (5) years" in page
    assert "有效期五年" in page
    assert "Both languages matched" in page
    assert "The checker has nothing to say" in page


def test_a_reader_is_offered_no_deed_and_cannot_do_any(table: Table) -> None:
    browser = table.browser("viewer")
    page = browser.get(table.address()).text
    assert 'method="post" action="/en/texts' not in page
    data = {"csrf_token": token(browser.get("/en/account").text), "version": "1", "en": "x", "zh": "y"}
    for deed in ("/clause/scope", "/propose/scope", "/head", "/match/scope", "/remove/scope", "/add", "/confirm"):
        assert browser.post(table.address(deed), data=data).status_code == 404, deed
    assert browser.get(table.address("/clause/scope")).status_code == 200


def test_an_edit_is_saved_marked_and_named_by_the_checker_until_it_is_matched(table: Table) -> None:
    browser = table.browser()
    answer = browser.submit(
        table.address("/clause/scope"),
        {"en": "We work for two years.", "zh": "合作为期两年。", "deviation_note": "Shorter"},
    )
    assert answer.status_code == 303
    page = browser.get(table.address()).text
    assert "Not yet matched" in page
    assert "In the clause “Scope” the two languages aren&#39;t matched yet" in page
    assert press(table, "/match/scope", "organiser").status_code == 303
    page = browser.get(table.address()).text
    assert "Not yet matched" not in page
    assert "differs from the clause library" in page
    assert "Difference from the clause library" in browser.get(table.address("/clause/scope")).text


def test_the_second_of_two_gets_a_page_with_both_wordings_and_can_save_then(table: Table) -> None:
    browser = table.browser()
    browser.get(table.address("/clause/scope"))
    opened = browser.get(table.address("/clause/scope")).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', opened)
    assert version
    table.change("The other side was faster.")
    mine = {"csrf_token": token(opened), "version": version[1], "en": "My own careful words.", "zh": "我方措辞。"}
    answer = browser.post(table.address("/clause/scope"), data=mine)
    assert answer.status_code == 409
    assert "The other side was faster." in answer.text
    assert "My own careful words." in answer.text
    assert "<ins>" in answer.text
    assert list(Page("", answer.text).blemishes()) == []
    with table.app.app_context():
        assert clause(table.text(), "scope").en == "The other side was faster."
    again = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)
    assert again
    assert browser.post(table.address("/clause/scope"), data=mine | {"version": again[1]}).status_code == 303


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400, "²", "1e3"])
def test_a_version_that_is_none_is_a_conflict_and_no_fault(table: Table, version: str) -> None:
    browser = table.browser()
    page = browser.get(table.address("/clause/scope")).text
    data = {"csrf_token": token(page), "version": version, "en": "a", "zh": "b"}
    assert browser.post(table.address("/clause/scope"), data=data).status_code == 409


def test_a_misspelt_variable_is_an_error_at_its_field(table: Table) -> None:
    answer = table.browser().submit(table.address("/clause/scope"), {"en": "{{party_z}} works.", "zh": "开展合作。"})
    assert answer.status_code == 422
    assert 'id="en-error"' in answer.text


def test_a_proposal_is_shown_as_a_redline_and_becomes_the_clause(table: Table) -> None:
    browser = table.browser()
    page = browser.get(table.address("/propose/disputes")).text
    english = re.search(r'<textarea[^>]*name="en"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    assert english
    answer = browser.submit(
        table.address("/propose/disputes"),
        {"en": english[1].replace("friendly", "direct"), "zh": "由双方直接协商解决。", "note": "Please."},
    )
    assert answer.status_code == 303
    shown = table.browser("organiser").get(table.address()).text
    assert re.search(r"<del>.*?friendly.*?</del>", shown)
    assert re.search(r"<ins>.*?direct.*?</ins>", shown)
    assert "[taken out:" in shown
    assert "Accept the proposal" in shown
    assert "Accept the proposal" not in browser.get(table.address()).text
    assert press(table, "/accept/", "organiser").status_code == 303
    with table.app.app_context():
        assert "direct consultation" in clause(table.text(), "disputes").en


def test_a_proposal_can_be_withdrawn(table: Table) -> None:
    table.browser().submit(table.address("/propose/scope"), {"en": "Less.", "zh": "较少。"})
    assert press(table, "/withdraw/").status_code == 303
    with table.app.app_context():
        assert queries.open_proposals(table.text()) == {}


def test_clauses_are_added_and_taken_out(table: Table) -> None:
    browser = table.browser()
    page = browser.get(table.address()).text
    data = {"csrf_token": token(page), "key": "publicity"}
    assert browser.post(table.address("/add"), data=data).status_code == 303
    own = data | {"key": "own", "heading_en": "Meetings"}
    assert "heading in both languages" in browser.post(table.address("/add"), data=own).text
    assert browser.post(table.address("/add"), data=own | {"heading_zh": "会晤"}).status_code == 303
    assert browser.post(table.address("/add"), data=data | {"key": "nothing"}).status_code == 422
    assert press(table, "/remove/publicity").status_code == 303
    with table.app.app_context():
        keys = [each.key for each in table.text().clauses]
    assert "own_1" in keys
    assert "publicity" not in keys


def test_the_head_is_changed_and_names_what_is_wrong(table: Table) -> None:
    good = {
        "title_en": "Memorandum on lifts", "title_zh": "关于电梯的备忘录", "term_months": "36", "notice_months": "6",
        "authentic": ["en", "zh"], "rank_0": "city_head", "rank_1": "office_head",
    }  # fmt: skip
    browser = table.browser()
    assert browser.submit(table.address("/head"), good).status_code == 303
    page = browser.get(table.address()).text
    assert "three (3) years" in page
    assert "same rank" in page
    mistakes: tuple[dict[str, Any], ...] = (
        {"term_months": "x"},
        {"ends_on": "2030-02-30"},
        {"authentic": []},
        {"ends_on": "2030-01-01"},
        {"prevailing": "fr"},
    )
    for wrong in mistakes:
        assert browser.submit(table.address("/head"), good | wrong).status_code == 422, wrong


def test_a_party_confirms_what_it_reads(table: Table) -> None:
    assert press(table, "/confirm").status_code == 303
    assert "Has confirmed this text" in table.browser("organiser").get(table.address()).text
    table.change("Changed since.")
    assert "Has confirmed this text" not in table.browser().get(table.address()).text


def test_a_frozen_text_offers_the_copy_for_signature_and_no_deed(table: Table) -> None:
    browser = table.browser()
    draft = browser.get(table.address("/copy"))
    assert draft.data.startswith(b"%PDF-")
    assert "draft" in draft.headers["Content-Disposition"]
    opened = browser.get(table.address("/clause/scope")).text
    with table.app.app_context():
        begin_writing()
        operations.freeze(table.text(), today=TODAY, actor=HERS, now=NOW)
        session.commit()
    page = browser.get(table.address()).text
    assert "Copy for signature" in page
    assert "Mark as matched" not in page
    data = {"csrf_token": token(opened), "version": "1", "en": "a", "zh": "b"}
    assert browser.post(table.address("/clause/scope"), data=data).status_code == 409
    assert "draft" not in browser.get(table.address("/copy")).headers["Content-Disposition"]


def test_the_page_of_a_text_asks_the_database_the_same_number_of_questions_however_long_it_is(table: Table) -> None:
    browser = table.browser()
    browser.get(table.address())
    with table.app.app_context(), counted_statements() as few:
        browser.get(table.address())
    with table.app.app_context():
        begin_writing()
        for _ in range(12):
            operations.add_own_clause(
                table.text(),
                Wording("We meet.", "双方会晤。", "Meetings", "会晤"),
                party_key="lyon",
                actor=HERS,
                now=NOW,
            )
        session.commit()
    with table.app.app_context(), counted_statements() as many:
        browser.get(table.address())
    assert len(many) == len(few)
