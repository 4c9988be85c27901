"""The pages of the cities: who reaches what, in both languages, quickly, and whatever is typed."""

from __future__ import annotations

import html
import re
import time
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import insert

from forum.cities import operations
from forum.cities.models import CityContact, CityProfile, CommitteeRole, Need, Offer
from forum.cities.words import CityLevel, CommitteePart, Consent, Form, Visibility
from forum.core import revisions
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.places.models import City
from tests.cast import Cast
from tests.cities.town import NOTE, furnish, offer, profile
from tests.conftest import START, FixedClock
from tests.statements import counted_statements

BOTH = ("en", "zh")
# These differ from answer to answer.
_CHANGING = re.compile(r'number: \w+|nonce=\S+|name="csrf_token" value="[^"]*"')
EDIT = (
    "/desk/cities/{}/profile",
    "/desk/cities/{}/offers/new",
    "/desk/cities/{}/contacts/new",
    "/desk/cities/{}/renamed",
)


@pytest.fixture(autouse=True)
def _cities(app: Flask, cast: Cast, clock: FixedClock) -> None:
    with app.app_context():
        furnish(cast, clock())


def edit(app: Flask, change: object, name: str, clock: FixedClock) -> None:
    with app.app_context():
        begin_writing()
        change(profile(name))  # type: ignore[operator]
        session.commit()
        session.remove()


def words(text: str) -> str:
    return html.unescape(text)


@pytest.mark.parametrize("language", BOTH)
def test_the_list_shows_public_cities_alone(cast: Cast, language: str) -> None:
    page = cast.client().get(f"/{language}/cities/")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert {"en": "Hangzhou", "zh": "杭州"}[language] in page.text
    assert "ningbo" not in page.text.casefold()
    assert "宁波" not in page.text


# Who may: open the hidden profile of Ningbo, read Hangzhou's desk, edit Hangzhou.
MATRIX = {
    None: (404, 303, 303),
    "stranger": (404, 404, 404),
    "focal": (404, 404, 404),  # another city abroad
    "neighbour": (200, 404, 404),  # another city of the province: its own hidden profile alone
    "delegate": (404, 200, 200),  # the liaison: nothing of the neighbour's hidden profile
    "protocol": (404, 200, 200),  # the lead
    "agenda": (200, 200, 404),  # the province reads
    "door": (404, 404, 404),  # another province
    "viewer": (200, 200, 404),  # the auditor reads
    "registration": (200, 200, 404),  # the nation reads
    "admin": (200, 200, 200),
}


@pytest.mark.parametrize("who", MATRIX)
def test_everybody_reaches_exactly_their_own(cast: Cast, who: str | None) -> None:
    hidden, desk, edits = MATRIX[who]
    client = cast.client(who)
    assert client.get("/en/cities/ningbo/").status_code == hidden
    assert client.get("/en/desk/cities/hangzhou/").status_code == desk
    for address in EDIT:
        assert client.get("/zh" + address.format("hangzhou")).status_code == edits, address
    unknown = client.get("/en/cities/atlantis/")
    assert unknown.status_code == 404
    if hidden == 404:
        refused = client.get("/en/cities/ningbo/").text.replace("ningbo", "atlantis")
        assert _CHANGING.sub("", refused) == _CHANGING.sub("", unknown.text)


@pytest.mark.parametrize("who", ["focal", "delegate", "door"])
def test_a_hidden_profile_is_in_no_list_and_search_of_others(cast: Cast, who: str) -> None:
    client = cast.client(who)
    for address in ("/en/cities/?q=ningbo", "/zh/cities/?q=nb", "/en/desk/cities/?q=ningbo", "/sitemap.xml"):
        page = client.get(address)
        assert "cities/ningbo" not in page.text, address
        assert "宁波" not in page.text


def test_the_province_finds_the_hidden_profile(cast: Cast) -> None:
    assert "cities/ningbo" in cast.client("agenda").get("/en/desk/cities/?q=nb").text


def test_nobody_writes_where_they_can_not_edit(cast: Cast) -> None:
    for who in ("focal", "neighbour", "agenda", "viewer", "stranger"):
        client = cast.client(who)
        for address in ("confirm", "profile", "offers/new", "translation"):
            answer = client.submit(f"/en/desk/cities/hangzhou/{address}", {}, page="/en/account")
            assert answer.status_code == 404, (who, address)


@pytest.mark.parametrize("language", BOTH)
def test_a_liaison_edits_the_profile_and_the_public_sees_it_at_once(cast: Cast, language: str) -> None:
    address, visitor = f"/{language}/desk/cities/hangzhou/profile", cast.client()
    assert "Lakes and standards" not in visitor.get(f"/{language}/cities/hangzhou/").text
    sent = cast.client("delegate").submit(
        address,
        {
            "summary_en": "Lakes and standards",
            "summary_zh": "湖泊与标准",
            "level": "sub_provincial",
            "population": "11936010",
            "population_year": "2020",
            "population_source_en": "Census",
            "population_source_zh": "普查",
            "population_boundary": "proper",
            "working_languages": ["zh", "fr"],
            "focus_1": "A03",
            "focus_2": "A09",
            "capacity": "3",
            "visibility": "public",
        },
    )
    assert sent.status_code == 303, sent.text
    page = visitor.get(f"/{language}/cities/hangzhou/").text
    expected = {
        "en": ("Lakes and standards", "11,936,010", "2020, Census", "Chinese and French", "Smart city"),
        "zh": ("湖泊与标准", "11,936,010", "普查", "法语", "智慧城市"),
    }[language]
    assert all(word in words(page) for word in expected)
    assert "A03" not in page


def test_a_stale_form_keeps_both_versions(cast: Cast) -> None:
    client, address = cast.client("delegate"), "/en/desk/cities/hangzhou/profile"
    typed = {"summary_en": "Mine", "summary_zh": "我的", "level": "prefecture", "population_boundary": "proper"}
    typed |= {"capacity": "2", "visibility": "public"}
    answer = client.submit(address, typed | {"version": "1"})
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert "About Hangzhou." in answer.text
    assert client.submit(address, typed, page=address).status_code == 303


def test_an_offer_is_written_refused_twice_and_closed(cast: Cast) -> None:
    client, new = cast.client("delegate"), "/en/desk/cities/hangzhou/offers/new"
    typed = {"text_en": "A data model", "text_zh": "数据模型", "area": "A03", "level": "3", "form": "document"}
    typed |= {"references": "ISO 37122；ＧＢ／Ｔ 36749—2018", "languages": "zh", "hours": "40"}
    assert client.submit(new, typed).status_code == 303
    twice = client.submit(new, typed)
    assert twice.status_code == 422
    assert "There is an open entry for this area already." in words(twice.text)
    page = words(cast.client().get("/en/cities/hangzhou/").text)
    assert all(word in page for word in ("A data model", "leading practice", "40 hours a year", "ISO 37122"))
    desk = client.get("/en/desk/cities/hangzhou/").text
    entry = desk.split("/offers/")[2].split('"')[0]
    end = f"/en/desk/cities/hangzhou/offers/{entry}/end"
    assert "Close this entry?" in client.get(end).text
    assert "A data model" in cast.client().get("/en/cities/hangzhou/").text
    assert client.submit(end).status_code == 303
    assert "A data model" not in cast.client().get("/en/cities/hangzhou/").text
    assert client.submit(new, typed).status_code == 303


def test_an_entry_of_another_city_is_not_reached_through_ones_own(cast: Cast, app: Flask, clock: FixedClock) -> None:
    edit(app, lambda lyon: offer(lyon, "A03", clock()), "Lyon", clock)
    with app.app_context():
        there = session.query(Offer).one().public_id
        session.remove()
    client = cast.client("delegate")
    assert cast.client("focal").get(f"/en/desk/cities/lyon/offers/{there}").status_code == 200
    for address in (there, f"{there}/end", "nothing"):
        assert client.get(f"/en/desk/cities/hangzhou/offers/{address}").status_code == 404
    assert client.get(f"/en/desk/cities/hangzhou/needs/{there}").status_code == 404


def _people(lyon: CityProfile, clock: FixedClock) -> None:
    today = clock().date()
    for person, consent in (("Nora None", "none"), ("Paul Partners", "partners"), ("Petra Public", "public")):
        operations.save_entry(
            lyon,
            CityContact(),
            None,
            {},
            {
                "person": person,
                "email": "",
                "languages": ["fr"],
                "starts_on": today,
                "ends_on": None,
                "handover_note": NOTE,
                "consent": Consent(consent),
                "consented_on": None if consent == "none" else today,
            },
            actor=SYSTEM,
            now=clock(),
        )
    facts = {"body": "ISO/TC 268", "part": CommitteePart.EXPERT, "person": "Claire Committee", "starts_on": today}
    operations.save_entry(lyon, CommitteeRole(), None, {}, facts | {"ends_on": None}, actor=SYSTEM, now=clock())


def test_contacts_are_shown_by_consent_and_notes_never_leave_the_city(
    cast: Cast, app: Flask, clock: FixedClock
) -> None:
    edit(app, lambda lyon: _people(lyon, clock), "Lyon", clock)
    seen = {
        who: cast.client(who).get("/en/cities/lyon/").text + cast.client(who).get("/zh/cities/lyon/").text
        for who in (None, "stranger", "delegate", "focal", "viewer")
    }
    for who, text in seen.items():
        assert "Petra Public" in text, who
        assert "Nora None" not in text, who
        assert NOTE not in text, who
        assert ("Paul Partners" in text) == (who in {"delegate", "focal", "viewer"}), who
        assert ("Claire Committee" in text) == (who in {"focal", "viewer"}), who
        assert "ISO/TC 268" in text
    desk = cast.client("focal").get("/en/desk/cities/lyon/").text
    assert NOTE in desk  # the guard hides what is really there
    assert "Nora None" in desk


def test_the_capacity_is_the_citys_own_affair(cast: Cast) -> None:
    assert "can carry" in cast.client("delegate").get("/en/desk/cities/hangzhou/").text
    assert "can carry" not in cast.client().get("/en/cities/hangzhou/").text


def test_a_stale_profile_says_so_and_a_prepared_page_ends_with_its_day(cast: Cast, clock: FixedClock) -> None:
    visitor = cast.client()
    assert "more than a year ago" not in visitor.get("/en/cities/lyon/").text
    clock.forward(days=366)
    page = visitor.get("/en/cities/lyon/")
    assert page.status_code == 200
    assert "more than a year ago" in page.text
    assert "逾一年" in visitor.get("/zh/cities/lyon/").text
    assert "Lyon" in visitor.get("/en/cities/").text


def test_a_former_address_leads_on_and_never_to_what_is_hidden(cast: Cast, app: Flask, clock: FixedClock) -> None:
    def rename(lyon: CityProfile) -> None:
        operations.rename(
            lyon, ("Lugdunum", "卢格敦"), "grand-lyon", date(2027, 1, 1), "Act", actor=SYSTEM, now=clock()
        )

    edit(app, rename, "Lyon", clock)
    visitor = cast.client()
    answer = visitor.get("/zh/cities/lyon/")
    assert (answer.status_code, answer.location) == (301, "/zh/cities/grand-lyon/")
    assert "卢格敦" in visitor.get("/zh/cities/grand-lyon/").text

    def hide(lyon: CityProfile) -> None:
        operations.edit_profile(lyon, lyon.version, {}, {"visibility": Visibility.HIDDEN}, actor=SYSTEM, now=clock())

    edit(app, hide, "Lyon", clock)
    assert visitor.get("/zh/cities/lyon/").status_code == 404
    assert visitor.get("/zh/cities/grand-lyon/").status_code == 404
    assert cast.client("focal").get("/zh/cities/lyon/").status_code == 301


def test_merging_is_said_on_a_form_and_needs_the_other_city(cast: Cast) -> None:
    client, address = cast.client("delegate"), "/en/desk/cities/hangzhou/merged"
    typed = {"happened_on": "2027-01-01", "source": "Decree 1"}
    assert client.submit(address, typed | {"successor": "Nowhere"}).status_code == 422
    assert client.submit(address, typed | {"successor": "里昂"}).status_code == 303
    assert cast.client().get("/en/cities/hangzhou/").location == "/en/cities/lyon/"
    assert "became part of Lyon" in client.get("/en/desk/cities/hangzhou/").text
    refused = client.submit("/en/desk/cities/hangzhou/confirm", {}, page="/en/account")
    assert refused.status_code == 409


def test_a_liaison_begins_the_profile_of_the_own_city_alone(cast: Cast, app: Flask) -> None:
    with app.app_context():
        osaka = session.query(City).filter_by(name_en="Osaka").one().public_id
        session.remove()
    assert (
        cast.client("delegate").submit("/en/desk/cities/begin", {"city": osaka}, page="/en/account").status_code == 404
    )
    begun = cast.client("admin").submit("/en/desk/cities/begin", {"city": "Osaka"}, page="/en/account")
    assert begun.location == "/en/desk/cities/osaka/profile"
    assert cast.client().get("/en/cities/osaka/").status_code == 404


HOSTILE = (
    "%",
    "'; --",
    "<script>alert(1)</script>",
    "\0",
    "A" * 5000,
    "﷽",
    "９９９９９９９９９９９９９９９９９９９９",
    "-1",
)


@pytest.mark.parametrize("nasty", HOSTILE)
def test_whatever_is_asked_of_the_list_is_answered(cast: Cast, nasty: str) -> None:
    for name in ("q", "country", "area", "side", "language", "page"):
        for address in ("/en/cities/", "/zh/cities/"):
            answer = cast.client().get(address, query_string={name: nasty})
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text
    assert cast.client("admin").get("/en/desk/cities/", query_string={"q": nasty, "page": nasty}).status_code == 200


@pytest.mark.parametrize("nasty", HOSTILE)
@pytest.mark.parametrize("kind", ["offers", "certificates", "pilots", "committees", "networks", "contacts"])
def test_whatever_is_typed_into_a_form_is_saved_or_refused(cast: Cast, nasty: str, kind: str) -> None:
    client, address = cast.client("delegate"), f"/en/desk/cities/hangzhou/{kind}/new"
    names = set(html.unescape(client.get(address).text).split('name="')[1:])
    typed = {name.split('"')[0]: nasty for name in names if not name.startswith(("csrf_token", "viewport", "color"))}
    assert client.submit(address, typed).status_code in {303, 400, 422}
    for deed in ("profile", "renamed", "merged", "translation"):
        every = dict.fromkeys(("slug", "old_name_en", "successor", "text", "mark", "deed", "version", "level"), nasty)
        answer = client.submit(f"/en/desk/cities/hangzhou/{deed}", every, page="/en/account")
        assert answer.status_code in {400, 409, 422}, deed


def test_a_click_beside_a_translation_is_kept(cast: Cast) -> None:
    client, address = cast.client("delegate"), "/en/desk/cities/hangzhou/profile"
    opened = client.get(address).text
    assert "Mark as reviewed" in opened
    answer = client.submit("/en/desk/cities/hangzhou/translation", {}, page=address)
    assert answer.status_code == 303, answer.text
    assert "Reviewed" in client.get(address).text


def _many(count: int) -> None:
    begin_writing()
    made = [
        {
            "name_en": f"Town {n}",
            "name_zh": f"镇{n}",
            "country_iso2": "FR",
            "search": f"town {n}",
            "sort_zh": f"zhen {n:04}",
        }
        for n in range(count)
    ]
    ids = list(session.scalars(insert(City).returning(City.id), made))
    session.execute(
        insert(CityProfile),
        [
            {
                "city_id": key,
                "slug": f"town-{key}",
                "level": CityLevel.PREFECTURE,
                "visibility": Visibility.PUBLIC,
                "summary_en": "A town.",
                "working_languages": ["en"],
                "focus_areas": ["A01", "A02"],
            }
            for key in ids
        ],
    )
    for model in (Offer, Need):
        session.execute(insert(model), [{"city_id": key, "area": "A03", "level": 2, "form": Form.DATA} for key in ids])
    revisions.bump(revisions.CITIES, now=START)
    session.commit()
    session.remove()


def test_the_list_asks_the_same_number_of_statements_for_two_thousand_and_is_quick(cast: Cast, app: Flask) -> None:
    visitor = cast.client()
    counts = []
    for more in (0, 2000):
        with app.app_context():
            if more:
                _many(more)
            with counted_statements() as seen:
                assert visitor.get("/en/cities/?side=offers" if more else "/en/cities/").status_code == 200
            counts.append(len(seen))
    assert counts[1] <= 8
    assert counts[0] <= counts[1]
    took = []
    for query in ("page=3", "q=town", "area=A03&side=needs", "language=en"):
        began = time.perf_counter()
        page = visitor.get(f"/en/cities/?{query}")
        took.append(time.perf_counter() - began)
        assert "Town" in page.text
    assert min(took) < 0.15


def test_the_desk_of_a_city_asks_a_bounded_number_of_statements(cast: Cast, app: Flask, clock: FixedClock) -> None:
    client = cast.client("delegate")
    counts = []
    for areas in ((), ("A01", "A02", "A03", "A04", "A05", "A06")):
        for area in areas:
            edit(app, lambda own, area=area: offer(own, area, clock()), "Hangzhou", clock)
        with app.app_context(), counted_statements() as seen:
            for address in ("/en/desk/cities/hangzhou/", "/en/cities/hangzhou/"):
                assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 2


def test_a_prepared_page_of_a_city_is_served_again_until_the_registry_changes(cast: Cast, app: Flask) -> None:
    visitor = cast.client()
    first = visitor.get("/en/cities/lyon/")
    with app.app_context(), counted_statements() as seen:
        again = visitor.get("/en/cities/lyon/")
    assert seen == []  # the revision is asked straight from the driver
    assert again.headers["ETag"] == first.headers["ETag"]
    tag = {"If-None-Match": first.headers["ETag"]}
    assert visitor.get("/en/cities/lyon/", headers=tag).status_code == 304
    cast.client("focal").submit("/en/desk/cities/lyon/confirm", {}, page="/en/account")
    with app.app_context(), counted_statements() as seen:
        visitor.get("/en/cities/lyon/")
    assert seen


def test_a_corrected_place_name_shows_on_the_prepared_list(cast: Cast, app: Flask) -> None:
    visitor = cast.client()
    assert "Lyon" in visitor.get("/en/cities/").text
    with app.app_context():
        key = session.query(City).filter_by(name_en="Lyon").one().public_id
        session.remove()
    sent = cast.client("admin").submit(f"/en/places/cities/{key}", {"name_en": "Lyons", "name_zh": "里昂"})
    assert sent.status_code == 303
    assert "Lyons" in visitor.get("/en/cities/").text
