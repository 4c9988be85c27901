"""Who finds which texts at the desk, what they may change there, and what stays as others have agreed to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from forum.adoptions.models import Adoption
from forum.adoptions.operations.entering import step
from forum.cooperation.models import Activity, Milestone, OutcomeKind, PublishedOutcome
from forum.cooperation.operations import publishing
from forum.cooperation.operations.publishing import Wording
from forum.cooperation.queries import publishing as reading
from forum.core import revisions
from forum.core.bilingual import Text, TextState, other
from forum.core.catalogue import translator
from forum.core.database import begin_writing, session
from forum.drafting.neighbours import neighbours
from forum.evidence.models import CityUse
from forum.evidence.states import UseConsent
from forum.memory.rules.scope import is_learnt
from forum.standards.models import Scheme
from forum.translating.commands import parity_lines
from forum.translation import queries as translation
from tests.conftest import START
from tests.cooperation.pair import accepted
from tests.evidence.chain import standard
from tests.gates.pages import Page
from tests.statements import counted_statements
from tests.translating.rooms import INNER, OFFICE, House, case, consent, show_offices

EVERYBODY = ("delegate", "focal", "other_focal", "protocol", "neighbour", "stranger", "viewer", "agenda", "organiser")
# What each of them works on: the names of the house; nothing where somebody isn't named.
FOUND: dict[str, dict[str, set[str]]] = {
    "partnerships": {"delegate": {"partnership"}, "focal": {"partnership"}, "stranger": {"partnership"}},
    "standards": {
        "neighbour": {"entered", "proposed", "topics"},
        "protocol": {"proposed"},
        "stranger": {"entered", "topics"},
    },
    "cases": {"delegate": {"filed"}, "stranger": {"public", "screened"}},
}
KEYS = {
    "partnerships": {"partnership"},
    "standards": {"entered", "proposed", "silent", "topics"},
    "cases": {"filed", "for_pack", "public", "raised", "screened"},
}


def address(house: House, collection: str, name: str, more: str = "", language: str = "en") -> str:
    return f"/{language}/desk/translation/{collection}/{house.names.get(name, name)}/{more}"


def listed(house: House, who: str, collection: str) -> set[str]:
    """The names of the scopes on the page of a collection."""
    page = house.cast.client(who).get(f"/en/desk/translation/{collection}/")
    if page.status_code == 404:
        return set()
    keys = set(re.findall(rf'href="/en/desk/translation/{collection}/([^/"?]+)/"', page.text))
    back = {house.names.get(name, name): name for name in KEYS[collection]}
    return {back[key] for key in keys}


@pytest.mark.parametrize("collection", list(FOUND))
def test_each_finds_what_is_theirs_and_nobody_anything_else(house: House, collection: str) -> None:
    for who in EVERYBODY:
        mine = FOUND[collection].get(who, set())
        assert listed(house, who, collection) == mine, who
        client = house.cast.client(who)
        for name in KEYS[collection]:
            status = client.get(address(house, collection, name)).status_code
            assert status == (200 if name in mine else 404), (who, name)
    assert house.cast.client().get(address(house, collection, next(iter(KEYS[collection])))).status_code in {302, 303}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_every_collection_stands_in_both_languages(house: House, language: str) -> None:
    for collection, of in FOUND.items():
        for who, names in of.items():
            client = house.cast.client(who)
            assert client.get(f"/{language}/desk/translation/").status_code == 200
            for name in names:
                page = address(house, collection, name, language=language)
                worklist = client.get(page)
                assert client.get(f"{page}parity").status_code == 200
                assert client.get(f"{page}parity.csv").status_code == 200
                for record in set(re.findall(rf'href="({page}\w+/\w+/)#', worklist.text)):
                    assert client.get(record).status_code == 200, record


def test_a_translator_reads_nothing_that_only_the_cities_read(house: House) -> None:
    pages = [address(house, "partnerships", "partnership")]
    pages += [
        address(house, "partnerships", "partnership", f"{kind}/{house[name]}/")
        for kind, name in (
            ("activity", "activity"),
            ("activity", "shown_activity"),
            ("deliverable", "deliverable"),
            ("milestone", "milestone"),
            ("outcome", "indicator"),
            ("contact_office", "office_delegate"),
        )
    ]
    translator_, liaison = house.cast.client("stranger"), house.cast.client("delegate")
    first, *records = [translator_.get(page) for page in pages]
    assert first.status_code == 200
    assert INNER not in first.text
    assert "联合指标表" not in first.text  # the list shows originals
    assert house["outcome"] in first.text
    assert {record.status_code for record in records} == {404}
    assert {liaison.get(page).status_code for page in pages} == {200}


def test_a_city_writes_its_own_contact_office_and_not_that_of_the_other(house: House) -> None:
    page = address(house, "partnerships", "partnership", f"contact_office/{house['office_delegate']}/")
    assert house.cast.client("delegate").get(page).status_code == 200
    assert house.cast.client("focal").get(page).status_code == 404


def fetched(house: House, model: Any, name: str, look: Callable[[Any], Any]) -> Any:
    with house.cast.app.app_context():
        found = look(session.scalars(select(model).filter_by(public_id=house[name])).one())
        session.remove()
    return found


def state(house: House, model: Any, name: str, field: str) -> TextState:
    def look(row: Any) -> TextState:
        return translation.state(row, field, other(row.source_lang), translation.states_of([row]))

    found: TextState = fetched(house, model, name, look)
    return found


def revision(house: House, name: str) -> int:
    with house.cast.app.app_context():
        found = revisions.standing(name)[0]
        session.remove()
    return found


def settled(house: House, who: str, page: str, field: str) -> int:
    client = house.cast.client(who)
    opened = Page(page, client.get(page).text).tree
    form = f"//form[.//input[@name='text' and @value='{field}']]//input[@name='mark']/@value"
    mark = str(opened.xpath(form)[0])
    given = {"deed": "review", "text": field, "mark": mark}
    return int(client.submit(f"{page}settle", given, page=page).status_code)


def test_one_city_writes_what_was_missing_and_the_other_reviews_it(house: House) -> None:
    page = address(house, "partnerships", "partnership", f"milestone/{house['milestone']}/", "zh")
    before = fetched(house, Milestone, "milestone", lambda row: row.version)
    writer = house.cast.client("delegate")
    assert writer.submit(page, {"title": "A milestone"}, page=page).status_code == 303
    assert fetched(house, Milestone, "milestone", lambda row: row.side("title", "en")) == "A milestone"
    assert fetched(house, Milestone, "milestone", lambda row: row.version) == before + 1
    assert state(house, Milestone, "milestone", "title") is TextState.HUMAN
    assert settled(house, "focal", page, "title") == 303
    assert state(house, Milestone, "milestone", "title") is TextState.REVIEWED


def public_outcomes(house: House) -> list[str]:
    with house.cast.app.app_context():
        version = house.chain.pair.version
        found = reading.public_of([version])[version.partnership_id]
        rows: list[Any] = [*found.outcomes, *found.activities, *found.offices]
        names = [row.public_id for row in rows]
        session.remove()
    return names


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_to_which_the_cities_consented_are_not_changed_but_reviewed(house: House, language: str) -> None:
    begun = public_outcomes(house)
    assert house["outcome"] in begun
    page = address(house, "partnerships", "partnership", f"published_outcome/{house['outcome']}/", language)
    for who in ("delegate", "stranger"):
        client = house.cast.client(who)
        shown = Page(page, client.get(page).text).tree
        assert not shown.xpath("//textarea")
        why = {"en": "have consented to these very words", "zh": "各城市已同意按此文字公开"}[language]
        assert why in shown.text_content()
        assert client.submit(page, {"title": "别的", "title_mark": "x"}, page=page).status_code == 303
    assert fetched(house, PublishedOutcome, "outcome", lambda row: row.side("title", "zh")) == "联合指标表"
    before = revision(house, revisions.PARTNERSHIPS)
    assert settled(house, "stranger", page, "title") == 303
    assert state(house, PublishedOutcome, "outcome", "title") is TextState.REVIEWED
    assert revision(house, revisions.PARTNERSHIPS) > before
    assert public_outcomes(house) == begun, "a review takes nothing off the public page"


def test_the_title_of_a_published_activity_stays_and_its_agenda_may_be_written(house: House) -> None:
    page = address(house, "partnerships", "partnership", f"activity/{house['shown_activity']}/")
    begun = public_outcomes(house)
    client = house.cast.client("focal")
    boxes = Page(page, client.get(page).text).tree.xpath("//textarea/@name")
    assert boxes == ["agenda"]
    assert client.submit(page, {"agenda": "研讨议程", "title": "研讨"}, page=page).status_code == 303
    assert fetched(house, Activity, "shown_activity", lambda row: row.side("title", "zh")) == ""
    assert fetched(house, Activity, "shown_activity", lambda row: row.side("agenda", "zh")) == "研讨议程"
    assert public_outcomes(house) == begun


def test_a_contact_office_is_fixed_once_its_city_has_consented(house: House) -> None:
    page = address(house, "partnerships", "partnership", f"contact_office/{house['office_delegate']}/")
    client = house.cast.client("delegate")
    assert client.submit(page, {"name": "标准化处"}, page=page).status_code == 303
    with house.cast.app.app_context():
        begin_writing()
        show_offices(house)
        session.commit()
        session.remove()
    assert house["office_delegate"] in public_outcomes(house)
    assert not Page(page, client.get(page).text).tree.xpath("//textarea")
    assert house.cast.client("stranger").get(page).status_code == 200, "everybody reads it now"


def test_a_consent_given_while_somebody_writes_is_never_one_to_other_words(house: House) -> None:
    page = address(house, "partnerships", "partnership", f"activity/{house['activity']}/")
    client = house.cast.client("delegate")
    opened = Page(page, client.get(page).text).tree
    sent = {str(each.get("name")): str(each.get("value")) for each in opened.xpath("//form//input[@type='hidden']")}
    with house.cast.app.app_context():
        begin_writing()
        pair = house.chain.pair
        row = session.scalars(select(Activity).where(Activity.public_id == house["activity"])).one()
        row.state, row.actual_from, row.actual_to = "held", START.date(), START.date()  # type: ignore[assignment]
        session.flush()
        consent(pair, row.reference, "focal")
        session.commit()
        session.remove()
    answer = client.post(page, data={**sent, "title": "别的", "agenda": "议程"})
    assert answer.status_code in {303, 409}
    assert fetched(house, Activity, "activity", lambda row: row.side("title", "zh")) == ""


def test_the_office_and_the_translator_write_notes_and_no_page_shows_an_official_title(house: House) -> None:
    page = address(house, "standards", "entered", f"adoption/{house['entered_entry']}/")
    before = revision(house, revisions.STANDARDS)
    writer = house.cast.client("stranger")
    assert writer.submit(page, {"note": "备注一则"}, page=page).status_code == 303
    assert fetched(house, Adoption, "entered_entry", lambda row: row.side("note", "zh")) == "备注一则"
    assert revision(house, revisions.STANDARDS) > before
    assert settled(house, "neighbour", page, "note") == 303
    texts = [writer.get(page).text, writer.get(address(house, "standards", "entered")).text]
    texts.append(writer.get("/en/desk/translation/standards/").text)
    assert not any("CANARY" in text for text in texts)


def test_a_secretary_writes_a_proposal_until_it_is_entered(house: House) -> None:
    page = address(house, "standards", "proposed", f"adoption_difference/{house['proposed_difference']}/")
    client = house.cast.client("protocol")
    assert client.submit(page, {"change": "差异一则"}, page=page).status_code == 303
    with house.cast.app.app_context():
        begin_writing()
        row = session.scalars(select(Adoption).where(Adoption.public_id == house["proposed_entry"])).one()
        step(row, "enter", hand=OFFICE, actor=house.chain.actor("neighbour"), now=START)
        session.commit()
        session.remove()
    assert client.get(page).status_code == 404
    assert house.cast.client("stranger").get(page).status_code == 200


def test_a_city_writes_its_case_until_it_is_confirmed_and_translators_what_is_public(house: House) -> None:
    own = address(house, "cases", "filed", f"city_use/{house['filed']}/")
    public = address(house, "cases", "public", f"city_use/{house['public']}/")
    liaison, writer = house.cast.client("delegate"), house.cast.client("stranger")
    assert liaison.submit(own, {"title": "案例", "result": "成效"}, page=own).status_code == 303
    assert fetched(house, CityUse, "filed", lambda row: row.side("result", "zh")) == "成效"
    assert (liaison.get(public).status_code, writer.get(own).status_code) == (404, 404)
    before = revision(house, revisions.CITIES)
    assert writer.submit(public, {"title": "公开案例"}, page=public).status_code == 303
    assert revision(house, revisions.CITIES) > before


def test_a_record_is_found_in_its_own_scope_alone(house: House) -> None:
    client = house.cast.client("stranger")
    for collection, scope, kind, name in (
        ("cases", "public", "city_use", "for_pack"),
        ("cases", "public", "idea", "raised"),
        ("cases", "public", "idea", "screened"),
        ("standards", "entered", "adoption", "proposed_entry"),
        ("standards", "entered", "topic", "topic"),
        ("standards", "topics", "adoption", "entered_entry"),
        ("partnerships", "partnership", "city_use", "public"),
    ):
        assert client.get(address(house, collection, scope, f"{kind}/{house[name]}/")).status_code == 404


def statements(house: House, who: str, page: str) -> int:
    client = house.cast.client(who)
    client.get(page)
    with house.cast.app.app_context(), counted_statements() as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_the_lists_ask_as_much_for_many_as_for_few(house: House) -> None:
    pages = [
        ("stranger", f"/en/desk/translation/{more}") for more in ("", "cases/", "standards/", "partnerships/")
    ]  # fmt: skip
    pages += [("neighbour", "/en/desk/translation/standards/"), ("delegate", "/en/desk/translation/cases/")]
    few = [statements(house, *page) for page in pages]
    with house.cast.app.app_context():
        begin_writing()
        for number in range(60):
            case(house, f"more_{number}", UseConsent.PUBLIC)
            case(house, f"waiting_{number}", UseConsent.PUBLIC, confirmed=False)
        base = house.chain.standard
        for number in range(60):
            made = standard(f"GB/T {50000 + number}-2024", f"gb-{number}", None, scheme=Scheme.SAC)
            session.add(
                Adoption(national_id=made.id, international_id=base.id, entry="entered", note_en=f"Note {number}")
            )
        for number in range(200):
            standard(f"GB/T {60000 + number}-2024", f"quiet-{number}", None, scheme=Scheme.SAC)
        session.commit()
        session.remove()
    many = [statements(house, *page) for page in pages]
    assert all(more <= less for more, less in zip(many, few, strict=True)), (few, many)
    shown = house.cast.client("stranger").get("/en/desk/translation/standards/?page=2").text
    assert "gb-59" in shown
    assert "quiet-" not in shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_of_the_house_counts_every_collection(house: House, language: str) -> None:
    with house.cast.app.app_context():
        found = parity_lines(None, translator(language))
        one = parity_lines(house.cast.slug, translator(language))
        session.remove()
    assert found is not None
    assert one is not None
    lines, whole = found
    heads = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert set(heads[:2]) == {house.cast.slug, house.cast.other_slug}
    assert heads[2:] == ["cities", "partnerships", "standards", "cases"]
    assert not whole
    word = {"en": "  Milestone · Title (en): Missing 1", "zh": "  里程碑 · 标题 (en): 缺译 1"}[language]
    assert word in lines
    assert not any("CANARY" in line for line in lines)
    assert {line.partition(":")[0] for line in one[0] if not line.startswith(" ")} == {house.cast.slug}


def test_an_outcome_that_is_only_proposed_is_not_at_the_desk_and_the_memory_learns_nothing_of_the_cities(
    house: House,
) -> None:
    with house.cast.app.app_context():
        begin_writing()
        pair = house.chain.pair
        words = Wording(OutcomeKind.CASE, Text("Soon", "即将"), Text("Soon", "即将"), date(2027, 2, 2), accepted(pair))
        delegate: Any = pair.as_("delegate")
        house.names["proposed"] = publishing.propose_outcome(pair.partnership, words, **delegate).public_id
        session.commit()
        session.remove()
    page = address(house, "partnerships", "partnership", f"published_outcome/{house['proposed']}/")
    for who in ("delegate", "focal", "stranger"):
        assert house.cast.client(who).get(page).status_code == 404
    learnt = {source.entity for source in neighbours.sources.values() if is_learnt(source.entity)}
    inner = {
        "contact_office",
        "activity",
        "deliverable",
        "milestone",
        "board_clause",
        "outcome",
        "city_use",
        "adoption",
    }
    assert learnt & inner == set()
