"""The agenda desk through a browser without JavaScript."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.agenda.models import AgendaSession, Slot
from forum.agenda.queries import released
from forum.core.database import begin_writing, session
from tests.agenda.programme_of import planned, speaking
from tests.agenda.test_applying import SMALL
from tests.cast import Cast, Client, hidden_fields
from tests.statements import counted_statements

HERE = "/en/forums/hangzhou-test/desk"


@pytest.fixture
def opening(app: Flask, cast: Cast) -> tuple[str, str]:
    """A confirmed session with a speaker: its public id and the guid of its slot."""
    with app.app_context():
        begin_writing()
        held, slot = planned(cast)
        speaking(cast, held)
        found = (held.public_id, slot.guid)
        session.commit()
    return found


def form(**changed: Any) -> dict[str, Any]:
    """Return what the form of a session holds."""
    return {
        "title_en": "Opening", "title_zh": "开幕式", "original": "en", "segment": "", "track": "resilience",
        "floor_language": "zh", "interpretation": ["en"], "visibility": "public", **changed,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", ["agenda", "agenda/new", "conflicts", "releases", "releases/new", "imports"])
def test_every_desk_page_opens_in_both_languages(
    cast: Cast, opening: tuple[str, str], language: str, page: str
) -> None:
    answer = cast.client("agenda").get(f"/{language}/forums/hangzhou-test/desk/{page}")
    assert answer.status_code == 200
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1


@pytest.mark.parametrize("who", ["registration", "door", "focal", "delegate", "stranger", "neighbour"])
def test_others_find_no_agenda_desk(cast: Cast, opening: tuple[str, str], who: str) -> None:
    client = cast.client(who)
    session_id, guid = opening
    for page in ("agenda", "conflicts", f"agenda/sessions/{session_id}", f"agenda/slots/{guid}/move", "imports"):
        assert client.get(f"{HERE}/{page}").status_code == 404


def test_a_viewer_reads_and_changes_nothing(cast: Cast, opening: tuple[str, str]) -> None:
    client = cast.client("viewer")
    page = client.get(f"{HERE}/agenda/sessions/{opening[0]}")
    assert page.status_code == 200
    hidden = hidden_fields(page.text)
    assert client.post(f"{HERE}/agenda/sessions/{opening[0]}", data={**hidden, **form()}).status_code == 403
    assert client.get(f"{HERE}/agenda/slots/{opening[1]}/move").status_code == 404


def test_a_session_of_another_forum_does_not_exist_here(app: Flask, cast: Cast, opening: tuple[str, str]) -> None:
    elsewhere = "/en/forums/elsewhere-test/desk/agenda/sessions"
    assert cast.client("neighbour").get(f"{elsewhere}/{opening[0]}").status_code == 404


def test_a_session_is_created_placed_and_shown(app: Flask, cast: Cast) -> None:
    client = cast.client("agenda")
    made = client.submit(f"{HERE}/agenda/new", form())
    assert made.status_code == 303
    session_id = made.location.rpartition("/")[2]
    assert "Opening" in client.get(f"{HERE}/agenda").text
    with app.app_context():
        room = cast.forum.rooms[0].guid
    placed = client.submit(
        f"{HERE}/agenda/sessions/{session_id}/place",
        {"room": room, "local_start": "2027-04-20T09:00", "minutes": "45", "fold": ""},
    )
    assert placed.status_code == 303
    assert "09:00–09:45" in client.get(placed.location).text


def test_an_empty_session_keeps_what_was_typed(cast: Cast) -> None:
    answer = cast.client("agenda").submit(
        f"{HERE}/agenda/new", form(title_en="", title_zh="", abstract_en="Half a thought")
    )
    assert answer.status_code == 422
    assert "Half a thought" in answer.text


def test_of_two_editors_neither_text_is_lost(cast: Cast, opening: tuple[str, str]) -> None:
    address = f"{HERE}/agenda/sessions/{opening[0]}"
    first, second = cast.client("organiser"), cast.client("agenda")
    page = second.get(address)
    assert first.submit(address, form(title_en="Opening ceremony")).status_code == 303
    late = second.post(address, data={**_last_form(page.text), **form(title_en="Grand <b>opening</b>")})
    assert late.status_code == 409
    assert "Opening ceremony" in late.text
    assert "Grand &lt;b&gt;opening&lt;/b&gt;" in late.text
    assert "<b>opening" not in late.text
    assert "Organiser saved a change" in late.text
    again = second.post(address, data={**_last_form(late.text), **form(title_en="Grand opening")})
    assert again.status_code == 303
    assert "Grand opening" in second.get(address).text


def _last_form(html: str) -> dict[str, str]:
    """Return token and version of the session's form."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', html)
    version = re.search(r'<input[^>]*name="version"[^>]*value="(\d+)"', html)
    assert token is not None
    assert version is not None
    return {"csrf_token": token[1], "version": version[1]}


def _move(client: Client, guid: str, version: str, room: str, start: str) -> Any:
    token = _last_form(client.get(f"{HERE}/agenda/slots/{guid}/move").text)["csrf_token"]
    return client.post(
        f"{HERE}/agenda/slots/{guid}/move",
        data={"csrf_token": token, "version": version, "room": room, "local_start": start, "minutes": "60"},
        headers={"Accept": "application/json"},
    )


def test_moving_answers_with_the_conflicts_of_what_was_touched(
    app: Flask, cast: Cast, opening: tuple[str, str]
) -> None:
    with app.app_context():
        begin_writing()
        planned(cast, "Second", "第二场", start="2027-04-20T14:00")
        session.commit()
        hall = cast.forum.rooms[0].guid
        version = str(session.scalars(select(Slot.version).where(Slot.guid == opening[1])).one())
    client = cast.client("agenda")
    answer = _move(client, opening[1], version, hall, "2027-04-20T14:30")
    assert answer.status_code == 200
    assert "Second" in answer.json["conflicts"][0]["sentence"]
    assert answer.json["conflicts"][0]["severity"] == "error"
    late = _move(client, opening[1], version, hall, "2027-04-20T18:00")
    assert late.status_code == 409
    assert "Agenda changed this session" in late.json["sentence"]
    away = _move(client, opening[1], answer.json["version"], hall, "2027-05-20T18:00")
    assert away.status_code == 422


@pytest.mark.timeout(240)
def test_of_racing_moves_one_wins_and_the_others_are_told(app: Flask, cast: Cast, opening: tuple[str, str]) -> None:
    with app.app_context():
        hall = cast.forum.rooms[0].guid
        version = str(session.scalars(select(Slot.version).where(Slot.guid == opening[1])).one())
    clients = [cast.client(who) for who in ("agenda", "organiser", "admin", "agenda")]
    tokens = [_last_form(each.get(f"{HERE}/agenda/slots/{opening[1]}/move").text)["csrf_token"] for each in clients]
    with ThreadPoolExecutor(len(clients)) as together:
        for attempt in range(10):
            start = f"2027-04-20T{9 + attempt:02}:30"

            def race(each: tuple[Client, str], start: str = start, version: str = version) -> Any:
                fields = {"csrf_token": each[1], "version": version, "room": hall, "local_start": start}
                return each[0].post(
                    f"{HERE}/agenda/slots/{opening[1]}/move",
                    data={**fields, "minutes": "60"},
                    headers={"Accept": "application/json"},
                )

            answers = list(together.map(race, zip(clients, tokens, strict=True)))
            assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
            version = str(next(each.json["version"] for each in answers if each.status_code == 200))


def test_undo_takes_back_ones_own_last_step(cast: Cast, opening: tuple[str, str]) -> None:
    client = cast.client("agenda")
    page = client.get(f"{HERE}/agenda")
    assert "Undo: Add a person to a session" in page.text
    token = _last_form(client.get(f"{HERE}/agenda/sessions/{opening[0]}").text)["csrf_token"]
    assert client.post(f"{HERE}/agenda/undo", data={"csrf_token": token}).status_code == 303
    assert "Undo: Place a session" in client.get(f"{HERE}/agenda").text


def test_a_release_is_prepared_made_and_read_at_once(app: Flask, cast: Cast, opening: tuple[str, str]) -> None:
    client = cast.client("agenda")
    assert client.submit(f"{HERE}/releases/new", {"name": "First", "note_en": "", "note_zh": ""}).status_code == 303
    with app.app_context():
        found = released.current(cast.forum)
        assert found is not None
        assert [item.title.zh for item in found.items] == ["开幕式"]
    assert "Release 1" in client.get(f"{HERE}/releases").text
    assert client.get(f"{HERE}/releases/1").status_code == 200
    assert client.submit(f"{HERE}/releases/1/restore").status_code == 303


def test_errors_are_listed_and_nothing_is_released(app: Flask, cast: Cast, opening: tuple[str, str]) -> None:
    with app.app_context():
        begin_writing()
        planned(cast, "Second", "第二场")
        session.commit()
    client = cast.client("agenda")
    page = client.get(f"{HERE}/releases/new")
    assert "Second" in page.text
    assert "Errors: resolve them first" in page.text
    token = _last_form(client.get(f"{HERE}/agenda/sessions/{opening[0]}").text)["csrf_token"]
    assert client.post(f"{HERE}/releases/new", data={"csrf_token": token, "seen": "0"}).status_code == 422
    with app.app_context():
        assert released.current_release(cast.forum) is None


def test_warnings_that_the_page_did_not_show_are_not_accepted(app: Flask, cast: Cast, opening: tuple[str, str]) -> None:
    client = cast.client("agenda")
    page = client.get(f"{HERE}/releases/new")
    hidden = hidden_fields(page.text)
    with app.app_context():
        begin_writing()
        planned(cast, "Second", "第二场", start="2027-04-20T10:02")
        session.commit()
    accepted = {"accept": "y", "reason": "Short walk"}
    blind = client.post(f"{HERE}/releases/new", data={**hidden, **accepted})
    assert blind.status_code == 422
    assert "2 minutes" in blind.text
    seen = client.post(f"{HERE}/releases/new", data={**hidden_fields(blind.text), **accepted})
    assert seen.status_code == 303


def test_people_and_documents_are_edited_by_forms(cast: Cast, opening: tuple[str, str]) -> None:
    client = cast.client("agenda")
    one = f"{HERE}/agenda/sessions/{opening[0]}"
    made = client.submit(
        f"{one}/people/new",
        {"family_latin": "Sato", "given_latin": "Kenji", "name_zh": "佐藤健二", "mail_language": "en"},
    )
    assert made.status_code == 303
    page = client.get(f"{one}/people")
    assert "SATO" in page.text
    part = re.findall(r"/people/([a-z0-9]{16})\"", page.text)[-1]
    changed = {"person": "", "role": "chair", "state": "confirmed", "language": "", "minutes": "10"}
    assert client.submit(f"{one}/people/{part}", changed).status_code == 422  # nobody was chosen
    named = {**changed, "placeholder_en": "Mayor of the host city"}
    assert client.submit(f"{one}/people/{part}", named).status_code == 303
    assert "Mayor of the host city" in client.get(f"{one}/people").text
    refused = client.submit(f"{one}/documents", {"title_en": "Slides", "link": "http://x", "visibility": "public"})
    assert refused.status_code == 422
    kept = client.submit(
        f"{one}/documents", {"title_en": "Slides", "link": "https://forum.example/s", "visibility": "public"}
    )
    assert kept.status_code == 303
    assert "https://forum.example/s" in client.get(f"{one}/documents").text


def test_a_file_is_previewed_applied_and_the_second_time_nothing(app: Flask, cast: Cast) -> None:
    client = cast.client("agenda")
    handed = client.submit(f"{HERE}/imports", {"file": (io.BytesIO(SMALL), "small.xml"), "zone": ""})
    assert handed.status_code == 303
    preview = client.get(handed.location)
    assert "Night owls" in preview.text
    with app.app_context():
        assert session.scalars(select(AgendaSession)).all() == []
    assert client.submit(handed.location).status_code == 303
    with app.app_context():
        assert len(session.scalars(select(AgendaSession)).all()) == 2
    assert "The draft already holds all of it" in client.get(handed.location).text
    filtered = client.get(f"{handed.location}?show=refused")
    assert "Night owls" not in filtered.text
    assert cast.client("neighbour").get(handed.location).status_code == 404


def test_a_file_that_is_none_is_refused_at_its_field(cast: Cast) -> None:
    answer = cast.client("agenda").submit(f"{HERE}/imports", {"file": (io.BytesIO(b"<html>"), "a.xml"), "zone": ""})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_the_board_asks_the_same_number_of_questions_for_many_sessions(app: Flask, cast: Cast) -> None:
    counts = []
    for more in (2, 20):
        with app.app_context():
            begin_writing()
            for number in range(more):
                held, _ = planned(
                    cast,
                    f"S{more} {number}",
                    "场次",
                    start=f"2027-04-21T{number + 1:02}:00" if number > 3 else f"2027-04-20T{number + 8:02}:00",
                )
                speaking(cast, held, f"P{more} N{number}", "")
            session.commit()
        client = cast.client("agenda")
        with app.app_context(), counted_statements() as seen:
            assert client.get(f"{HERE}/agenda?day=2027-04-21").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
