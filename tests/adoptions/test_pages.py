"""The pages of the ledger: who reads and changes what, and that an unconfirmed degree is shown nowhere as a fact."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import Any

import pytest
from flask import Flask, render_template_string
from sqlalchemy import select

from forum.adoptions.models import Adoption, AdoptionDifference, DifferenceKind
from forum.adoptions.operations import seeding
from forum.adoptions.states import EntryState
from forum.adoptions.views import standard_part
from forum.committees.models import Confidence
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.standards.models import Standard, StandardTopic, Topic
from forum.translation.models import Origin
from forum.translation.operations import record as write
from forum.web.viewer import NOBODY
from tests.adoptions.scene import furnish
from tests.adoptions.shelf import Shelf, adopted, furnish_shelf, replaces, standard
from tests.cast import Cast
from tests.conftest import START, FixedClock
from tests.statements import counted_statements

LEDGER = "/en/adoptions/"
DESK = "/en/desk/adoptions"


@pytest.fixture
def shelf(app: Flask, cast: Cast, clock: FixedClock) -> Shelf:
    """The four known pairs, and a pair whose degree is a fact."""
    with app.app_context():
        begin_writing()
        made = furnish_shelf(cast)
        tc268 = made.committees["tc268"]
        old = standard("ISO 37120:2014", "95.99", committee_id=tc268)
        replaces(standard("ISO 37120:2018", committee_id=tc268), old)
        system = standard("ISO 37101:2016", "90.93", committee_id=tc268)
        standard("ISO 37101:2016/Amd 1:2024", supplement="Amd", base_id=system.id, kind="Amd")
        standard("ISO 37100:2016", "90.92")
        standard("ISO 37104:2019", "90.93")
        standard("GB/T 36749-2018")
        seeding.write_known(clock())
        base = standard("ISO 37122:2019", committee_id=made.committees["sc1"])
        adopted(standard("GB/T 99122-2023"), base, clock(), sure=True)
        session.commit()
        session.remove()
    return made


def entry(app: Flask, national: str) -> str:
    """The address of an entry by the number of its national standard."""
    with app.app_context():
        found = session.scalars(select(Adoption.public_id).where(Adoption.national.has(reference=national))).one()
        session.remove()
        return found


def facts_typed(**more: str) -> dict[str, str]:
    base = {"national": "GB/T 77-2022", "international": "ISO 77:2020", "direction": "adopts", "degree": "idt"}
    base |= {"state": "planned", "in_force_from": "", "superseded_on": "", "mirror": "", "evidence": ""}
    return base | {"note_en": "", "note_zh": ""} | more


def test_everybody_reads_the_ledger_in_both_languages(cast: Cast, shelf: Shelf) -> None:
    english, chinese = cast.client().get(LEDGER).text, cast.client().get("/zh/adoptions/").text
    for page in (english, chinese):
        assert "GB/T 36749—2018" in page
        assert "ISO 37120:2014" in page
        assert "opendatacommons.org" in page
    for words in ("Base edition replaced", "Amendment not adopted", "To be revised", "Conversion rate", "Scope: all"):
        assert words in english
    assert "is withdrawn and replaced by ISO 37120:2018" in html.unescape(english)
    assert "Unofficial translation" not in english
    assert chinese.count("ISO 37120:2014的名称") >= 1


def test_no_unconfirmed_degree_is_shown_as_a_fact(cast: Cast, shelf: Shelf, app: Flask) -> None:
    visitor = cast.client()
    data = json.loads(visitor.get("/en/adoptions.json").text)["adoptions"]
    shown = {each["national"]["reference"]: (each["degree"], each["reported_degree"]) for each in data}
    assert shown["GB/T 36749-2018"] == (None, "IDT")
    assert shown["GB/T 99122-2023"] == ("IDT", None)  # the control: a confirmed one is shown
    table = list(csv.DictReader(io.StringIO(visitor.get("/en/adoptions.csv").data.decode("utf-8-sig"))))
    degrees = {row["National standard"]: row["Degree"] for row in table}
    assert degrees["GB/T 36749—2018"] == ""
    assert degrees["GB/T 99122—2023"] == "Identical (IDT)"
    unsure = visitor.get(f"{LEDGER}{entry(app, 'GB/T 36749-2018')}/").text
    assert "nobody has confirmed it yet" in unsure
    assert "GB/T 36749—2018/ISO 37120:2014" not in unsure  # only an identical adoption carries both numbers
    sure = visitor.get(f"{LEDGER}{entry(app, 'GB/T 99122-2023')}/").text
    assert "GB/T 99122—2023/ISO 37122:2019" in sure
    assert "(ISO 37122:2019, Title of ISO 37122:2019, IDT)" in sure


def test_data_say_of_each_side_of_a_text_who_vouches_for_it(cast: Cast, shelf: Shelf, app: Flask) -> None:
    by_machine: dict[str, Any] = {"actor": SYSTEM, "now": START, "origin": Origin.MACHINE, "engine": "an engine"}
    with app.app_context():
        begin_writing()
        row = session.scalars(select(Adoption).where(Adoption.national.has(reference="GB/T 99122-2023"))).one()
        held = AdoptionDifference(adoption_id=row.id, kind=DifferenceKind.TECHNICAL, clause="4.2", source_lang="zh")
        held.change_zh = "增加了指标。"
        topic = Topic(slug="planted", source_lang="en", name_en="Planted topic")
        session.add_all((held, topic))
        session.flush()
        session.add(StandardTopic(standard_id=row.national_id, topic_id=topic.id))
        write(held, "adoption_difference", {("change", "en"): "Indicators were added."}, **by_machine)
        write(topic, "topic", {("name", "zh"): "机器所译主题"}, **by_machine)
        session.commit()
        slug = row.national.slug
        session.remove()
    data = json.loads(cast.client().get("/en/adoptions.json").text)["adoptions"]
    (change,) = [each["change"] for one in data for each in one["technical_differences"]]
    assert change == {
        "en": "Indicators were added.",
        "zh": "增加了指标。",
        "state": {"en": "machine", "zh": "source"},
    }
    (told,) = json.loads(cast.client().get(f"/en/standards/{slug}.json").text)["topics"]
    assert told["state"] == {"en": "source", "zh": "machine"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"alarm": "red"}, {"GB/T 36749-2018"}),
        ({"alarm": "green"}, {"GB/T 40761-2021", "GB/T 99122-2023"}),
        ({"degree": "idt"}, {"GB/T 99122-2023"}),
        ({"degree": "open", "alarm": "red"}, {"GB/T 36749-2018"}),
        ({"committee": "iso-tc-268-sc-1"}, {"GB/T 99122-2023"}),
        ({"q": "gbt36749"}, {"GB/T 36749-2018"}),
        ({"q": "GB/T 36749—2018"}, {"GB/T 36749-2018"}),
        ({"q": "36749"}, {"GB/T 36749-2018"}),
        ({"q": "title of iso 37104"}, {"GB/T 40761-2021"}),
        ({"q": "%"}, None),
        ({"state": "planned"}, set()),
    ],
)
def test_the_list_and_its_data_are_filtered_alike(
    cast: Cast, shelf: Shelf, query: dict[str, str], found: set[str] | None
) -> None:
    visitor = cast.client()
    data = json.loads(visitor.get("/en/adoptions.json", query_string=query).text)
    assert data["attribution"].startswith("Contains information from ISO Open Data")
    numbers = {each["national"]["reference"] for each in data["adoptions"]}
    if found is not None:
        assert numbers == found
    page = visitor.get(LEDGER, query_string=query)
    assert page.status_code == 200
    for number in ("GB/T 36749-2018", "GB/T 99122-2023", "GB/T 40761-2021"):
        assert (f"<bdi>{number}" in page.text or number.replace("-", "—") in page.text) == (number in numbers)


def test_the_rate_names_its_scope_and_its_day(cast: Cast, shelf: Shelf) -> None:
    page = cast.client().get(LEDGER, query_string={"committee": "iso-tc-268-sc-1"}).text
    assert "100.0%" in page
    assert "Scope: ISO/TC 268/SC 1; all types of deliverables." in page
    assert "Reckoned on 1 Mar 2027." in page
    rate = json.loads(cast.client().get("/en/adoptions.json").text)["conversion_rate"]
    assert (rate["citable"], rate["adopted"], rate["degree_not_confirmed"]) == (6, 1, 1)


@pytest.mark.parametrize("nasty", ["%", "'; --", "<script>alert(1)</script>", "x" * 5000, "９" * 20, "\0"])
def test_whatever_is_asked_for_is_answered(cast: Cast, shelf: Shelf, nasty: str) -> None:
    for name in ("q", "alarm", "degree", "committee", "type", "state", "page"):
        for path in (LEDGER, "/zh/adoptions.json", "/en/adoptions.csv"):
            answer = cast.client().get(path, query_string={name: nasty})
            assert answer.status_code == 200, (name, path)
            assert "<script>alert" not in answer.text or path != LEDGER


def test_a_long_list_costs_no_more_statements(cast: Cast, shelf: Shelf, app: Flask, clock: FixedClock) -> None:
    def asked() -> int:
        with app.app_context(), counted_statements() as seen:
            assert cast.client().get(LEDGER).status_code == 200
        return len(seen)

    before = asked()
    with app.app_context():
        begin_writing()
        for number in range(50):
            base = standard(f"ISO {number}:2020", committee_id=shelf.committees["tc268"])
            adopted(standard(f"GB/T {number}-2022"), base, clock())
        session.commit()
        session.remove()
    assert asked() == before
    assert "page=2" in cast.client().get(LEDGER).text


@pytest.fixture
def waiting(app: Flask, cast: Cast, shelf: Shelf, clock: FixedClock) -> dict[str, dict[str, str]]:
    """Two proposals that wait, of two committees."""
    with app.app_context():
        begin_writing()
        made = furnish(cast, clock())
        session.commit()
        session.remove()
    return made


@pytest.mark.parametrize(
    ("who", "own", "other", "desk"),
    [
        (None, 404, 404, 303),
        ("stranger", 404, 404, 404),
        ("agenda", 200, 404, 200),
        ("protocol", 404, 200, 200),
        ("door", 200, 404, 200),
        ("viewer", 200, 200, 200),
        ("organiser", 200, 200, 200),
        ("admin", 200, 200, 200),
    ],
)
def test_what_waits_is_read_by_its_committee_and_the_nation(
    cast: Cast, waiting: dict[str, dict[str, str]], who: str | None, own: int, other: int, desk: int
) -> None:
    client = cast.client(who)
    assert client.get(f"{LEDGER}{waiting['own']['adoption_id']}/").status_code == own
    assert client.get(f"{LEDGER}{waiting['other']['adoption_id']}/").status_code == other
    assert client.get(DESK).status_code == desk
    for path in (LEDGER, "/en/adoptions.json", "/en/adoptions.csv"):
        page = client.get(path).text
        assert "99001" not in page
        assert "99002" not in page
    if desk == 200:
        page = client.get(DESK).text
        assert ("99001" in page, "99002" in page) == (own == 200, other == 200)


@pytest.mark.parametrize(
    ("who", "changes", "enters"),
    [
        ("stranger", 404, 404),
        ("viewer", 404, 404),
        ("door", 404, 404),
        ("protocol", 404, 404),
        ("agenda", 200, 200),
        ("organiser", 200, 200),
    ],
)
def test_who_may_change_what_waits(
    cast: Cast, waiting: dict[str, dict[str, str]], who: str, changes: int, enters: int
) -> None:
    one = f"{DESK}/{waiting['own']['adoption_id']}"
    client = cast.client(who)
    for path in ("change", "differences/new", f"differences/{waiting['own']['difference_id']}"):
        assert client.get(f"{one}/{path}").status_code == changes, path
    assert client.get(f"{one}/steps/enter").status_code == enters
    assert client.get(f"{one}/confirm").status_code == (200 if who == "organiser" else 404)


def test_a_proposal_is_returned_corrected_and_entered(
    cast: Cast, app: Flask, waiting: dict[str, dict[str, str]]
) -> None:
    office, secretary = cast.client("organiser"), cast.client("agenda")
    public_id = waiting["own"]["adoption_id"]
    one = f"{DESK}/{public_id}"
    assert secretary.submit(f"{one}/steps/enter").status_code == 409  # not theirs to do
    assert office.submit(f"{one}/steps/return", {"reason": ""}).status_code in {409, 422}
    assert office.submit(f"{one}/steps/return", {"reason": "Which clause?"}).status_code == 303
    assert "Which clause?" in secretary.get(f"{LEDGER}{public_id}/").text
    typed = {"kind": "technical", "clause": "6.1", "change_en": "Removed.", "change_zh": "删除。"}
    assert secretary.submit(f"{one}/differences/new", typed).status_code == 422  # no reason
    assert secretary.submit(f"{one}/differences/new", typed | {"reason_en": "Law."}).status_code == 303
    assert secretary.submit(f"{one}/steps/propose").status_code == 303
    assert office.submit(f"{one}/steps/enter").status_code == 303
    page = cast.client().get(f"{LEDGER}{public_id}/").text
    assert "6.1" in page
    assert "Removed." in page
    assert "To be confirmed" in page
    assert office.submit(f"{one}/confirm", {"evidence": "openstd.samr.gov.cn"}).status_code == 303
    assert "Modified (MOD)" in cast.client().get(f"{LEDGER}{public_id}/").text
    assert secretary.get(f"{one}/change").status_code == 404  # it stands in the ledger now
    difference = waiting["own"]["difference_id"]
    assert "Remove this difference?" in office.get(f"{one}/differences/{difference}/remove").text
    assert office.submit(f"{one}/differences/{difference}/remove").status_code == 303
    assert office.submit(f"{one}/steps/begin", {"on": "2026-01-01"}).status_code == 303
    assert office.get(f"{one}/steps/dance").status_code == 404
    with app.app_context():
        row = session.scalars(select(Adoption).where(Adoption.public_id == public_id)).one()
        assert (row.entry, row.degree_confidence) == (EntryState.ENTERED, Confidence.VERIFIED)
        session.remove()


def test_the_office_enters_a_pair_at_once_and_a_secretary_proposes_it(cast: Cast, app: Flask, shelf: Shelf) -> None:
    with app.app_context():
        begin_writing()
        for reference in ("GB/T 77-2022", "ISO 77:2020", "GB/T 78-2022", "ISO 78:2020"):
            standard(reference)
        session.commit()
        session.remove()
    office, secretary = cast.client("organiser"), cast.client("agenda")
    new = f"{DESK}/new"
    wrong = office.submit(new, facts_typed(national="ISO 77:2020"))
    assert wrong.status_code == 422
    assert "isn't a national standard" in html.unescape(wrong.text)
    assert office.submit(new, facts_typed()).status_code == 303
    assert "GB/T 77—2022" in cast.client().get(LEDGER).text
    assert office.submit(new, facts_typed()).status_code == 409
    own = str(shelf.committees["tc567"])
    other = facts_typed(national="GB/T 78-2022", international="ISO 78:2020")
    assert secretary.submit(new, other | {"mirror": ""}).status_code == 422
    assert secretary.submit(new, other | {"mirror": own}).status_code == 303
    assert "GB/T 78—2022" not in cast.client().get(LEDGER).text
    assert cast.client("door").get(new).status_code == 404


def test_two_editors_of_one_entry_are_told(cast: Cast, app: Flask, shelf: Shelf) -> None:
    office = cast.client("organiser")
    change = f"{DESK}/{entry(app, 'GB/T 99122-2023')}/change"
    typed = facts_typed(state="in_force", in_force_from="2023-05-01")
    assert office.submit(change, typed | {"version": "1"}).status_code in {303, 409}
    assert office.submit(change, typed | {"version": "1"}).status_code == 409


@pytest.mark.parametrize("nasty", ["%", "<script>alert(1)</script>", "\0", "x" * 20000, "９" * 20])
def test_whatever_is_typed_is_refused_with_a_sentence(cast: Cast, shelf: Shelf, nasty: str) -> None:
    office = cast.client("organiser")
    for name in facts_typed():
        answer = office.submit(f"{DESK}/new", facts_typed(**{name: nasty}))
        assert answer.status_code in {400, 422}, name
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize("reference", ["ISO 37120:2014", "GB/T 36749-2018", "ISO 37120:2018"])
def test_the_page_of_a_standard_tells_of_its_adoptions_from_both_sides(
    app: Flask, shelf: Shelf, clock: FixedClock, reference: str
) -> None:
    with app.test_request_context("/en/"):
        row = session.scalars(select(Standard).where(Standard.reference == reference)).one()
        part = standard_part(row, NOBODY, clock())
        if reference == "ISO 37120:2018":
            assert part is None
            return
        assert part is not None
        page = render_template_string("{% include part.template %}", part=part)
        other = "GB/T 36749—2018" if reference.startswith("ISO") else "ISO 37120:2014"
        assert other in page
        assert "Base edition replaced" in page
        assert "To be confirmed" in page
        session.remove()


def test_the_desk_says_what_moved_and_what_nobody_confirmed(cast: Cast, shelf: Shelf) -> None:
    page = cast.client("organiser").get("/zh/desk/adoptions").text
    assert page.count("GB/T 36749—2018") == 2
    assert "GB/T 99122—2023" not in page
