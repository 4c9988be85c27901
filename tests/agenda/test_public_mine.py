"""My agenda: stars, its files, and the secret address that a calendar reads."""

from __future__ import annotations

import re
from typing import Any

import icalendar
import pytest

from forum.accounts.models import AccountState
from forum.agenda.models import CalendarSubscription
from forum.agenda.programme import Visibility
from forum.core.database import begin_writing, session
from tests.agenda.public_programme import Published, again, publish, session_of
from tests.cast import Cast, Client
from tests.conftest import FixedClock


@pytest.fixture
def published(cast: Cast, clock: FixedClock) -> Published:
    with cast.app.app_context():
        return publish(cast, clock())


def press(client: Client, published: Published, name: str, on: str = "1", **options: object) -> int:
    """Press the star of a session."""
    star = published.page(f"agenda/{published.slots[name]}/star")
    return int(client.submit(star, {"starred": on}, page=published.page("agenda"), **options).status_code)


def subscribe(client: Client, published: Published) -> list[str]:
    """Make a calendar address and return it in each language."""
    answer = client.submit(published.page("my-agenda/subscribe"), page=published.page("my-agenda"))
    assert answer.status_code == 200
    return re.findall(r">http://forum\.test(/(?:en|zh)/calendar/[^<]+\.ics)<", answer.text)


def titles(body: bytes) -> set[str]:
    """Return the titles of a calendar."""
    return {str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}


def test_a_star_works_without_a_script_and_twice_is_once(cast: Cast, published: Published) -> None:
    client = cast.client("stranger")
    assert press(client, published, "water") == 303
    assert press(client, published, "water") == 303
    assert client.get(published.page("my-agenda")).text.count("data-slot") == 1
    assert 'aria-pressed="true"' in client.get(published.page("agenda")).text
    assert press(client, published, "water", on="") == 303
    assert "Your agenda is still empty" in client.get(published.page("my-agenda")).text


def test_a_script_gets_a_short_answer(cast: Cast, published: Published) -> None:
    assert press(cast.client("stranger"), published, "water", headers={"X-Requested-With": "fetch"}) == 204


@pytest.mark.parametrize("name", ["secret", "staff", "registered"])
def test_what_one_cannot_see_cannot_be_starred(cast: Cast, published: Published, name: str) -> None:
    assert press(cast.client("stranger"), published, name) == 404


def test_visitors_are_sent_to_sign_in_and_see_no_star(cast: Cast, published: Published) -> None:
    visitor = cast.client()
    assert "data-star " not in visitor.get(published.page("agenda")).text
    assert visitor.get(published.page("my-agenda")).status_code == 303
    assert visitor.post(published.page(f"agenda/{published.slots['water']}/star")).status_code in {400, 401}


def test_nobody_sees_the_stars_of_another(cast: Cast, published: Published) -> None:
    press(cast.client("stranger"), published, "water")
    assert "Water that everybody" not in cast.client("focal").get(published.page("my-agenda")).text


def test_my_agenda_is_a_pdf_and_a_calendar_of_its_own(cast: Cast, published: Published) -> None:
    client = cast.client("stranger")
    press(client, published, "water")
    book = client.get(published.page("my-agenda.pdf"))
    assert book.data.startswith(b"%PDF")
    assert book.headers["Cache-Control"] == "private, no-store"
    assert titles(client.get(published.page("my-agenda.ics")).data) == {"Water that everybody can drink"}


def test_the_secret_address_serves_each_language_and_is_kept_as_a_hash(cast: Cast, published: Published) -> None:
    client = cast.client("stranger")
    press(client, published, "water")
    english, chinese = subscribe(client, published)
    program = cast.client()
    answer = program.get(english)
    assert titles(answer.data) == {"Water that everybody can drink"}
    assert titles(program.get(chinese).data) == {"人人可饮的水"}
    assert b"CLASS:PRIVATE" in answer.data
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert program.get(english, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    secret = english.rpartition("/")[2].removesuffix(".ics")
    assert secret.encode() not in answer.data
    with cast.app.app_context():
        assert secret not in session.query(CalendarSubscription).one().token_hash
    assert secret not in client.get(published.page("my-agenda")).text


def test_a_new_address_ends_the_old_one_and_ending_it_answers_410(cast: Cast, published: Published) -> None:
    client, program = cast.client("stranger"), cast.client()
    old = subscribe(client, published)[0]
    new = subscribe(client, published)[0]
    assert program.get(old).status_code == 410
    assert program.get(new).status_code == 200
    client.submit(published.page("my-agenda/unsubscribe"), page=published.page("my-agenda"))
    assert program.get(new).status_code == 410
    assert program.get("/en/calendar/unknown.ics").status_code == 404


def test_a_closed_account_ends_its_calendar(cast: Cast, published: Published) -> None:
    address = subscribe(cast.client("stranger"), published)[0]
    with cast.app.app_context():
        begin_writing()
        cast.account("stranger").state = AccountState.CLOSED
        session.commit()
    assert cast.client().get(address).status_code == 410


def test_a_calendar_never_shows_staff_sessions_not_even_to_staff(
    cast: Cast, published: Published, clock: FixedClock
) -> None:
    client = cast.client("organiser")
    press(client, published, "water")
    press(client, published, "staff")
    press(client, published, "secret")
    address = subscribe(client, published)[0]
    body = cast.client().get(address).data
    assert b"Staff briefing" not in body
    assert b"Zephyrine" not in body
    clock.forward(days=1)

    def hide() -> None:
        session_of(cast, published.sessions["water"]).visibility = Visibility.STAFF

    again(cast, clock(), hide)
    gone: list[Any] = icalendar.Calendar.from_ical(cast.client().get(address).data).walk("VEVENT")
    assert {str(event["STATUS"]) for event in gone if "Closed session" not in event["SUMMARY"]} == {"CANCELLED"}


def test_one_sees_ones_stars_among_ones_data(cast: Cast, published: Published) -> None:
    client = cast.client("stranger")
    press(client, published, "water")
    assert published.slots["water"] in client.get("/en/account/data.json").text
