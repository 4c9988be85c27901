"""Every schedule that we write is valid, whatever the forum holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from forum.agenda.exports import as_schedule_json, as_schedule_xml
from forum.agenda.programme import MaterialFacts, Programme, RoomFacts, SessionState, TrackFacts
from forum.core.bilingual import Text
from forum.events.kinds import SegmentKind
from tests.agenda.exports import programmes as cast
from tests.agenda.exports.schemas import AT_HAND, json_faults, xml_faults

BASE = "https://forum.example/en/forums/hangzhou-2027"
LANGUAGES = ("en", "zh", "both")


def faults(programme: Programme, language: Any = "both") -> list[str]:
    return [
        *xml_faults(as_schedule_xml(programme, language, base_url=BASE)),
        *json_faults(as_schedule_json(programme, language, base_url=BASE), 1),
        *json_faults(as_schedule_json(programme, language, version=2, base_url=BASE), 2),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_forum_is_valid(language: Any) -> None:
    assert faults(cast.large(120), language) == []


AWKWARD = {
    "empty": cast.programme(),
    "draft": cast.programme(cast.item(), number="", released_at=None),
    "no titles": cast.programme(cast.item(title=Text(), abstract=Text())),
    "no room": cast.programme(cast.item(room_guid=""), cast.item(2, room_guid="unknown")),
    "no room at all": cast.programme(cast.item(), rooms=()),
    "nameless room": cast.programme(cast.item(room_guid="r"), rooms=(RoomFacts("r", "r", Text()),)),
    "rooms of one name": cast.programme(
        cast.item(room_guid="r"),
        cast.item(2, room_guid="s"),
        rooms=(RoomFacts("r", "r", Text("Hall", "厅")), RoomFacts("s", "s", Text("Hall", "厅"))),
    ),
    "two slots of a session": cast.programme(cast.item(1, session_id="a"), cast.item(2, session_id="a")),
    "after midnight": cast.programme(cast.item(start=datetime(2027, 4, 20, 16, 30, tzinfo=UTC))),
    "before the first day": cast.programme(cast.item(start=datetime(2027, 4, 1, 1, 0, tzinfo=UTC))),
    "very long": cast.programme(cast.item(minutes=60 * 26), cast.item(2, minutes=60 * 120)),
    "chinese slugs": cast.programme(
        cast.item(track_slug="标准"),
        cast.item(2, track_slug="城市"),
        cast.item(3, track_slug="x"),
        tracks=(
            TrackFacts("标准", Text("", "标准"), "red"),
            TrackFacts("城市", Text("", "城市")),
            TrackFacts("x", Text("X")),
            TrackFacts("general", Text("G")),
            TrackFacts("9-a-", Text("9")),
        ),
    ),
    "short code": cast.programme(cast.item(), forum=cast.forum_facts(code="a-")),
    "odd languages": cast.programme(
        cast.item(language="zh-Hans"), cast.item(2, language=""), cast.item(3, language="x")
    ),
    "guids that are none": cast.programme(cast.item(guid="7"), cast.item(2, guid="talk/8")),
    "links that are none": cast.programme(
        cast.item(materials=(MaterialFacts("m", Text("M"), ""), MaterialFacts("n", Text("N"), "/media/1.pdf"))),
    ),
    "high number": cast.programme(cast.item(1_999_999_999)),
    "mistyped dates": cast.programme(forum=cast.forum_facts(last_day=date(2999, 1, 1))),
    "reversed dates": cast.programme(forum=cast.forum_facts(last_day=date(2027, 1, 1))),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_forum_is_valid(name: str) -> None:
    assert faults(AWKWARD[name]) == []


@pytest.mark.parametrize(
    "zone", ["America/New_York", "America/Argentina/Buenos_Aires", "Etc/GMT+8", "UTC", "Asia/Kathmandu"]
)
def test_any_zone_is_valid(zone: str) -> None:
    items = [
        cast.item(number, datetime(2027, 3, 14, 5, 30, tzinfo=UTC) + timedelta(minutes=30 * number), 60)
        for number in range(1, 9)
    ]
    forum = cast.forum_facts(zone_name=zone, first_day=date(2027, 3, 13), last_day=date(2027, 3, 14))
    assert faults(cast.programme(*items, forum=forum)) == []


HOSTILE = st.text(
    st.one_of(st.sampled_from(list("<>&\"'\0\r\n\t\u2028]]>=市\ufffe")), st.characters()),
    max_size=60,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    en=HOSTILE,
    zh=HOSTILE,
    slug=HOSTILE,
    code=HOSTILE,
    url=HOSTILE,
    language=HOSTILE,
    kind=st.sampled_from(SegmentKind),
)
def test_no_text_makes_a_schedule_invalid(
    en: str,
    zh: str,
    slug: str,
    code: str,
    url: str,
    language: str,
    kind: SegmentKind,
) -> None:
    text = Text(en, zh)
    item = cast.item(
        title=text,
        abstract=text,
        description=text,
        track_slug=slug,
        kind=kind,
        language=language,
        guid=code,
        speakers=(cast.speaker(1, name=text, person_guid=slug),),
        materials=(MaterialFacts("m", text, url),),
    )
    programme = cast.programme(
        item,
        forum=cast.forum_facts(title=text, code=code),
        tracks=(TrackFacts(slug, text, url),),
        number=en,
        rooms=(RoomFacts(item.room_guid, code, text),),
    )
    assert faults(programme) == []


def planted(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<start>09:00</start>", b"<start>25:00</start>"),
        (b"+08:00", b""),
        (b"<version>", b"<edition/><version>"),
        (b"</title>", b"</title><title/>"),
        (b'code="', b'code="-'),
        (b' date="2027-04-20"', b""),
    ],
)
def test_a_planted_fault_in_the_xml_is_found(old: bytes, new: bytes) -> None:
    content = as_schedule_xml(cast.programme(cast.item()), "en", base_url=BASE)
    assert xml_faults(content) == []
    try:
        found = xml_faults(planted(content, old, new))
    except etree.XMLSyntaxError:
        found = ["syntax"]
    assert found


@pytest.mark.parametrize(("old", "new"), [(b'"start":"09:00"', b'"start":"9:00"'), (b'"url":"https', b'"url":"ttps')])
def test_a_planted_fault_in_the_json_is_found(old: bytes, new: bytes) -> None:
    content = as_schedule_json(cast.programme(cast.item()), "en", base_url=BASE)
    assert json_faults(content, 1) == []
    assert json_faults(planted(content, old, new), 1)


def test_a_planted_fault_in_the_second_json_is_found() -> None:
    content = as_schedule_json(cast.programme(cast.item()), "zh", base_url=BASE, version=2)
    assert json_faults(content, 2) == []
    assert json_faults(planted(content, cast.item().guid.encode(), b"7"), 2)
    if AT_HAND:
        assert json_faults(planted(content, b'"language":"en"', b'"language":"zh-Hans"'), 2)


def test_the_second_json_knows_states_roles_and_both_languages() -> None:
    cancelled = cast.item(state=SessionState.CANCELLED, speakers=(cast.speaker(0),))
    pause = cast.item(2, kind=SegmentKind.BREAK)
    content = json.loads(as_schedule_json(cast.programme(cancelled, pause), "both", version=2, base_url=BASE))
    first, second = content["schedule"]["events"]
    assert first["state"] == "CANCELED"
    assert set(first["abstract"]) == {"zh", "en"}
    assert first["participants"][0]["role"] == "SPEAKER"
    assert set(second) == {"guid", "title", "start", "end", "room", "type"}


def test_an_item_after_midnight_stands_under_the_evening_before() -> None:
    late = cast.item(start=datetime(2027, 4, 20, 16, 30, tzinfo=UTC))
    root = etree.fromstring(as_schedule_xml(cast.programme(late), "en", base_url=BASE))
    day = root.find("day[@date='2027-04-20']")
    assert day is not None
    assert day.findtext("room/event/start") == "00:30"
    assert day.findtext("room/event/date") == "2027-04-21T00:30:00+08:00"


def test_two_runs_are_identical() -> None:
    programme = cast.large(30)
    assert as_schedule_xml(programme, "both", base_url=BASE) == as_schedule_xml(programme, "both", base_url=BASE)
    changed = replace(programme, number="3")
    assert as_schedule_xml(changed, "both", base_url=BASE) != as_schedule_xml(programme, "both", base_url=BASE)
