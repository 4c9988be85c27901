"""The pages of the chain: who opens them, what stands on them in both languages, and what never does."""

from __future__ import annotations

import io

import pytest
from docx import Document
from flask import Flask, g, render_template
from sqlalchemy import select

from forum.core import revisions
from forum.core.database import begin_writing, session
from forum.evidence import own_data
from forum.evidence.models import CityUse, EvidenceLink, Idea
from forum.evidence.parts import thread_part
from forum.evidence.states import IdeaState, LinkState, UseConsent, UseState
from forum.places.models import City
from forum.standards.models import Standard, StandardTopic, Topic
from forum.web.public_bodies import public_body
from forum.web.viewer import NOBODY
from tests.cast import Cast, Client
from tests.conftest import START
from tests.evidence.chain import LIAISON, OFFICER, ORGANISER, SECRETARY, Chain, committee, standard
from tests.evidence.test_uses import filed
from tests.statements import counted_statements

IDEA = {
    "title_en": "City data",
    "title_zh": "城市数据",
    "problem_en": "Nobody knows which data exist.",
    "problem_zh": "没有人知道有哪些数据。",
    "committee": "iso-tc-268",
}
USE = {
    "standard": "ISO 37101",
    "title_en": "A plan by clauses",
    "title_zh": "按条款编制的规划",
    "way": "applied",
    "clauses": "4.2",
    "starts_on": "2025-01-01",
    "result_en": "Less energy",
    "result_zh": "能耗下降",
    "consent": "public",
}


def row(app: Flask, model: type) -> object:
    with app.app_context():
        return session.scalars(select(model).order_by(model.id.desc())).first()  # type: ignore[attr-defined]


def test_an_idea_is_raised_screened_pursued_and_becomes_a_project(app: Flask, cast: Cast, kept: Chain) -> None:
    organiser, officer, visitor = cast.client(ORGANISER), cast.client(OFFICER), cast.client()
    with app.app_context():
        talk = kept.talk
    raised = organiser.submit("/zh/desk/ideas/new", {**IDEA, "session": talk})
    assert raised.status_code == 303
    with app.app_context():
        idea = session.scalars(select(Idea)).one()
        page = f"/ideas/{idea.public_id}/"
    assert visitor.get(f"/en{page}").status_code == 404
    assert "City data" not in visitor.get("/en/ideas/").text
    assert "城市数据" in organiser.get(f"/zh{page}").text
    for action, more in (("screen", {}), ("pursue", {}), ("become", {"standard": "iso 37101"})):
        answer = officer.submit(f"/en{page}step", {"action": action, **more}, page=f"/en{page}")
        assert answer.status_code == 303, (action, answer.status_code)
        assert visitor.get(f"/en{page}").status_code == 200
    text = visitor.get(f"/en{page}").text
    for words in ("Became a project", "ISO 37101:2016", "From talk to standard", "the organiser of the forum"):
        assert words in text
    assert "No city’s use is recorded." in text  # a gap is shown as a gap
    assert "Organiser" not in text.replace("the organiser", "")  # nobody's name
    with app.app_context():
        assert session.scalars(select(Idea.state)).one() is IdeaState.BECAME_PROJECT


def test_a_step_that_is_not_lawful_says_what_is(app: Flask, cast: Cast, kept: Chain) -> None:
    cast.client(LIAISON).submit("/en/desk/ideas/new", IDEA)
    with app.app_context():
        page = f"/en/ideas/{session.scalars(select(Idea.public_id)).one()}/"
    officer = cast.client(OFFICER)
    refused = officer.submit(f"{page}step", {"action": "decline", "reason": ""}, page=page)
    assert refused.status_code == 409
    assert "Please give a reason" in refused.text
    assert officer.submit(f"{page}step", {"action": "nonsense"}, page=page).status_code == 422
    assert officer.submit(f"{page}step", {"action": "become", "standard": "0"}, page=page).status_code == 409
    assert cast.client(LIAISON).submit(f"{page}step", {"action": "screen"}, page=page).status_code == 404
    assert cast.client("stranger").post(f"{page}step", data={}).status_code in {400, 404}


def test_who_raised_an_idea_rewords_it_until_it_is_screened(app: Flask, cast: Cast, kept: Chain) -> None:
    client = cast.client(LIAISON)
    client.submit("/en/desk/ideas/new", IDEA)
    with app.app_context():
        key = session.scalars(select(Idea.public_id)).one()
    address = f"/en/desk/ideas/{key}/change"
    assert client.submit(address, {**IDEA, "title_en": "Data of cities"}).status_code == 303
    assert client.submit(address, {**IDEA, "title_en": "", "title_zh": ""}).status_code == 422
    cast.client(OFFICER).submit(f"/en/ideas/{key}/step", {"action": "screen"}, page=f"/en/ideas/{key}/")
    assert client.get(address).status_code == 404
    assert cast.client(OFFICER).get(address).status_code == 200
    city = {"city": city_of(app, kept), "willing": "yes"}
    assert client.submit(f"/en/ideas/{key}/cities", city, page=f"/en/ideas/{key}/").status_code == 303
    assert "Hangzhou" in cast.client().get("/en/ideas/").text
    other = cast.client("other_focal").submit(f"/en/ideas/{key}/cities", city, page=f"/en/ideas/{key}/")
    assert other.status_code == 404


def city_of(app: Flask, kept: Chain) -> str:
    with app.app_context():
        return str(kept.one(City, "hangzhou").public_id)


def test_a_link_is_entered_confirmed_and_withdrawn_at_the_desk(app: Flask, cast: Cast, kept: Chain) -> None:
    liaison, officer = cast.client(LIAISON), cast.client(OFFICER)
    with app.app_context():
        pilot = kept.pilot
    said = {"subject": pilot, "relation": "tried", "standard": "ISO 37101", "happened_on": "2026-06-01"}
    assert liaison.submit("/en/desk/evidence/new", {**said, "relation": "became"}).status_code == 422
    assert liaison.submit("/en/desk/evidence/new", {**said, "standard": "ISO 0"}).status_code == 422
    assert liaison.submit("/zh/desk/evidence/new", said).status_code == 303
    link = row(app, EvidenceLink)
    assert isinstance(link, EvidenceLink)
    own = liaison.submit(f"/en/desk/evidence/{link.public_id}/confirm", {}, page="/en/desk/evidence")
    assert own.status_code == 404
    done = officer.submit(f"/en/desk/evidence/{link.public_id}/confirm", {}, page="/en/desk/evidence")
    assert done.status_code == 303
    assert "confirmed by the national office" in liaison.get("/en/desk/evidence").text
    refused = liaison.submit(f"/en/desk/evidence/{link.public_id}/withdraw", {}, page="/en/desk/evidence")
    assert refused.status_code == 409
    other = cast.client("other_focal")
    assert (
        other.submit(
            f"/en/desk/evidence/{link.public_id}/withdraw", {"reason": "x"}, page="/en/desk/evidence/new"
        ).status_code
        == 404
    )
    gone = {"reason": "Wrong pilot"}
    assert (
        liaison.submit(f"/en/desk/evidence/{link.public_id}/withdraw", gone, page="/en/desk/evidence").status_code
        == 303
    )
    found = row(app, EvidenceLink)
    assert isinstance(found, EvidenceLink)
    assert found.state is LinkState.WITHDRAWN


def test_a_city_files_consents_and_the_pack_follows(app: Flask, cast: Cast, kept: Chain) -> None:
    liaison, officer, visitor = cast.client(LIAISON), cast.client(OFFICER), cast.client()
    with app.app_context():
        filed = {**USE, "city": city_of(app, kept)}
    assert liaison.submit("/en/desk/evidence/uses/new", {**filed, "standard": "ISO 99"}).status_code == 422
    assert liaison.submit("/en/desk/evidence/uses/new", filed).status_code == 303
    use = row(app, CityUse)
    assert isinstance(use, CityUse)
    here = f"/desk/evidence/uses/{use.public_id}"
    assert liaison.submit(f"/en{here}/change", {**filed, "clauses": "4.2, 6.1"}).status_code == 303
    assert "Standards in use" not in visitor.get("/en/cities/hangzhou/").text
    assert officer.submit(f"/en{here}/confirm", {}, page="/en/desk/evidence/uses").status_code == 303
    assert "A plan by clauses" in visitor.get("/en/cities/hangzhou/").text
    assert "按条款编制的规划" in visitor.get("/zh/cities/hangzhou/").text
    assert "Less energy" in officer.get("/en/desk/evidence/packs/iso-37101").text
    assert "ISO 37101:2016" in officer.get("/en/desk/evidence/packs").text
    document = officer.get("/zh/desk/evidence/packs/iso-37101/file.docx")
    assert "按条款编制的规划" in str([cell.text for cell in Document(io.BytesIO(document.data)).tables[0]._cells])
    assert officer.get("/en/desk/evidence/packs/iso-37101/file.pdf").data.startswith(b"%PDF-")
    assert officer.get("/en/desk/evidence/packs/none/file.pdf").status_code == 404
    back = liaison.submit(f"/en{here}/consent", {"consent": "none"}, page="/en/desk/evidence/uses")
    assert back.status_code == 303
    assert "A plan by clauses" not in visitor.get("/en/cities/hangzhou/").text
    assert "Less energy" not in officer.get("/en/desk/evidence/packs/iso-37101").text
    assert officer.submit(f"/en{here}/consent", {"consent": "public"}, page="/en/desk/evidence/uses").status_code == 404
    with app.app_context():
        found = session.scalars(select(CityUse)).one()
        assert (found.state, found.consent) == (UseState.CONFIRMED, UseConsent.NONE)


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("/desk/evidence", {LIAISON, OFFICER, SECRETARY, ORGANISER, "agenda", "admin"}),
        ("/desk/evidence/new", {LIAISON, OFFICER, SECRETARY, ORGANISER, "admin"}),
        ("/desk/ideas/new", {LIAISON, OFFICER, SECRETARY, ORGANISER, "admin"}),
        ("/desk/evidence/uses", {LIAISON, OFFICER, SECRETARY, ORGANISER, "agenda", "admin"}),
        ("/desk/evidence/uses/new", {LIAISON}),
        ("/desk/evidence/packs", {OFFICER, SECRETARY, "agenda", "admin"}),
        ("/desk/evidence/packs/iso-37101", {OFFICER, SECRETARY, "agenda", "admin"}),
    ],
)
def test_each_page_opens_for_those_whose_work_it_is(cast: Cast, kept: Chain, address: str, opens: set[str]) -> None:
    for who in (LIAISON, OFFICER, SECRETARY, ORGANISER, "agenda", "admin", "stranger"):
        for language in ("en", "zh"):
            status = cast.client(who).get(f"/{language}{address}").status_code
            assert (status == 200) is (who in opens), (who, address, status)
    assert cast.client().get(f"/en{address}").status_code == 303


def test_the_radar_shows_topics_of_several_committees_alone(app: Flask, cast: Cast, kept: Chain) -> None:
    with app.app_context():
        begin_writing()
        shared, lonely = (
            Topic(slug="data", name_en="Data model", name_zh="数据模型"),
            Topic(slug="water", name_en="Water", name_zh="水"),
        )
        session.add_all([shared, lonely])
        jtc = committee("ISO/IEC JTC 1/WG 11", "iso-iec-jtc-1-wg-11")
        works = [kept.standard, standard("ISO/IEC 5087-1:2023", "iso-iec-5087-1", jtc)]
        session.flush()
        session.add_all([StandardTopic(standard_id=one.id, topic_id=shared.id) for one in works])
        session.add(StandardTopic(standard_id=works[0].id, topic_id=lonely.id))
        session.commit()
    for language, name in (("en", "Data model"), ("zh", "数据模型")):
        text = cast.client().get(f"/{language}/standards/overlaps").text
        assert name in text
        assert "ISO/IEC 5087-1:2023" in text
        assert "Water" not in text
        # A translation of ours never stands without its mark.
        assert text.count("CANARY-unofficial") == text.count('class="text-note"') == (2 if language == "zh" else 0)


def test_the_page_of_a_standard_gets_the_thread(app: Flask, cast: Cast, kept: Chain) -> None:
    with app.test_request_context("/en/"):
        assert thread_part(kept.standard, NOBODY, START) is None  # nothing but stages: the page shows these anyway
        part = thread_part(kept.standard, kept.viewer(LIAISON), START)
        assert part is not None
        text = render_template(part.template, **part.facts)
        assert "Tie something to it" in text


def test_the_list_of_ideas_costs_the_same_for_many(app: Flask, cast: Cast, kept: Chain) -> None:
    def fill(count: int) -> None:
        with app.app_context():
            begin_writing()
            for number in range(count):
                session.add(
                    Idea(
                        raised_on=START.date(), raised_as="city", title_en=f"Idea {number}", problem_en="p",
                        committee_id=kept.ids["committee"], city_id=kept.ids["hangzhou"], published_at=START,
                    )
                )  # fmt: skip
            session.commit()

    def cost(client: Client) -> int:
        with app.app_context(), counted_statements() as seen:
            assert client.get("/en/ideas/").status_code == 200
        return len(seen)

    client = cast.client()
    fill(2)
    first = cost(client)
    fill(25)
    assert cost(client) == first


def test_a_page_with_a_thread_is_not_kept_for_other_visitors(app: Flask, cast: Cast, kept: Chain) -> None:
    with app.app_context():
        begin_writing()
        filed(kept, UseConsent.PUBLIC)
        bare = standard("ISO 1", "iso-1", None).id
        session.commit()
    with app.test_request_context("/en/"):
        public_body("standards", 1, kind="registry")
        assert "public_body" in g
        assert thread_part(kept.standard, NOBODY, START) is not None
        assert "public_body" not in g
        public_body("standards", 1, kind="registry")
        assert (
            thread_part(session.get_one(Standard, bare), NOBODY, START) is None
        )  # nothing of other rooms stands on this page
        assert "public_body" in g
        session.rollback()


def test_what_changes_the_thread_changes_the_pages_of_standards(app: Flask, cast: Cast, kept: Chain) -> None:
    with app.app_context():
        begin_writing()
        before = revisions.standing(revisions.STANDARDS)[0]
        filed(kept, UseConsent.PUBLIC)
        assert revisions.standing(revisions.STANDARDS)[0] > before
        session.rollback()


def test_own_data_tell_of_ideas_and_erasure_takes_the_account_off(app: Flask, cast: Cast, kept: Chain) -> None:
    cast.client(LIAISON).submit("/en/desk/ideas/new", IDEA)
    assert "City data" in cast.client(LIAISON).get("/en/account/data").text
    with app.app_context():
        begin_writing()
        own_data.erase_for(cast.accounts[LIAISON], START)
        assert own_data.sections(cast.accounts[LIAISON], START) == []
        assert session.scalars(select(Idea.account_id)).all() == [None]
        session.rollback()
