"""Calendars are read back by two readers that share no code with the writer."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.ports.documents.calendar import CalendarEntry, CalendarFeed, encode, zone_definition

CHANGED = datetime(2027, 4, 1, 8, 30, tzinfo=UTC)


def entry(**changes: Any) -> CalendarEntry:
    facts: dict[str, Any] = {
        "uid": "0d3c5a3e-5b1f-4a34-8f0e-6a2f6f0a7b11@forum.example",
        "summary": "Opening",
        "starts_at": datetime(2027, 4, 20, 1, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 4, 20, 2, 0, tzinfo=UTC),
        "changed_at": CHANGED,
        "created_at": CHANGED,
    }
    return CalendarEntry(**(facts | changes))


def feed(*entries: CalendarEntry, zone: str = "Asia/Shanghai", **changes: Any) -> CalendarFeed:
    plain = CalendarFeed(
        product="-//Forum//Forum//EN",
        name="Forum 2027",
        zone_name=zone,
        changed_at=CHANGED,
        organiser_name="Forum office",
        organiser_address="office@forum.example",
        entries=entries,
    )
    return dataclasses.replace(plain, **changes)


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).events)


def vobject_events(content: bytes) -> list[vobject.base.Component]:
    return list(vobject.readOne(content.decode()).vevent_list)


HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("\r\n\t\0\x0b\x0c\x1c\x85\u2028\u2029\\;:,\"'=市论坛\u202eé😀")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


@settings(max_examples=150, deadline=None)
@given(summary=HOSTILE, description=HOSTILE, location=HOSTILE, category=HOSTILE, name=HOSTILE)
def test_no_text_adds_structure_to_a_calendar(
    summary: str,
    description: str,
    location: str,
    category: str,
    name: str,
) -> None:
    hostile = entry(summary=summary, description=description, location=location, categories=(category,))
    content = encode(feed(hostile, entry(uid="second@forum.example"), name=name, organiser_name=name))
    calendar = icalendar.Calendar.from_ical(content)
    assert [str(event["UID"]) for event in calendar.events] == [hostile.uid, "second@forum.example"]
    assert len(vobject_events(content)) == 2
    allowed = {
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "CREATED",
        "SEQUENCE",
        "STATUS",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "CATEGORIES",
        "TRANSP",
        "ORGANIZER",
        "CLASS",
    }
    for event in calendar.events:
        assert set(event) <= allowed
        assert not event.errors
    assert not [line for line in content.split(b"\r\n") if len(line) > 75]
    assert content.replace(b"\r\n ", b"").decode()


def test_without_escaping_a_text_would_add_structure(monkeypatch: pytest.MonkeyPatch) -> None:
    attack = "Opening\nATTENDEE:mailto:stranger@example.org"
    assert "ATTENDEE" not in events(encode(feed(entry(description=attack))))[0]
    monkeypatch.setattr("forum.ports.documents.calendar._text", lambda text: text.replace("\n", "\r\n"))
    assert "ATTENDEE" in events(encode(feed(entry(description=attack))))[0]


def test_texts_come_back_as_they_were() -> None:
    text = "第一行；“引号”, \\n is not a line break\nsecond line: 100;200,300"
    event = events(encode(feed(entry(description=text, summary="会议；开幕, \\ 1"))))[0]
    assert str(event["DESCRIPTION"]) == text
    assert str(event["SUMMARY"]) == "会议；开幕, \\ 1"
    assert vobject_events(encode(feed(entry(description=text))))[0].description.value == text


MOMENTS = [
    ("America/New_York", datetime(2027, 3, 14, 6, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 3, 14, 7, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 7, 1, 16, 0, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 11, 7, 6, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 11, 7, 7, 30, tzinfo=UTC)),
    ("Europe/Paris", datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
    ("Europe/Paris", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ("Europe/Paris", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ("Europe/Paris", datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2027, 4, 20, 3, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2027, 4, 3, 14, 45, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2027, 4, 3, 15, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2027, 10, 2, 15, 45, tzinfo=UTC)),
    ("Asia/Shanghai", datetime(2027, 4, 20, 15, 59, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "moment"), MOMENTS)
def test_two_readers_find_every_entry_at_its_instant(zone: str, moment: datetime) -> None:
    content = encode(feed(entry(starts_at=moment, ends_at=moment + timedelta(minutes=45)), zone=zone))
    event = events(content)[0]
    assert event.start.astimezone(UTC) == moment
    assert event.end.astimezone(UTC) == moment + timedelta(minutes=45)
    read = vobject_events(content)[0]
    assert read.dtstart.value.astimezone(UTC) == moment
    assert read.dtend.value.astimezone(UTC) == moment + timedelta(minutes=45)
    assert f"TZID:{zone}".encode() in content


def test_the_zone_definition_gives_the_clock_before_the_change() -> None:
    lines = zone_definition("America/New_York", 2027, 2027)
    assert "DTSTART:20270314T020000" in lines
    assert "DTSTART:20271107T020000" in lines
    assert not any(line.startswith("COMMENT") for line in lines)


def test_the_zone_definition_holds_no_year_that_is_not_used() -> None:
    lines = zone_definition("Asia/Shanghai", 2027, 2027)
    assert [line for line in lines if line.startswith("BEGIN:")] == ["BEGIN:VTIMEZONE", "BEGIN:STANDARD"]
    assert "DTSTART:20270101T000000" in lines


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_the_zone_definition_agrees_with_the_zone_at_every_hour(zone: str) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *zone_definition(zone, 2027, 2028), "END:VCALENDAR"])
    read = icalendar.Calendar.from_ical(text).timezones[0].to_tz(lookup_tzid=False)
    real = ZoneInfo(zone)
    for hour in range(0, 2 * 365 * 24, 5):
        wall = datetime(2027, 1, 1, 0, 30) + timedelta(hours=hour)
        if wall.replace(tzinfo=real).astimezone(UTC).astimezone(real).replace(tzinfo=None) == wall:
            assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=real).utcoffset(), wall


def test_a_publication_has_an_organiser_and_no_attendee() -> None:
    calendar = icalendar.Calendar.from_ical(encode(feed(entry())))
    assert calendar["METHOD"] == "PUBLISH"
    assert str(calendar.events[0]["ORGANIZER"]) == "mailto:office@forum.example"
    assert "ATTENDEE" not in calendar.events[0]
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == "Forum 2027"


def test_the_stamp_is_the_last_change_and_not_the_present() -> None:
    event = events(encode(feed(entry())))[0]
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == CHANGED


def test_equal_feeds_are_equal_bytes() -> None:
    assert encode(feed(entry())) == encode(feed(entry()))
    assert encode(feed(entry())) != encode(feed(entry(sequence=1)))


def test_an_empty_feed_is_a_calendar() -> None:
    calendar = icalendar.Calendar.from_ical(encode(feed()))
    assert not calendar.events
    assert len(calendar.timezones) == 1


@pytest.mark.parametrize("address", ["a@b\r\nATTENDEE:x", "nobody", "", "a b@c.example"])
def test_an_address_that_breaks_out_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="mail address"):
        encode(feed(entry(), organiser_address=address))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a.example/\r\nX:1", "//a.example"])
def test_a_web_address_that_breaks_out_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        encode(feed(entry(url=address)))


def test_an_identifier_that_breaks_out_is_refused() -> None:
    with pytest.raises(ValueError, match="identifier"):
        encode(feed(entry(uid="a@b\r\nUID:c")))
