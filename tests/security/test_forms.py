"""Tampering with forms: tokens left out, hidden fields rewritten, numbers and letters that no column holds."""

from __future__ import annotations

from datetime import datetime
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.agenda.models import AgendaSession
from forum.agenda.operations import releases
from forum.agenda.operations.slots import Place, add_slot
from forum.agenda.programme import SessionState, Visibility
from forum.agenda.queries.standing import conflict_id
from forum.core.database import begin_writing, session
from forum.events.models import Room
from forum.registration.models import Category, Delegation, Participation, SessionSeat
from tests.cast import Cast, hidden_fields
from tests.registration.people import NOW
from tests.registration.test_mine import EDITOR, approved

MANY_DIGITS = "9" * 5000


def delegations(cast: Cast) -> int:
    with cast.app.app_context():
        return session.scalar(select(func.count()).select_from(Delegation)) or 0


@pytest.mark.parametrize("forgets", [False, True])
def test_no_view_can_forget_the_form_token(cast: Cast, forgets: bool) -> None:
    before, browser = delegations(cast), cast.client("organiser")
    view = cast.app.view_functions["registration.desk_invite"]
    invitation = {"kind": "countries", "place": "FR", "csrf_token": "forged"}
    address = f"/en/forums/{cast.slug}/desk/delegations/invite"
    with patch.object(view, "soft_csrf", forgets):  # a page that promises to look at the token, and doesn't
        answer = browser.post(address, data=invitation)
    assert answer.status_code == 400
    assert delegations(cast) == before
    assert "is invited" not in browser.get(f"/en/forums/{cast.slug}/desk/delegations").text
    page = f"/en/forums/{cast.slug}/desk/delegations/invite?kind=countries&q=France"
    assert (
        browser.submit(
            address, {**invitation, "csrf_token": hidden_fields(browser.get(page).text)["csrf_token"]}, page=page
        ).status_code
        == 303
    )
    assert delegations(cast) == before + 1


@pytest.mark.parametrize("version", [MANY_DIGITS, "9" * 20, "-1", "²", "\x00", "1\x00", "٣"])
def test_a_rewritten_version_saves_nothing_and_breaks_nothing(calm: Flask, cast: Cast, version: str) -> None:
    with cast.app.app_context():
        lyon = session.get_one(Delegation, cast.delegations["focal"]).public_id
    address = f"/en/forums/{cast.slug}/desk/delegations/{lyon}/edit"
    entries = {"name_en": "Rewritten", "name_zh": "里昂", "mail_policy": "registrant", "version": version}
    answer = cast.client("organiser").submit(address, entries)
    assert answer.status_code in {409, 422}
    with cast.app.app_context():
        assert session.get_one(Delegation, cast.delegations["focal"]).name_en == "Lyon"


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "x" * 10_000, "with blanks in it, long", "\x00" * 20])
def test_a_form_key_that_is_not_ours_registers_nobody(calm: Flask, cast: Cast, key: str) -> None:
    browser = cast.client()
    page = f"/en/forums/{cast.slug}/register"
    with cast.app.app_context():
        category = session.get_one(Category, cast.categories["MEDIA"]).public_id
    entries = {"category": category, "delegation": "", "language": "en", "email": "ada@example.org"}
    assert browser.submit(page, {**entries, "form_key": key}).status_code == 422
    with cast.app.app_context():
        assert session.scalar(select(func.count()).select_from(Participation)) == 0
    assert browser.submit(page, entries).status_code == 303


BEYOND = ("9" * 20, MANY_DIGITS, "-9", "1e9", "%00", "%ED%A0%80")


@pytest.mark.parametrize("value", BEYOND)
@pytest.mark.parametrize(
    "address", ["/en/mail", "/en/people-with-accounts", "/en/places/cities", "/en/forums/{}/desk/mail"]
)
def test_a_page_beyond_all_numbers_is_a_page(calm: Flask, cast: Cast, address: str, value: str) -> None:
    assert cast.client("admin").get(f"{address.format(cast.slug)}?page={value}").status_code == 200


@pytest.mark.parametrize("value", [*BEYOND, "%00%00", "x%00y", "%F0%9F%98%80" * 40])
@pytest.mark.parametrize(
    "address",
    [
        "forums/{}/",
        "forums/hangzhou-test/releases/{}",
        "forums/hangzhou-test/sessions/{}",
        "forums/hangzhou-test/people/{}",
        "forums/hangzhou-test/desk/releases/{}",
        "forums/hangzhou-test/desk/participations/{}",
        "forums/hangzhou-test/desk/imports/{}",
        "forums/hangzhou-test/my/{}/",
        "forums/hangzhou-test/offers/{}",
        "link/{}x",
        "calendar/{}.ics",
        "mail/{}",
    ],
)
def test_an_address_of_strange_letters_leads_nowhere(calm: Flask, cast: Cast, address: str, value: str) -> None:
    answer = cast.client("admin").get("/en/" + address.format(value))
    assert answer.status_code in {400, 404} or address.startswith("link")
    assert answer.status_code < 500


def test_a_session_for_heads_alone_is_not_booked_through_its_placeholder(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        closed = AgendaSession(
            forum_id=cast.forum_id,
            title_en="Closed round of heads",
            title_zh="团长闭门会",
            placeholder_en="Closed meeting",
            placeholder_zh="闭门会议",
            bookable=True,
            capacity=5,
            state=SessionState.CONFIRMED,
            abstract_en="Heads.",
            abstract_zh="团长。",
            visibility=Visibility.HEADS,
        )
        session.add(closed)
        session.flush()
        room = session.get_one(Room, cast.rooms["canal"])
        add_slot(cast.forum, closed, Place(room, datetime(2027, 4, 20, 10, 0), 60), actor=EDITOR, now=NOW)
        report = releases.candidate(cast.forum, NOW)
        agreed = {conflict_id(each): "Agreed" for each in report.warnings}
        releases.release(cast.forum, "First", "First", "第一版", agreed, actor=EDITOR, now=NOW)
        public_id = closed.public_id
        session.commit()
        session.remove()
    browser = cast.client("delegate")
    page = f"{approved(cast, browser, for_whom='self')}sessions"
    answer = browser.submit(page, {"session": public_id, "deed": "book"}, page=page.removesuffix("sessions") + "person")
    assert answer.status_code == 404
    with cast.app.app_context():
        assert session.scalar(select(func.count()).select_from(SessionSeat)) == 0
