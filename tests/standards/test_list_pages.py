"""The list of standards: what a reader finds, and what leaves as data."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.committees.models import TitleStatus
from forum.core.database import begin_writing, session
from forum.standards.models import Standard
from forum.standards.queries.search import Filters, search
from tests.cast import Cast
from tests.standards.conftest import Written, bring, row
from tests.standards.ground import changed
from tests.statements import counted_statements

ATTRIBUTION = "made available under the ODC Attribution License"


def found(words: str, **filters: object) -> list[str]:
    return [each.reference for each in search(words, Filters(**filters)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed", ["GB/T 36749—2018", "GB/T 36749-2018", "gbt36749", "36749", "GB／T ３６７４９", "gb/t36749 - 2018"]
)
def test_a_reference_is_found_however_it_is_typed(catalogue: Cast, app: Flask, typed: str) -> None:
    with app.app_context():
        assert found(typed)[0].startswith("GB/T 36749")
        session.remove()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("ISO 37120:2018", "ISO 37120:2018"),
        ("iso37120", "ISO 37120:2018"),
        ("ISO 37155-1", "ISO 37155-1:2020"),
        ("indicators quality of life", "ISO 37120:2018"),
        ("VILLES intelligentes", "ISO 37122:2019"),
        ("城市 指标", "ISO 37120:2018"),
        ("Y.4900", "ITU-T Y.4900/L.1600 (06/2016)"),
        ("L.1600", "ITU-T Y.4900/L.1600 (06/2016)"),
        ("IEC 63152", "IEC 63152:2020"),
    ],
)
def test_titles_are_found_in_three_languages(catalogue: Cast, app: Flask, typed: str, wanted: str) -> None:
    with app.app_context():
        assert wanted in found(typed)
        session.remove()


def test_words_of_two_characters_are_found_and_others_are_not(catalogue: Cast, app: Flask) -> None:
    with app.app_context():
        titles = [each.title_zh for each in search("城市").rows]
        assert titles
        assert all("城市" in title for title in titles)
        assert found("市城") == []
        session.remove()


def test_a_committee_in_any_spelling_leads_to_its_work_and_that_of_its_groups(catalogue: Cast, app: Flask) -> None:
    with app.app_context():
        everything = search("ISO/TC268")
        assert everything.count == 69
        assert search("ISO/TC 268/SC 1").count == 23
        assert search("TC 268").count == 69
        assert search("", Filters(committee="iso-tc-268")).count == 69
        assert 0 < search("iso tc268 transportation").count < 30
        session.remove()


def test_an_ics_code_finds_what_begins_so(catalogue: Cast, app: Flask) -> None:
    with app.app_context():
        wide, narrow = search("13.020").count, search("13.020.20").count
        assert wide >= narrow > 0
        assert search("13.02").count == wide
        assert search("99.999").count == 0
        session.remove()


def test_filters_narrow_the_list(catalogue: Cast, app: Flask) -> None:
    with app.app_context():
        assert {each.standing for each in search("", Filters(standing="withdrawn")).rows} == {"withdrawn"}
        assert {each.kind for each in search("", Filters(kind="TR")).rows} == {"TR"}
        assert {each.stage_equivalent[:2] for each in search("", Filters(stage="40")).rows} == {"40"}
        assert {each.published_on.year for each in search("", Filters(year=2019)).rows if each.published_on} == {2019}
        assert search("", Filters(topic="indicators")).count < search("").count
        assert search("", Filters(committee="-")).count == 0
        session.remove()


@pytest.mark.parametrize(
    "typed", ["'", '"', "*", "a OR", "NEAR(", "-", "\\", "%", "_", ":*", "& |", "🙂", "x" * 300, "(", "AND"]
)
def test_no_sign_breaks_the_search(catalogue: Cast, app: Flask, typed: str) -> None:
    with app.app_context():
        search(typed)
        session.remove()
    answer = catalogue.client().get("/en/standards/", query_string={"q": typed, "committee": typed, "year": typed})
    assert answer.status_code == 200


def test_an_edited_title_is_found_at_once(catalogue: Cast, app: Flask) -> None:
    def rename() -> None:
        standard = session.scalars(select(Standard).where(Standard.reference == "ISO 37101:2016")).one()
        standard.title_zh, standard.zh_status = "熊猫标准", TitleStatus.UNOFFICIAL

    changed(app, rename)
    with app.app_context():
        assert found("熊猫") == ["ISO 37101:2016"]
        session.remove()


def test_what_is_taken_away_is_not_found(app: Flask, write: Written) -> None:
    with app.app_context():
        bring(write([row(1), row(2)]))
        begin_writing()
        session.delete(session.scalars(select(Standard).where(Standard.iso_id == 1)).one())
        session.commit()
        assert found("cities") == ["ISO 2:2020"]
        session.remove()


def test_an_imported_change_is_found_and_the_old_words_are_not(app: Flask, write: Written) -> None:
    with app.app_context():
        bring(write([row(1, title_en="Bridges")]))
        bring(write([row(1, title_en="Tunnels", reference="ISO 99:2026")], "later.csv"), forced=True)
        assert found("tunnels") == ["ISO 99:2026"]
        assert found("bridges") == []
        assert found("iso99") == ["ISO 99:2026"]
        session.remove()


def test_the_number_of_statements_does_not_grow(app: Flask, write: Written, visitor: FlaskClient) -> None:
    def asked(address: str) -> int:
        with app.app_context(), counted_statements() as seen:
            assert visitor.get(address).status_code == 200
        return len(seen)

    with app.app_context():
        bring(write([row(1), row(2)]))
        session.remove()
    address = "/en/standards/?q=cities&committee=ISO/TC268&standing=published"
    few = asked(address)
    with app.app_context():
        bring(write([row(number) for number in range(1, 120)], "more.csv"))
        session.remove()
    assert asked(address) == few
    assert few <= 12


def test_pages_are_of_fifty_and_lead_on(app: Flask, write: Written, visitor: FlaskClient) -> None:
    with app.app_context():
        bring(write([row(number) for number in range(1, 121)]))
        session.remove()
    first, last = visitor.get("/en/standards/").text, visitor.get("/en/standards/?page=3").text
    assert first.count('<th scope="row">') == 50
    assert last.count('<th scope="row">') == 20
    assert "120 standards" in first
    assert visitor.get("/en/standards/?page=99").status_code == 200


@pytest.mark.parametrize(("language", "mark"), [("en", "Unofficial translation"), ("zh", "非官方译名")])
def test_an_unofficial_title_says_so_on_the_page(catalogue: Cast, language: str, mark: str) -> None:
    page = catalogue.client().get(f"/{language}/standards/?q=37101").text
    assert ("非官方译名" in page or "Unofficial translation" in page) is (language == "zh"), mark
    assert "iso.org/open-data.html" in page


def test_no_title_leaves_as_data_without_its_status(catalogue: Cast) -> None:
    document = json.loads(catalogue.client().get("/en/standards.json?q=37101").text)
    assert ATTRIBUTION in document["attribution"]
    assert document["dataset_date"]
    titles = [title for each in document["standards"] for title in each["titles"].values()]
    assert {title["status"] for title in titles if not title["official"]} >= {"unofficial"}
    assert all(title["text"] and title["status"] for title in titles)


def test_the_table_names_the_status_of_every_title(catalogue: Cast) -> None:
    content = catalogue.client().get("/en/standards.csv?committee=iso-tc-268").data.decode("utf-8-sig")
    heading, *lines = csv.reader(io.StringIO(content))
    assert len(lines) == 69
    place = heading.index("Chinese title")
    assert heading[place + 1] == "Status of the Chinese title"
    assert all(bool(line[place]) == bool(line[place + 1]) for line in lines)
    assert all(ATTRIBUTION in line[-1] for line in lines)


def test_a_table_holds_no_formula(app: Flask, write: Written, visitor: FlaskClient) -> None:
    with app.app_context():
        bring(write([row(1, reference="=1+1", title_en="@SUM(A1)")]))
        session.remove()
    content = visitor.get("/en/standards.csv").data.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(content)) for cell in line]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_a_long_list_goes_on_in_parts(app: Flask, write: Written, visitor: FlaskClient) -> None:
    with app.app_context():
        bring(write([row(number) for number in range(1, 1102)]))
        session.remove()
    first = json.loads(visitor.get("/en/standards.json").text)
    assert (first["count"], len(first["standards"])) == (1101, 1000)
    assert first["next"].endswith("/en/standards.json?page=2")
    assert 'rel="next"' in visitor.get("/en/standards.csv").headers["Link"]
    rest = json.loads(visitor.get("/en/standards.json?page=2").text)
    assert (len(rest["standards"]), rest["next"]) == (101, None)


def test_a_visitor_is_served_the_prepared_page_until_an_import_changes_it(
    app: Flask, write: Written, visitor: FlaskClient
) -> None:
    with app.app_context():
        bring(write([row(1)]))
        session.remove()
    before = visitor.get("/en/standards/")
    repeat = visitor.get("/en/standards/", headers={"If-None-Match": before.headers["ETag"]})
    assert repeat.status_code == 304
    with app.app_context():
        bring(write([row(1), row(2)], "later.csv"))
        session.remove()
    assert "ISO 2:2020" in visitor.get("/en/standards/").text
