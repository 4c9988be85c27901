"""The pages: a city's suggestions, and rounds for the national office alone."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.cities.models import CityProfile, Need, Offer
from forum.cities.words import Visibility
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.matching import queries
from forum.matching.models import MatchProposal, MatchRound, MatchWeights
from forum.matching.origins import match_parts
from forum.matching.rules.score import PARTS
from forum.matching.states import Decision, RoundState
from forum.offices import operations as offices
from forum.offices.models import OfficeRole
from forum.offices.operations import Appointment
from forum.partnerships.models import CityBlock, Instrument
from forum.partnerships.operations.proposing import Proposal, propose
from forum.places.models import City
from forum.ports.mail.models import OutboxMail
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.matching.test_rounds import _city, _exchange, _profile
from tests.statements import counted_statements

PAGES = ("/desk/matching/", "/desk/matching/new", "/desk/matching/weights", "/desk/matching/countries")


@pytest.fixture
def house(cast: Cast, clock: FixedClock) -> Cast:
    """Profiles of three cities; a registrar (stranger), and liaisons of Hangzhou (delegate) and Lyon (focal)."""
    now = clock()
    with cast.app.app_context():
        begin_writing()
        for name in ("Hangzhou", "Lyon", "Osaka"):
            _profile(name, now)
        _exchange(Offer, "Hangzhou", "A03", 3)
        _exchange(Need, "Hangzhou", "A09", 3)
        for name, level in (("Lyon", 3), ("Osaka", 2)):
            _exchange(Offer, name, "A09", level)
            _exchange(Need, name, "A03", 2)
        for who, role, city in (
            ("stranger", OfficeRole.NATIONAL_REGISTRAR, None),
            ("neighbour", OfficeRole.AUDITOR, None),
            ("delegate", OfficeRole.CITY_LIAISON, _city("Hangzhou")),
            ("focal", OfficeRole.CITY_LIAISON, _city("Lyon")),
        ):
            term = Appointment(role, now.date() - timedelta(days=9), city=city)
            offices.appoint(cast.account(who), term, actor=SYSTEM, now=now)
        session.commit()
    return cast


def _text(answer: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_liaison_reads_ranked_partners_with_reasons_and_parts_that_add_up(house: Cast, language: str) -> None:
    answer = house.client("delegate").get(f"/{language}/desk/cities/hangzhou/partners")
    assert answer.status_code == 200
    lyon, osaka = ("Lyon", "Osaka") if language == "en" else ("里昂", "大阪")
    main = answer.text[answer.text.index("<main") :]
    assert main.index(f">{lyon}</a>") < main.index(f">{osaka}</a>")
    for table in re.findall(r'<table class="score-table">.*?</table>', main, re.DOTALL):
        figures = [round(float(figure) * 10) for figure in re.findall(r'<td class="num">(\d+\.\d)</td>', table)]
        assert len(figures) == 8
        assert sum(figures[:-1]) == figures[-1] > 0
    assert "style=" not in main


def test_why_not_answers_for_a_city_by_name_and_names_no_block(house: Cast) -> None:
    client = house.client("delegate")
    assert "Osaka ranks 2 of 2." in _text(client.get("/en/desk/cities/hangzhou/partners?q=osaka"))
    with house.app.app_context():
        begin_writing()
        session.add(CityBlock(city_id=_city("Osaka").id, blocked_city_id=_city("Hangzhou").id))
        session.commit()
    answer = _text(client.get("/en/desk/cities/hangzhou/partners?q=osaka"))
    assert "Osaka can't be proposed to you at present." in answer
    assert "aside" not in answer


def test_a_city_is_set_aside_and_may_ask_again_and_only_its_own_people_know(house: Cast) -> None:
    liaison, page = house.client("delegate"), "/en/desk/cities/hangzhou/set-aside"
    assert "No city is set aside" in liaison.get(page).text
    found = liaison.get(f"{page}?q=osaka").text
    assert f'action="{page}/osaka"' in found
    assert liaison.submit(f"{page}/osaka", page=f"{page}?q=osaka").status_code == 303
    assert liaison.submit(f"{page}/hangzhou", page=f"{page}?q=lyon").status_code == 404  # not itself
    own = liaison.get(page).text
    assert "Let Osaka ask again" in own
    assert f'action="{page}/osaka"' not in liaison.get(f"{page}?q=osaka").text
    assert 'with=osaka"' not in liaison.get("/en/desk/cities/hangzhou/partners").text
    assert house.client("focal").get(page).status_code == 404
    assert "大阪" in liaison.get(page.replace("/en/", "/zh/")).text
    assert liaison.submit(f"{page}/osaka/end", page=page).status_code == 303
    assert "No city is set aside" in liaison.get(page).text


def test_a_hidden_city_is_neither_suggested_nor_found(house: Cast) -> None:
    with house.app.app_context():
        begin_writing()
        session.scalars(select(CityProfile).filter_by(slug="osaka")).one().visibility = Visibility.HIDDEN
        session.commit()
    answer = _text(house.client("delegate").get("/en/desk/cities/hangzhou/partners?q=osaka"))
    assert "Osaka" not in answer


def test_a_liaison_proposes_to_a_suggested_city_from_the_page(house: Cast) -> None:
    page = house.client("delegate").get("/en/desk/cities/hangzhou/partners").text
    link = re.search(r'href="(/en/desk/partnerships/propose\?[^"]+)"', page)
    assert link
    opened = house.client("delegate").get(link[1].replace("&amp;", "&"))
    assert opened.status_code == 200
    assert "Propose a partnership to " in opened.text


def test_suggestions_of_another_city_look_like_no_page(house: Cast) -> None:
    assert house.client("focal").get("/en/desk/cities/hangzhou/partners").status_code == 404
    assert house.client("organiser").get("/en/desk/cities/hangzhou/partners").status_code == 404
    assert house.client("focal").get("/en/desk/cities/lyon/partners").status_code == 200
    assert house.client().get("/en/desk/cities/hangzhou/partners").status_code == 303


def test_the_statements_of_the_page_don_t_grow_with_the_cities(house: Cast, clock: FixedClock) -> None:
    def count() -> int:
        with house.app.app_context(), counted_statements() as seen:
            assert house.client("delegate").get("/en/desk/cities/hangzhou/partners?q=o").status_code == 200
        return len(seen)

    before = count()
    with house.app.app_context():
        begin_writing()
        for at in range(20):
            session.add(
                City(
                    name_en=f"Town{at}",
                    name_zh=f"镇{at}",
                    country_iso2="FR",
                    zone_name="Europe/Paris",
                    search=f"town{at}",
                )
            )
            session.flush()
            _profile(f"Town{at}", clock())
        session.commit()
    assert count() <= before + 1


@pytest.mark.parametrize("path", PAGES)
def test_rounds_are_for_the_national_office(house: Cast, path: str) -> None:
    for language in ("en", "zh"):
        answer = house.client("stranger").get(f"/{language}{path}")
        assert answer.status_code == 200
        assert answer.text.count("<h1") == 1
    assert house.client("delegate").get(f"/en{path}").status_code == 404
    expected = 404 if path.endswith("new") else 200
    assert house.client("neighbour").get(f"/en{path}").status_code == expected  # the auditor reads


def _call_for(client: Any, now: datetime) -> Any:
    return client.submit(
        "/en/desk/matching/new",
        {
            "name_en": "Spring round",
            "name_zh": "春季匹配轮",
            "slug": "spring",
            "opens_on": now.date().isoformat(),
            "closes_on": (now.date() + timedelta(days=9)).isoformat(),
        },
    )


def test_a_round_is_run_on_its_pages(house: Cast, clock: FixedClock) -> None:
    client, auditor = house.client("stranger"), house.client("neighbour")
    assert _call_for(client, clock()).status_code == 303
    assert _call_for(client, clock()).status_code == 409  # the address is taken
    page = "/en/desk/matching/spring"
    assert auditor.get(page).status_code == 200
    token = client.get(page).text
    assert "Freeze the profiles" in token
    assert "Freeze the profiles" not in auditor.get(page).text
    for action in ("freeze", "propose"):
        assert client.submit(f"{page}/{action}", page=page).status_code == 303
    assert client.submit(f"{page}/freeze", page=page).status_code == 409
    with house.app.app_context():
        of = session.scalars(select(MatchRound)).one()
        pair = session.scalars(select(MatchProposal)).unique().one()
        assert of.state is RoundState.PROPOSED
    one = f"{page}/pairs/{pair.public_id}"
    for language in ("en", "zh"):
        assert auditor.get(one.replace("/en/", f"/{language}/")).status_code == 200
    assert client.submit(one, {"decision": "dropped", "reason": ""}).status_code == 422
    assert client.submit(one, {"decision": "dropped", "reason": "Lyon asked to wait.", "seen": "99"}).status_code == 409
    assert client.submit(one, {"decision": "dropped", "reason": "Lyon asked to wait."}).status_code == 303
    assert auditor.post(one, data={"decision": "kept", "reason": "x"}).status_code in {400, 403, 404, 422}
    with house.app.app_context():
        osaka, hangzhou, lyon = _city("Osaka").id, _city("Hangzhou").id, _city("Lyon").id
    added = {"city": hangzhou, "partner": osaka, "reason": "Osaka is next."}
    assert client.submit(f"{page}/add", {**added, "partner": lyon}).status_code == 409
    assert client.submit(f"{page}/add", added).status_code == 303
    assert "Osaka is next." in client.get(page).text
    assert client.submit(f"{page}/invite", page=page).status_code == 303
    assert client.submit(f"{page}/close", page=page).status_code == 303
    with house.app.app_context():
        assert [each.decision for each in queries.proposals(of)] == [Decision.DROPPED, Decision.ADDED]
        assert session.scalars(select(MatchRound.state)).one() is RoundState.CLOSED


def _invite(house: Cast, clock: FixedClock) -> None:
    client = house.client("stranger")
    _call_for(client, clock())
    page = "/en/desk/matching/spring"
    for action in ("freeze", "propose", "invite"):
        assert client.submit(f"{page}/{action}", page=page).status_code == 303


def test_both_cities_of_an_invited_pair_are_told_why_each_in_their_language(house: Cast, clock: FixedClock) -> None:
    with house.app.app_context():
        begin_writing()
        house.account("delegate").language = "zh"
        session.commit()
    _invite(house, clock)
    with house.app.app_context():
        mails = session.scalars(select(OutboxMail).where(OutboxMail.kind == "matching_invited")).all()
        assert {mail.recipient: mail.language for mail in mails} == {
            house.account("delegate").email: "zh",
            house.account("focal").email: "en",
        }
        bodies = {mail.language: mail.body for mail in mails}
    assert "/zh/desk/cities/hangzhou/partners" in bodies["zh"]
    assert "/en/desk/cities/lyon/partners" in bodies["en"]
    assert "you" in bodies["en"].lower()  # the reasons are told as this city reads them
    for body in bodies.values():
        assert "Osaka" not in body  # no word of other candidates
        assert "大阪" not in body


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_invited_pair_stands_on_both_pages_until_one_of_them_has_proposed(
    house: Cast, clock: FixedClock, language: str
) -> None:
    for who, city in (("delegate", "hangzhou"), ("focal", "lyon")):
        address = f"/{language}/desk/cities/{city}/partners"
        assert "Spring" not in house.client(who).get(address).text
    _invite(house, clock)
    for who, city, other in (("delegate", "hangzhou", "lyon"), ("focal", "lyon", "hangzhou")):
        page = house.client(who).get(f"/{language}/desk/cities/{city}/partners").text
        section = page.split('<ul class="cards">', 1)[1].split("</section>", 1)[0]
        assert f"with={other}" in section
        assert "from=match" in section
    with house.app.app_context():
        begin_writing()
        hangzhou, lyon = _city("Hangzhou"), _city("Lyon")
        parts = match_parts(hangzhou, lyon, clock().date())
        assert parts["round"] == "spring"
        assert parts["total"] == sum(parts[name] for name in PARTS)
        proposal = Proposal(Instrument.INTENT, Text("Two cities", "两城"), origin_parts=parts)
        propose(hangzhou, [lyon], proposal, actor=house.account("delegate").actor(), now=clock())
        session.commit()
    mine = house.client("delegate").get(f"/{language}/desk/cities/hangzhou/partners").text
    theirs = house.client("focal").get(f"/{language}/desk/cities/lyon/partners").text
    assert '<ul class="cards">' not in mine
    assert "with=hangzhou" in theirs.split('<ul class="cards">', 1)[1]  # a draft is nothing that the other one learns


def test_a_round_is_called_off_with_a_reason(house: Cast, clock: FixedClock) -> None:
    client = house.client("stranger")
    _call_for(client, clock())
    assert client.submit("/en/desk/matching/spring/call-off", {"reason": " "}).status_code == 409
    assert client.submit("/en/desk/matching/spring/call-off", {"reason": "No cities"}).status_code == 303
    assert client.get("/en/desk/matching/none").status_code == 404


def test_weights_and_countries_are_set_on_their_pages(house: Cast) -> None:
    client = house.client("stranger")
    points = {"fit": 40, "give": 25, "shared": 10, "size": 8, "lang": 7, "hours": 5, "role": 5, "floor": 30, "cap": 10}
    assert client.submit("/en/desk/matching/weights", {**points, "fit": 41}).status_code == 422
    assert client.submit("/en/desk/matching/weights", {**points, "fit": "many"}).status_code == 422
    assert client.submit("/en/desk/matching/weights", points).status_code == 303
    assert client.submit("/en/desk/matching/weights", {**points, "seen": "0"}).status_code == 409
    with house.app.app_context():
        assert session.scalars(select(MatchWeights.fit)).all() == [40]
    assert client.submit("/en/desk/matching/countries", {"country": "FR"}).status_code == 303
    assert client.submit("/en/desk/matching/countries", {"country": "CN"}).status_code == 422
    assert "France" in client.get("/en/desk/matching/countries").text
    assert "Lyon" not in _text(house.client("delegate").get("/en/desk/cities/hangzhou/partners"))
    page = "/en/desk/matching/countries"
    assert client.submit(f"{page}/FR/remove", page=page).status_code == 303
    assert "The list is empty." in client.get(page).text
