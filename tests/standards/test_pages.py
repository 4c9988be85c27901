"""The pages of single standards and of what changed, for everybody and at the desk."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from lxml import etree
from sqlalchemy import select

from forum.committees.neighbours import PagePart
from forum.core.database import begin_writing, session
from forum.standards.models import StageEvent, StageKind, Standard
from forum.standards.neighbours import neighbours
from forum.standards.references import slug
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.gates.pages import Names, Page
from tests.standards.ground import standard
from tests.statements import counted_statements

LANGUAGES = ("en", "zh")
NAMES = Names(("Registration", "Protocol", "Agenda", "Delegate"))  # of the cast
DESK = (
    "desk/standards/",
    "desk/standards/stages",
    *(f"desk/standards/iso-37187/{page}" for page in ("", "stage", "title", "plan", "topics")),
    "desk/committees/iso-tc-268/transfer",
)


def faults_of(address: str, text: str) -> list[str]:
    """What the gates would find on a page."""
    page = Page(address, text)
    return [*page.blemishes(), *(f"{language}: {words}" for language, words in page.foreign_words(NAMES))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_standard_can_be_read_in_its_language(catalogue: Cast, app: Flask, language: str) -> None:
    with app.app_context():
        slugs = session.scalars(select(Standard.slug).order_by(Standard.id)).all()
        session.remove()
    assert len(slugs) == 170
    visitor, office = catalogue.client(), catalogue.client("registration")
    addresses = [f"standards/{each}/" for each in slugs[::3]]
    for address in (*addresses, "standards/changes", "standards/changes?since=2016-01-01"):
        answer = visitor.get(f"/{language}/{address}")
        assert answer.status_code == 200, address
        assert faults_of(address, answer.text) == [], address
    for address in DESK:
        answer = office.get(f"/{language}/{address}")
        assert answer.status_code == 200, address
        assert faults_of(address, answer.text) == [], address


def test_the_page_says_where_a_draft_stands_in_words_of_both_languages(catalogue: Cast) -> None:
    english = catalogue.client().get("/en/standards/iso-37187/").text
    assert "DIS ballot initiated" in english
    assert 'aria-current="step">Enquiry' in english
    assert "As of 2 Jun 2025." in english
    chinese = catalogue.client().get("/zh/standards/iso-37187/").text
    assert "征询意见阶段" in chinese
    assert "国际标准草案投票开始" in chinese
    assert "非官方译名" in chinese


def test_codes_of_another_scheme_are_named_in_it(catalogue: Cast) -> None:
    page = catalogue.client().get("/en/standards/iec-63152/").text
    assert "Stage codes of IEC" in page
    assert "corresponds to 60.60 of the harmonized codes" in page
    assert "Stable until" in page
    itu = catalogue.client().get("/zh/standards/itu-t-y-4900/").text
    assert "现行有效" in itu
    assert "ITU-T Y.4900/L.1600 (06/2016)" in itu
    assert "https://www.itu.int/rec/T-REC-Y.4900/" in itu


def test_a_national_standard_is_printed_with_its_dash_and_says_how_sure_it_is(catalogue: Cast) -> None:
    page = catalogue.client().get("/en/standards/gb-t-40759/").text
    assert "GB/T 40759—2021" in page
    assert "To be confirmed" in page
    assert "Title to be confirmed" in page


def test_an_older_edition_points_to_what_replaced_it(catalogue: Cast) -> None:
    page = catalogue.client().get("/en/standards/iso-37120-2014/").text
    assert "It has been replaced by" in page
    assert '/en/standards/iso-37120/"' in page
    assert "Amended by" in catalogue.client().get("/en/standards/iso-37101/").text


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("iso-37101-2016", "iso-37101"),
        ("iso-37120-2018", "iso-37120"),
        ("ISO-DIS-37187", "iso-37187"),
        ("gbt36749-2018", "gb-t-36749"),
        ("iso-iec-dtr-25005-2", "iso-iec-tr-25005-2"),
    ],
)
def test_another_spelling_leads_on_to_the_page(catalogue: Cast, old: str, now: str) -> None:
    answer = catalogue.client().get(f"/zh/standards/{old}/")
    assert (answer.status_code, answer.location) == (301, f"/zh/standards/{now}/")
    assert catalogue.client().get(f"/zh/standards/{old}.json").location == f"/zh/standards/{now}.json"


@pytest.mark.parametrize("nasty", ["unknown", "%00", "x" * 400, "..%2f..", "%ED%A0%80", "<script>", "-", "moving-"])
def test_whatever_is_asked_for_is_answered(catalogue: Cast, nasty: str) -> None:
    visitor = catalogue.client()
    for address in (f"/en/standards/{nasty}/", f"/en/standards/{nasty}.json", f"/en/committees/{nasty}/"):
        assert visitor.get(address).status_code in {301, 308, 404}, address
    for query in (f"since={nasty}", f"page={nasty}", f"committee={nasty}"):
        assert visitor.get(f"/en/standards/changes?{query}").status_code == 200
        assert visitor.get(f"/en/standards/changes.xml?{query}").status_code == 200
        assert visitor.get(f"/en/standards/changes.json?{query}").status_code == 200
        assert catalogue.client("registration").get(f"/en/desk/standards/?q={nasty}&{query}").status_code in {200, 303}


@pytest.mark.parametrize("language", LANGUAGES)
def test_iso_data_carry_their_attribution_and_their_date_everywhere(catalogue: Cast, language: str) -> None:
    line = {"en": "made available under the ODC Attribution License", "zh": "依据ODC署名许可"}[language]
    visitor = catalogue.client()
    for address in ("standards/iso-37101/", "standards/changes", "committees/", "committees/iso-tc-268/"):
        text = visitor.get(f"/{language}/{address}").text
        assert line in text, address
        assert re.search(r"202[56]", text[text.index(line) :]), address
    for address in ("standards/iso-37101.json", "committees.json", "standards/changes.json"):
        document = json.loads(visitor.get(f"/{language}/{address}").text)
        assert line in document["attribution"]
        assert document["dataset_date"]
    assert line not in visitor.get(f"/{language}/standards/itu-t-y-4900/").text


def test_a_standard_as_data_says_what_the_page_says(catalogue: Cast) -> None:
    document = json.loads(catalogue.client().get("/en/standards/iso-37100-draft.json").text)
    assert document["reference"] == "ISO/DIS 37100"
    assert document["stage"]["code"] == "40.20"
    assert document["stage"]["name_zh"].startswith("国际标准草案投票开始")
    assert document["titles"]["zh"] == {
        "text": document["titles"]["zh"]["text"],
        "status": "unofficial",
        "status_words": "Unofficial translation",
        "official": False,
    }
    assert [(row["kind"], row["reference"]) for row in document["relations"]] == [("replaces", "ISO 37100:2016")]
    assert [topic["slug"] for topic in document["topics"]] == ["vocabulary"]
    assert document["confidence"] == "verified"


def test_what_changed_is_a_page_data_and_a_feed(catalogue: Cast, app: Flask, clock: FixedClock) -> None:
    office = catalogue.client("registration")
    sent = {"code": "40.60", "on": "2027-02-20", "precision": "day", "reason": "Notice N 7", "source": "ISO"}
    assert office.submit("/en/desk/standards/iso-37187/stage", sent).status_code == 303
    visitor = catalogue.client()
    page = visitor.get("/en/standards/changes?since=2027-01-01").text
    assert "ISO/DIS 37187" in page
    assert "declared by the national office" in page
    assert "Notice N 7" not in page  # the reason stays inside
    document = json.loads(visitor.get("/zh/standards/changes.json?since=2027-01-01").text)
    assert [(row["standard"], row["code"], row["on"]) for row in document["stages"]] == [
        ("ISO/DIS 37187", "40.60", "2027-02-20")
    ]
    feed = etree.fromstring(visitor.get("/en/standards/changes.xml?since=2027-01-01").data)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 1
    assert "Close of voting (40.60)" in str(entries[0].findtext(f"{atom}title"))
    assert "9 days in 40.60" in visitor.get("/en/standards/iso-37187/").text
    clock.forward(days=30)
    assert "5 weeks in 40.60" in visitor.get("/en/standards/iso-37187/").text
    with app.app_context():
        event = session.scalars(select(StageEvent).where(StageEvent.kind == StageKind.DECLARED)).one()
        assert event.reason == "Notice N 7"
        assert event.by.startswith("account:")
        session.remove()


def test_only_lawful_stages_are_offered_and_others_are_answered_409(catalogue: Cast) -> None:
    office = catalogue.client("registration")
    page = office.get("/en/desk/standards/iso-37187/stage").text
    assert re.findall(r'<option[^>]*value="(\d\d\.\d\d)"', page) == ["40.60"]
    sent = {"code": "60.60", "on": "2027-02-20", "precision": "day", "reason": "Because"}
    answer = office.submit("/zh/desk/standards/iso-37187/stage", sent)
    assert answer.status_code == 409
    assert "只能进入以下阶段之一：40.60" in answer.text
    assert "Because" in answer.text  # what was typed is kept


def test_who_came_second_is_told_so(catalogue: Cast) -> None:
    office = catalogue.client("registration")
    first = {"title_zh": "某标准名称", "zh_status": "unofficial", "zh_source": ""}
    opened = office.get("/en/desk/standards/iso-37187/title").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', opened)
    assert version is not None
    assert office.submit("/en/desk/standards/iso-37187/title", first).status_code == 303
    late = office.submit("/en/desk/standards/iso-37187/title", first | {"version": version[1]})
    assert late.status_code == 409
    assert "Somebody else changed this standard meanwhile" in late.text


def test_a_title_without_a_source_never_becomes_official(catalogue: Cast) -> None:
    office, address = catalogue.client("registration"), "/en/desk/standards/iso-37187/title"
    typed = {"title_zh": "某标准名称", "zh_status": "official", "zh_source": ""}
    refused = office.submit(address, typed)
    assert refused.status_code == 422
    assert "without a source it is unofficial" in refused.text
    assert office.submit(address, typed | {"zh_source": "GB/T 1.1"}).status_code == 303
    assert "非官方译名" not in catalogue.client().get("/zh/standards/iso-37187/").text.split("<aside")[0]


def test_plan_and_topics_are_kept_and_the_clock_is_shown(catalogue: Cast) -> None:
    office = catalogue.client("registration")
    plan = {"track": "36", "due_FDIS": "2027-04-01", "due_IS": "2027-12-01"}
    assert office.submit("/en/desk/standards/iso-37187/plan", plan).status_code == 303
    assert office.submit("/en/desk/standards/iso-37187/topics", {"topics": ["indicators"]}).status_code == 303
    page = catalogue.client().get("/en/standards/iso-37187/").text
    assert "36 months" in page
    assert "At risk" in page
    assert "Indicators" in page
    assert "At risk" in office.get("/en/desk/standards/").text
    edited = office.get("/en/desk/standards/iso-37187/").text
    assert "Edited here" in edited
    assert "Target dates" in edited
    reversed_dates = office.submit(
        "/en/desk/standards/iso-37187/plan", {"track": "", "due_FDIS": "2028-01-01", "due_IS": "2027-01-01"}
    )
    assert reversed_dates.status_code == 422


def test_the_wizard_hands_the_work_over_and_the_old_page_says_so(catalogue: Cast) -> None:
    office = catalogue.client("registration")
    address = "/en/desk/committees/iso-tc-268-sc-2/transfer"
    works = re.findall(r'name="works"[^>]*value="([^"]+)"', office.get(address).text)
    assert len(works) == 21
    sent = {"other": "JTC 4", "effective_on": "2027-02-01", "works": works, "whole": "y", "mirrors": "y", "posts": "y"}
    refused = office.submit(address, sent | {"other": "JTC 99"})
    assert refused.status_code == 422
    done = office.submit(address, sent)
    assert done.status_code == 303
    assert "21 work items" in office.get(done.location).text
    visitor = catalogue.client()
    old = visitor.get("/en/committees/iso-tc-268-sc-2/").text
    assert "Succeeded on 1 Feb 2027 by" in old
    assert "ISO/IEC JTC 4" in old
    assert "ISO/DIS 16481" in visitor.get("/en/committees/iso-iec-jtc-4/").text
    page = visitor.get("/en/standards/iso-16481/").text
    assert "Committees by date" in page
    assert "ISO/TC 268/SC 2" in page


@pytest.mark.parametrize("who", ["protocol", "agenda", "delegate", "door", "viewer", "organiser"])
def test_posts_and_other_offices_read_the_desk_and_change_nothing(catalogue: Cast, who: str) -> None:
    client = catalogue.client(who)
    assert client.get("/en/desk/standards/").status_code == 200
    page = client.get("/en/desk/standards/iso-37187/").text
    assert "Declare a stage" not in page
    for deed in ("stage", "title", "plan", "topics"):
        assert client.get(f"/en/desk/standards/iso-37187/{deed}").status_code == 404
        assert client.submit(f"/en/desk/standards/iso-37187/{deed}", {}, page="/en/account").status_code == 404
    assert client.get("/en/desk/committees/iso-tc-268/transfer").status_code == 404


def test_the_desk_is_closed_to_everybody_else(catalogue: Cast) -> None:
    for who in ("stranger", "focal", "neighbour"):
        assert catalogue.client(who).get("/en/desk/standards/").status_code == 404
    assert catalogue.client().get("/en/desk/standards/").status_code == 303  # to sign in


def test_a_prepared_page_is_served_again_until_something_changes(
    catalogue: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "parts", {})
    visitor, address = catalogue.client(), "/en/standards/iso-37187/"
    first = visitor.get(address)
    with app.app_context(), counted_statements() as seen:
        assert visitor.get(address).headers["ETag"] == first.headers["ETag"]
    assert seen == []
    assert visitor.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    sent = {"title_zh": "改过的名称", "zh_status": "unofficial", "zh_source": ""}
    catalogue.client("registration").submit("/en/desk/standards/iso-37187/title", sent)
    assert "改过的名称" in visitor.get(address).text


def test_a_page_with_a_part_that_tells_nobody_of_its_changes_is_made_anew_each_time(
    catalogue: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "parts", {999: lambda _found, _who, _now: None})
    visitor = catalogue.client()
    for bumping, kept in ((set(), False), ({999}, True)):
        monkeypatch.setattr(neighbours, "bumping", bumping)
        visitor.get("/en/standards/iso-37120/")
        with app.app_context(), counted_statements() as seen:
            visitor.get("/en/standards/iso-37120/")
        assert (seen == []) is kept


def test_pages_ask_a_bounded_number_of_statements(catalogue: Cast, app: Flask) -> None:
    client = catalogue.client("stranger")  # whoever is signed in gets no prepared page
    counts: dict[str, list[int]] = {}
    addresses = ("/en/standards/iso-37187/", "/en/standards/changes?since=2000-01-01", "/en/committees/itu-t-sg-20/")
    for more in (False, True):
        with app.app_context():
            if more:
                begin_writing()
                found = standard("ISO/DIS 37187")
                session.add_all(
                    StageEvent(standard_id=found.id, scheme=found.scheme, code="40.20", kind=StageKind.OBSERVED)
                    for _ in range(50)
                )
                session.commit()
            session.remove()
        for address in addresses:
            with app.app_context(), counted_statements() as seen:
                assert client.get(address).status_code == 200
            counts.setdefault(address, []).append(len(seen))
    for address, (before, after) in counts.items():
        assert after <= before, address
        assert after <= 30, address  # with the parts that upper rooms put there


def test_what_upper_rooms_give_stands_on_the_page(catalogue: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    part = PagePart("components/part_of_a_test.html", {"told": "Marker of the part"})
    templates = {part.template: "<section>{{ told }} {{ part.facts.told }} {{ standard.slug }}</section>"}
    known = catalogue.app.jinja_env.loader
    assert known is not None
    monkeypatch.setattr(catalogue.app.jinja_env, "loader", ChoiceLoader([DictLoader(templates), known]))
    monkeypatch.setitem(neighbours.parts, 999, lambda found, _who, _now: part if found.slug == "iso-37101" else None)
    visitor = catalogue.client()
    assert "Marker of the part Marker of the part iso-37101" in visitor.get("/en/standards/iso-37101/").text
    assert "Marker of the part" not in visitor.get("/en/standards/iso-37120/").text


def test_the_addresses_are_those_that_were_promised() -> None:
    assert slug("ISO 37101:2016") == "iso-37101"
