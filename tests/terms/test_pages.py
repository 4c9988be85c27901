"""The pages of the glossary: what everybody reads, who keeps it, files in and out, two editors, hostile input."""

from __future__ import annotations

import csv
import html
import io
from datetime import date

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.offices.models import Office, OfficeRole
from forum.ports.exchange import tbx
from forum.terms.commands import import_file, import_seeds
from forum.terms.models import TermConcept, TermRendering
from forum.terms.operations import seeding
from tests.cast import Cast, Client
from tests.conftest import FixedClock
from tests.statements import counted_statements
from tests.terms import scene

GLOSSARY, DESK = "/en/glossary/", "/en/desk/glossary/"
TRANSLATOR, OFFICE = "agenda", "organiser"


@pytest.fixture
def people(app: Flask, cast: Cast) -> Cast:
    """A translator and the national standards office, with the terms that come along."""
    with app.app_context():
        begin_writing()
        for who, role in ((TRANSLATOR, OfficeRole.TRANSLATOR), (OFFICE, OfficeRole.STANDARDS_OFFICER)):
            session.add(Office(account_id=cast.accounts[who], role=role, starts_on=date(2027, 1, 1)))
        seeding.write_known(FixedClock()())
        session.commit()
        session.remove()
    return cast


def concept_called(app: Flask, text: str) -> tuple[str, str]:
    """The ids of a word and of its concept."""
    with app.app_context():
        row = session.scalars(select(TermRendering).where(TermRendering.text == text).limit(1)).one()
        ids = row.concept.public_id, row.public_id
        session.remove()
        return ids


def test_everybody_reads_the_glossary_with_both_languages_side_by_side(people: Cast, app: Flask) -> None:
    visitor = people.client()
    for address in (GLOSSARY, "/zh/glossary/"):
        page = visitor.get(address, query_string={"q": "resilient"}).text
        assert '<bdi lang="en" translate="no">resilient city</bdi>' in page
        assert '<bdi lang="zh-Hans" translate="no">韧性城市</bdi>' in page
        assert "弹性城市" not in page  # forbidden words stand on the page of their concept alone
    one = visitor.get(f"{GLOSSARY}{concept_called(app, '韧性城市')[0]}/").text
    assert "弹性城市" in one
    assert "Forbidden" in one
    assert "GB/T 40947-2021" in one
    assert visitor.get(f"{GLOSSARY}nothing/").status_code == 404
    assert "/en/glossary/" in visitor.get("/en/").text  # in the footer


def test_only_what_is_confirmed_is_shown_as_preferred(people: Cast, app: Flask) -> None:
    concept, _ = concept_called(app, "主持人")
    page = people.client().get(f"{GLOSSARY}{concept}/").text
    assert "To be confirmed" in page
    assert ">Preferred</span>" not in page
    sure, _ = concept_called(app, "召集人")
    assert ">Preferred</span>" in people.client().get(f"{GLOSSARY}{sure}/").text
    data = {each.id: each for each in tbx.read(people.client().get("/en/glossary.tbx").data)}
    assert {term.use for term in data[f"c{concept}"].terms} == {""}
    assert {term.use for term in data[f"c{sure}"].terms} == {"preferred"}


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ({"q": "renxing"}, "韧性", "智慧城市"),
        ({"q": "rxcs"}, "韧性城市", "智慧城市"),
        ({"q": "RESILIEN"}, "韧性", "智慧城市"),
        ({"letter": "r"}, "resilience", "stakeholder"),
        ({"subject": "meetings"}, "side event", "resilience"),
        ({"q": "城市", "subject": "standards"}, "城市治理", "友好城市"),
    ],
)
def test_list_and_files_are_filtered_alike(people: Cast, query: dict[str, str], found: str, missing: str) -> None:
    visitor = people.client()
    page = visitor.get(GLOSSARY, query_string=query).text
    table = visitor.get("/en/glossary.csv", query_string=query)
    file = visitor.get("/en/glossary.tbx", query_string=query)
    for text in (page, table.text, file.text):
        assert found in text
        assert missing not in text
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert {row["Language"] for row in rows} == {"en", "zh"}
    assert "attachment" in table.headers["Content-Disposition"]
    assert file.mimetype == "application/x-tbx"


@pytest.mark.parametrize("nasty", ["%", "'; --", "<script>alert(1)</script>", "x" * 5000, "９" * 20, "\0", "#"])
def test_whatever_is_asked_for_is_answered(people: Cast, nasty: str) -> None:
    for name in ("q", "letter", "subject", "page"):
        for path in (GLOSSARY, "/zh/glossary.csv", "/en/glossary.tbx"):
            answer = people.client().get(path, query_string={name: nasty})
            assert answer.status_code == 200, (name, path)
            assert "<script>alert" not in answer.text


def test_a_long_list_costs_no_more_statements(people: Cast, app: Flask, clock: FixedClock) -> None:
    def asked(path: str, who: str | None = None) -> int:
        client = people.client(who)
        with app.app_context(), counted_statements() as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    before = asked(f"{GLOSSARY}?letter=S"), asked(DESK, OFFICE)
    assert before[0] <= 7
    with app.app_context():
        begin_writing()
        for number in range(120):
            scene.concept(clock(), f"some term {number}", f"词{number}")
        session.commit()
        session.remove()
    assert (asked(f"{GLOSSARY}?letter=S"), asked(DESK, OFFICE)) == before
    assert "page=2" in people.client().get(f"{GLOSSARY}?letter=S").text


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 303), ("stranger", 404), ("viewer", 404), (TRANSLATOR, 200), (OFFICE, 200), ("admin", 200)],
)
def test_who_keeps_the_glossary(people: Cast, app: Flask, who: str | None, status: int) -> None:
    concept, word = concept_called(app, "主持人")
    client = people.client(who)
    one = f"{DESK}{concept}"
    for path in (DESK, f"{DESK}new", f"{DESK}import", one, f"{one}/change", f"{one}/merge", f"{one}/terms/new"):
        assert client.get(path).status_code == status, path
    for path in (f"{one}/terms/{word}", f"{one}/terms/{word}/confirm", f"{one}/terms/{word}/steps/forbid"):
        assert client.get(path).status_code == status, path
    if status == 200:
        assert client.get(f"{one}/terms/{word}/steps/dance").status_code == 404
        assert client.get(f"{one}/terms/nothing").status_code == 404
        assert client.get(f"{DESK}imports/nothing").status_code == 404


def test_a_term_is_entered_confirmed_and_forbidden(people: Cast, app: Flask) -> None:
    translator, office, visitor = people.client(TRANSLATOR), people.client(OFFICE), people.client()
    typed = {"subject": "cities", "text_en": "urban renewal", "text_zh": "城市更新", "source": "GB/T 1"}
    assert translator.submit(f"{DESK}new", {"subject": "cities"}).status_code == 422
    made = translator.submit(f"{DESK}new", typed)
    assert made.status_code == 303
    concept, word = concept_called(app, "城市更新")
    one = f"{DESK}{concept}"
    assert "To be confirmed" in visitor.get(f"{GLOSSARY}{concept}/").text
    refused = translator.submit(f"{one}/terms/{word}/confirm")
    assert refused.status_code == 409
    assert "Somebody else confirms it" in refused.text
    assert office.submit(f"{one}/terms/{word}/confirm").status_code == 303
    assert ">Preferred</span>" in visitor.get(f"{GLOSSARY}{concept}/").text
    wrong = {"lang": "zh", "text": "城市翻新", "use": "admitted", "owner": "", "source": "GB/T 1"}
    assert office.submit(f"{one}/terms/new", wrong).status_code == 303
    assert office.submit(f"{one}/terms/new", wrong).status_code == 409
    _, bad = concept_called(app, "城市翻新")
    assert office.submit(f"{one}/terms/{bad}/steps/forbid", {"reason": ""}).status_code == 409
    assert office.submit(f"{one}/terms/{bad}/steps/forbid", {"reason": "Too narrow."}).status_code == 303
    assert office.submit(f"{one}/terms/{bad}/confirm").status_code == 303
    page = visitor.get(f"{GLOSSARY}{concept}/").text
    assert "Too narrow." in page
    assert ">Forbidden</span>" in page
    changed = {"subject": "general", "owner": "SAC", "definition_en": "What it is.", "definition_zh": "定义。"}
    assert translator.submit(f"{one}/change", changed).status_code == 303
    assert "What it is." in visitor.get(f"/zh/glossary/{concept}/").text
    history = office.get(one).text
    assert "A term was forbidden" in history
    assert "Entered" in history


def test_two_editors_of_one_entry_are_told(people: Cast, app: Flask) -> None:
    concept, word = concept_called(app, "主持人")
    client = people.client(TRANSLATOR)
    typed = {"subject": "meetings", "owner": "", "version": "1"}
    assert client.submit(f"{DESK}{concept}/change", typed | {"note_en": "One."}).status_code == 303
    late = client.submit(f"{DESK}{concept}/change", typed | {"note_en": "Two."})
    assert late.status_code == 409
    assert "Two." in late.text  # what was typed is kept
    said = {"lang": "zh", "text": "司仪", "owner": "", "source": "x", "version": "1"}
    assert client.submit(f"{DESK}{concept}/terms/{word}", said).status_code == 303
    assert client.submit(f"{DESK}{concept}/terms/{word}", said).status_code == 409


def test_two_concepts_are_merged_by_a_word(people: Cast, app: Flask) -> None:
    client = people.client(OFFICE)
    keeps, _ = concept_called(app, "resilience")
    goes, _ = concept_called(app, "urban resilience")
    merge = f"{DESK}{keeps}/merge"
    assert client.submit(merge, {"other": "no such word"}).status_code == 422
    assert client.submit(merge, {"other": "resilience"}).status_code == 422
    assert client.submit(merge, {"other": "城市韧性"}).status_code == 303
    assert "城市韧性" in people.client().get(f"{GLOSSARY}{keeps}/").text
    assert people.client().get(f"{GLOSSARY}{goes}/").status_code == 404


def hand_in(client: Client, content: bytes, name: str) -> str:
    sent = client.submit(f"{DESK}import", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    assert sent.status_code == 303, sent.text[-2000:]
    return str(sent.headers["Location"])


def test_a_file_is_looked_at_first_and_taken_in_once(people: Cast, app: Flask) -> None:
    client = people.client(TRANSLATOR)
    content = "en,zh\nurban renewal,城市更新\nsmart city,智慧城市\n".encode("utf-8-sig")
    look = hand_in(client, content, "terms.csv")
    page = client.get(look).text
    assert "城市更新" in page
    assert '<span class="figure">1</span>new concepts' in page
    assert '<span class="figure">2</span>terms that are there already' in page
    assert "城市更新" not in people.client().get(f"{GLOSSARY}?q=urban+renewal").text
    assert client.submit(look).status_code == 303
    assert "城市更新" in people.client().get(f"{GLOSSARY}?q=urban+renewal").text
    assert "This file was taken in on" in client.get(look).text
    assert client.post(look, data={"csrf_token": "x"}).status_code in {400, 409, 422}
    again = hand_in(client, content, "terms.csv")
    assert "holds nothing that the glossary lacks" in client.get(again).text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>', "t.tbx", "document type or entities"),
        (b"<tbx><text>", "t.tbx", "whole: 1:12"),
        (b"one,two\n1,2\n", "t.csv", "names no columns"),
        (b"language,term\nfr,ville\n", "t.csv", "2: the language “fr” is not taken"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(people: Cast, content: bytes, name: str, said: str) -> None:
    client = people.client(TRANSLATOR)
    look = hand_in(client, content, name)
    assert said in html.unescape(client.get(look).text)
    assert client.post(look, data={}).status_code in {400, 422}


def test_other_files_are_refused_at_the_door(people: Cast) -> None:
    client = people.client(TRANSLATOR)
    for content, name in ((b"%PDF-1.7", "t.pdf"), (b"", "t.csv"), (b"\0\1", "t.tbx"), (b"PK\x03\x04", "t.csv")):
        data = {"file": (io.BytesIO(content), name)}
        sent = client.submit(f"{DESK}import", data, content_type="multipart/form-data")
        assert sent.status_code == 422, name
    assert client.submit(f"{DESK}import", {}).status_code == 422


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "\0", "x" * 20000, "９" * 20, "=1+1"])
def test_whatever_is_typed_never_breaks_a_form(people: Cast, app: Flask, nasty: str) -> None:
    client = people.client(OFFICE)
    concept, word = concept_called(app, "主持人")
    base = {"subject": "cities", "text_en": "a", "lang": "zh", "text": "词", "use": "admitted", "other": "resilience"}
    for name in ("subject", "owner", "definition_en", "note_zh", "text_en", "source", "lang", "text", "use", "other"):
        for path in ("new", f"{concept}/change", f"{concept}/terms/new", f"{concept}/terms/{word}", f"{concept}/merge"):
            answer = client.submit(f"{DESK}{path}", base | {name: nasty})
            assert answer.status_code in {303, 400, 404, 409, 422}, (name, path)
            assert "<script>alert" not in answer.text
            if path.endswith("merge") and answer.status_code == 303:
                return


def test_terms_come_by_command(people: Cast, app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("terms") / "terms.csv"
    file.write_text("en,zh\nurban renewal,城市更新\nmoderator,司仪\n", encoding="utf-8")
    said: list[str] = []
    with app.app_context():
        import_file(file, dry_run=True, say=said.append)
        assert said[-1] == "Nothing was changed: this was a preview."
        assert session.scalars(select(TermRendering).where(TermRendering.text == "城市更新")).first() is None
        import_file(file, dry_run=False, say=said.append)
        assert "2 concepts read: 1 new, with 3 new terms; 1 terms are there already" in said[-2]
        assert (
            session.scalars(select(TermConcept.head_zh).where(TermConcept.head_en == "urban renewal")).one()
            == "城市更新"
        )
        import_seeds(said.append)
        assert said[-1] == "Added 0 concepts with 0 terms."
        session.remove()


def test_the_command_asks_for_a_file_or_the_seeds() -> None:
    from forum.commands.terms import import_terms  # noqa: PLC0415 - the command line reads it late as well

    answer = CliRunner().invoke(import_terms, [])
    assert answer.exit_code == 2
    assert "Name a file, or say --seeds alone." in answer.output


def test_no_english_of_ours_stands_on_a_chinese_page(people: Cast, app: Flask) -> None:
    concept, word = concept_called(app, "主持人")
    client = people.client(OFFICE)
    assert client.submit(f"{DESK}{concept}/terms/{word}/steps/admit").status_code == 303
    for path in ("/zh/glossary/", f"/zh/desk/glossary/{concept}", "/zh/desk/glossary/new"):
        page = client.get(path).text
        for words in ("Forums and meetings", "A term was admitted", "General words"):
            assert words not in page
