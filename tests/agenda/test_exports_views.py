"""The agenda's files over HTTP: names, types, validators, parts, and the bytes that everybody shares."""

from __future__ import annotations

import json
import threading
import time
from typing import Any
from urllib.parse import unquote

import icalendar
import pytest
from flask.testing import FlaskClient

from forum.agenda.programme import Visibility
from forum.web.once import BuiltOnce
from tests.agenda.public_programme import Published, again, publish, session_of, slot_of
from tests.cast import Cast
from tests.conftest import FixedClock

TYPES = {
    "agenda.ics": "text/calendar",
    "agenda.pdf": "application/pdf",
    "agenda.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "agenda.csv": "text/csv",
    "agenda.json": "application/json",
    "schedule.xml": "application/vnd.c3voc.schedule+xml",
    "schedule.json": "application/json",
}


@pytest.fixture
def published(cast: Cast, clock: FixedClock) -> Published:
    with cast.app.app_context():
        return publish(cast, clock())


def events(body: bytes) -> dict[str, Any]:
    """Return the entries of a calendar by their UID without its host."""
    calendar = icalendar.Calendar.from_ical(body)
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


@pytest.mark.parametrize("kind", TYPES)
def test_each_file_has_its_type_and_two_names(published: Published, visitor: FlaskClient, kind: str) -> None:
    answer = visitor.get(published.page(kind, "zh"))
    assert answer.status_code == 200
    assert answer.mimetype == TYPES[kind]
    disposition = answer.headers["Content-Disposition"]
    ending = kind.rpartition(".")[2]
    assert f'filename="{published.slug}-{kind.partition(".")[0]}-v1.{ending}"' in disposition
    assert disposition.isascii()
    assert unquote(disposition.partition("filename*=UTF-8''")[2]).startswith("杭州论坛")
    assert answer.headers["Link"].startswith(f"<http://forum.test/en/forums/{published.slug}/{kind}>")
    assert 'hreflang="en"' in answer.headers["Link"]


@pytest.mark.parametrize("kind", TYPES)
def test_a_repeat_visit_is_a_304_and_head_equals_get(published: Published, visitor: FlaskClient, kind: str) -> None:
    first = visitor.get(published.page(kind))
    etag = first.headers["ETag"]
    assert etag.startswith('"')
    for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        repeat = visitor.get(published.page(kind), headers={"If-None-Match": asked})
        assert repeat.status_code == 304, asked
        assert repeat.headers["ETag"] == etag
        assert repeat.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert repeat.data == b""
    assert visitor.get(published.page(kind), headers={"If-None-Match": etag.strip('"')}).status_code == 200
    head = visitor.head(published.page(kind))
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", etag)
    assert int(head.headers["Content-Length"]) == len(first.data)
    assert "GMT" in first.headers["Last-Modified"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"opening", "water", "data", "night", "chinese", "secret"}),
        ("day=2027-04-21", {"chinese", "secret"}),
        ("track=resilience", {"water"}),
        ("room=hall", {"opening", "chinese"}),
        ("day=2027-04-20&room=hall", {"opening"}),
    ],
)
def test_a_part_of_the_agenda_holds_that_part(
    published: Published, visitor: FlaskClient, query: str, names: set[str]
) -> None:
    wanted = {published.slots[name] for name in names}
    assert set(events(visitor.get(published.page(f"agenda.ics?{query}")).data)) == wanted
    document = json.loads(visitor.get(published.page(f"agenda.json?{query}")).data)
    assert {item["guid"] for item in document["programme"]["items"]} == wanted
    listed = visitor.get(published.page(f"agenda.csv?{query}")).data
    assert all((slot.encode() in listed) == (slot in wanted) for slot in published.slots.values())


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("agenda.pdf?paper=a3", 400), ("agenda.ics?lang=fr", 400), ("schedule.json?v=3", 400),
        ("agenda.csv?texts=some", 400), ("agenda.doc", 404), ("schedule.csv", 404), ("agenda.ics?person=x", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_refused(published: Published, visitor: FlaskClient, path: str, status: int) -> None:
    assert visitor.get(published.page(path)).status_code == status


def test_both_languages_and_both_versions_can_be_asked_for(published: Published, visitor: FlaskClient) -> None:
    summary = events(visitor.get(published.page("agenda.ics?lang=both")).data)[published.slots["water"]]["SUMMARY"]
    assert str(summary) == "人人可饮的水 / Water that everybody can drink"
    assert "schedule" in json.loads(visitor.get(published.page("schedule.json?v=1")).data)
    second = json.loads(visitor.get(published.page("schedule.json?v=2")).data)
    assert isinstance(second["schedule"]["events"], list)


def test_a_moved_and_a_cancelled_session_reach_the_calendars(
    cast: Cast, published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    before = events(visitor.get(published.page("agenda.ics")).data)[published.slots["water"]]
    clock.forward(days=1)

    def change() -> None:
        slot_of(published.slots["water"]).room_id = cast.rooms["hall"]

    again(cast, clock(), change)
    after = events(visitor.get(published.page("agenda.ics")).data)[published.slots["water"]]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert "Great Hall" in after["LOCATION"]


def test_a_session_that_the_public_may_no_longer_see_leaves_its_calendars(
    cast: Cast, published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    before = events(visitor.get(published.page("agenda.ics")).data)
    clock.forward(days=1)

    def hide() -> None:
        session_of(cast, published.sessions["water"]).visibility = Visibility.STAFF

    again(cast, clock(), hide)
    after = events(visitor.get(published.page("agenda.ics")).data)
    gone = after[published.slots["water"]]
    assert gone["STATUS"] == "CANCELLED"
    assert int(gone["SEQUENCE"]) > int(before[published.slots["water"]]["SEQUENCE"])
    assert "Water" not in gone["SUMMARY"]
    assert published.slots["staff"] not in after  # what was never seen takes no leave either
    assert published.slots["registered"] not in after
    clock.forward(days=200)
    assert published.slots["water"] not in events(visitor.get(published.page("agenda.ics")).data)


def test_addresses_in_files_are_those_of_the_settings(published: Published, visitor: FlaskClient) -> None:
    body = visitor.get(published.page("agenda.ics"), headers={"Host": "evil.test"}).data.replace(b"\r\n ", b"")
    assert b"evil.test" not in body
    assert f"http://forum.test/en/forums/{published.slug}/sessions/".encode() in body


def test_staff_get_their_own_file_and_leave_none_in_the_shared_cache(cast: Cast, published: Published) -> None:
    staff = cast.client("organiser").get(published.page("agenda.ics"))
    assert b"Staff briefing" in staff.data
    assert staff.headers["Cache-Control"] == "private, no-store"
    assert b"Staff briefing" not in cast.client().get(published.page("agenda.ics")).data


def test_of_many_who_ask_at_once_one_builds_and_all_get_the_same() -> None:
    built: list[int] = []
    shelf, answers = BuiltOnce(1000), []

    def build() -> bytes:
        built.append(1)
        time.sleep(0.05)
        return b"book"

    threads = [threading.Thread(target=lambda: answers.append(shelf.get("key", build))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"book"] * 8
    assert len(built) == 1


def test_a_build_that_fails_is_tried_again_and_full_shelves_let_go() -> None:
    shelf = BuiltOnce(10)

    def fail() -> bytes:
        raise OSError("no font")

    with pytest.raises(OSError, match="no font"):
        shelf.get("key", fail)
    assert shelf.get("key", lambda: b"12345678") == b"12345678"
    assert shelf.get("other", lambda: b"12345678") == b"12345678"
    assert shelf.get("key", lambda: b"anew") == b"anew"
