"""Reading files of others: small ones with each trap, and hostile ones."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from datetime import time as wall_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.agenda.document import as_document
from forum.agenda.imports import FindingLevel, ImportedProgramme, ImportRefused, plan, read
from forum.agenda.imports.plans import Verdict, as_existing, index
from forum.agenda.imports.values import (
    FileTooLarge,
    ForbiddenXml,
    Malformed,
    TooDeep,
    TooManyItems,
    UnknownFormat,
    ZoneNeeded,
)
from forum.agenda.programme import SessionState, SpeakerRole
from forum.core.refusals import Refusal
from forum.core.walltime import UnknownZone
from forum.events.kinds import SegmentKind
from tests.agenda.programmes import item, programme, speaker

GUID = "0d3c5a3e-5b1f-5a34-8f0e-6a2f6f0a7b11"


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("an importer must not reach the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def codes(imported: ImportedProgramme, level: FindingLevel | None = None) -> list[str]:
    return [each.code for each in imported.findings if level is None or each.level is level]


def xml(
    events: str, zone: str = "<time_zone_name>Asia/Shanghai</time_zone_name>", day: str = 'date="2026-05-20"'
) -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<schedule><version>1</version>
  <conference><title>论坛 / Forum</title><acronym>forum2026</acronym>{zone}
    <track name="Water" slug="water" color="#00ff00"/><sponsors>none</sponsors></conference>
  <day index="1" {day}><room name="主会场" guid="6b2b1f52-7a0f-5b4e-9c57-2f1b0e1d6a01">
{events}
  </room></day></schedule>""".encode()


def event(attributes: str = f'guid="{GUID}" id="7"', **parts: str | None) -> str:
    given_parts = {
        "title": "Opening",
        "date": "2026-05-20T09:00:00+08:00",
        "start": "09:00",
        "duration": "00:30",
    } | parts
    return (
        f"<event {attributes}>"
        + "".join(f"<{k}>{v}</{k}>" for k, v in given_parts.items() if v is not None)
        + "</event>"
    )


def test_a_schedule_in_xml_is_read() -> None:
    imported = read(xml(event(persons="<person id='4'>李明</person>", language="de, en", track="Water")))
    (row,) = imported.items
    assert (row.title.en, row.source_guid, row.number, row.minutes) == ("Opening", GUID, 7, 30)
    assert (row.local_start, row.starts_at) == (datetime(2026, 5, 20, 9), datetime(2026, 5, 20, 1, tzinfo=UTC))
    assert (row.language, row.languages, row.track) == ("de", ("de", "en"), "Water")
    assert (row.speakers[0].key, row.speakers[0].name.zh) == ("id:4", "李明")
    assert (imported.title.zh, imported.title.en, imported.zone) == ("论坛", "Forum", "Asia/Shanghai")
    assert imported.rooms[0].guid == "6b2b1f52-7a0f-5b4e-9c57-2f1b0e1d6a01"
    assert imported.unknown_keys == ("conference.sponsors",)
    assert row.place == "event:6"


def test_the_instant_in_the_date_wins_and_the_difference_is_noted() -> None:
    imported = read(xml(event(date="2026-05-21T01:00:00Z", start="09:00"), day='date="2026-05-20"'))
    assert imported.items[0].local_start == datetime(2026, 5, 21, 9)
    assert codes(imported) == ["day_mismatch", "unusual"]
    assert "start_mismatch" in codes(read(xml(event(date="2026-05-20T01:30:00Z"))))


def test_a_file_without_dates_uses_the_day_and_knows_the_night() -> None:
    late = event(date=None, start="00:30")
    assert read(xml(late)).items[0].local_start == datetime(2026, 5, 21, 0, 30)


def evening(number: int) -> str:
    return event(f'id="{number + 1}"', date=f"2026-05-2{number}T22:00:00Z", start=None)


def test_days_begin_when_the_file_says() -> None:
    days = "".join(
        f'<day date="2026-05-2{n}" start="2026-05-2{n}T06:00:00+08:00" end="2026-05-2{n + 1}T06:00:00+08:00">'
        f'<room name="A">{evening(n)}</room></day>'
        for n in range(3)
    )
    body = f"<schedule><conference><time_zone_name>Asia/Shanghai</time_zone_name></conference>{days}</schedule>"
    imported = read(body.encode())
    assert imported.day_change == wall_time(6)
    assert (imported.first_day, imported.last_day) == (date(2026, 5, 21), date(2026, 5, 23))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"attributes": ""}, "no_identity"),
        ({"title": ""}, "no_title"),
        ({"date": "soon", "start": None}, "no_time"),
        ({"duration": "00:00"}, "no_length"),
        ({"duration": "a while"}, "no_length"),
    ],
)
def test_rows_that_cannot_be_read_are_refused_with_their_line(changes: dict[str, Any], code: str) -> None:
    imported = read(xml(event(**changes)))
    refused = [each for each in imported.findings if each.level is FindingLevel.REFUSED]
    assert (imported.items, [each.code for each in refused], refused[0].place) == ((), [code], "event:6")
    assert [row.verdict for row in plan(imported, {}).rows] == [Verdict.REFUSED]


def test_odd_identities_are_kept_and_reported() -> None:
    imported = read(xml(event('guid="17a" id="1"') + event('guid="17a" id="2"', title="Two")))
    assert [row.foreign_id for row in imported.items] == ["17a", "17a#2"]
    assert [row.source_guid for row in imported.items] == ["", ""]
    assert sorted(codes(imported))[:3] == ["foreign_guid", "foreign_guid", "repeated_id"]
    guids = [row.guid for row in plan(imported, {}).rows]
    assert len(set(guids)) == 2
    assert guids == [row.guid for row in plan(imported, {}).rows]


def test_people_known_by_name_alone_are_doubtful() -> None:
    imported = read(xml(event(persons="<person>Li</person><person guid='x'>Wu</person>")))
    assert [speaker.key for speaker in imported.items[0].speakers] == ["name:li", "guid:x"]
    assert codes(imported, FindingLevel.DOUBTFUL) == ["named_only"]
    assert plan(imported, {}).rows[0].verdict is Verdict.DOUBTFUL


def test_a_length_of_three_parts_is_days_and_doubtful() -> None:
    imported = read(xml(event(duration="1:02:00")))
    assert imported.items[0].minutes == 26 * 60
    assert codes(imported, FindingLevel.DOUBTFUL) == ["double_meaning"]


def test_a_file_without_zone_asks_for_one() -> None:
    with pytest.raises(ZoneNeeded):
        read(xml(event(), zone=""))
    assert read(xml(event(), zone=""), zone="Asia/Shanghai").zone == "Asia/Shanghai"
    with pytest.raises(UnknownZone):
        read(xml(event(), zone=""), zone="CST")


V1 = {
    "schedule": {
        "version": "1",
        "conference": {
            "acronym": "forum2026",
            "title": "Forum",
            "time_zone_name": "Asia/Shanghai",
            "rooms": [{"name": "Hall", "guid": GUID, "capacity": 120}],
            "days": [
                {
                    "date": "2026-05-20",
                    "rooms": {
                        "Hall": [
                            {
                                "id": 5,
                                "guid": "6b2b1f52-7a0f-5b4e-9c57-2f1b0e1d6a01",
                                "title": "Talk",
                                "date": "2026-05-20T09:00:00+08:00",
                                "duration": "01:30",
                                "persons": [{"id": 3, "public_name": "Amal"}],
                                "links": [{"url": "https://forum.example/x", "title": "Paper"}, "javascript:x"],
                                "surprise": 1,
                            }
                        ]
                    },
                }
            ],
        },
    }
}
V2 = {
    "schedule": {
        "conference": {
            "title": "Forum",
            "acronym": "forum2026",
            "time_zone_name": "Asia/Shanghai",
            "rooms": [{"name": "Hall", "guid": GUID}],
            "tracks": [{"name": "Water", "slug": "water"}],
        },
        "events": [
            {
                "guid": "6b2b1f52-7a0f-5b4e-9c57-2f1b0e1d6a01",
                "title": "Talk",
                "start": "2026-05-20T09:00:00+08:00",
                "end": "2026-05-20T10:30:00+08:00",
                "duration": "PT1H30M",
                "room": {"guid": GUID},
                "track": {"slug": "water"},
                "abstract": {"en": "About water", "zh": "谈水"},
                "state": "CANCELED",
                "participants": [{"guid": GUID, "name": "Amal", "role": "MODERATOR"}],
            },
            {
                "type": "BREAK",
                "title": "Tea",
                "start": "2026-05-20T10:30:00+08:00",
                "end": "2026-05-20T11:00:00+08:00",
                "room": {"guid": GUID},
            },
        ],
    }
}


def test_schedule_json_of_version_one_is_read_by_its_keys() -> None:
    imported = read(json.dumps(V1).encode())
    (row,) = imported.items
    assert (row.minutes, row.number, row.room, row.speakers[0].key) == (90, 5, "Hall", "id:3")
    assert [link.url for link in row.links] == ["https://forum.example/x"]
    assert imported.rooms[0].capacity == 120
    assert imported.unknown_keys == ("event.surprise",)
    assert row.place == "days[0].rooms.Hall[0]"


def test_an_old_file_without_rooms_is_read_too() -> None:
    old = json.loads(json.dumps(V1))
    del old["schedule"]["conference"]["rooms"], old["schedule"]["version"]
    assert read(json.dumps(old).encode()).rooms[0].name.en == "Hall"


def test_schedule_json_of_version_two_is_read_by_its_keys() -> None:
    row, pause = read(json.dumps(V2).encode()).items
    assert (row.minutes, row.room, row.track, row.state) == (90, "Hall", "Water", SessionState.CANCELLED)
    assert (row.abstract.en, row.abstract.zh) == ("About water", "谈水")
    assert row.speakers[0].role is SpeakerRole.MODERATOR
    assert (pause.kind, pause.minutes) == (SegmentKind.BREAK, 30)


def calendar(*entries: str, head: str = "X-WR-TIMEZONE:Asia/Shanghai") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *([head] if head else [])]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry.splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


ENTRY = "UID:a@x\nSUMMARY:Opening\nDTSTART;TZID=Asia/Shanghai:20260520T090000\nDTEND;TZID=Asia/Shanghai:20260520T100000"


def test_a_calendar_is_read() -> None:
    imported = read(
        calendar(ENTRY + "\nLOCATION:Hall\nSTATUS:TENTATIVE\nCATEGORIES:Water\nURL:https://forum.example/a")
    )
    (row,) = imported.items
    assert (row.local_start, row.minutes, row.room, row.track) == (datetime(2026, 5, 20, 9), 60, "Hall", "Water")
    assert (row.state, row.links[0].url) == (SessionState.TENTATIVE, "https://forum.example/a")


def test_a_list_of_known_rooms_is_split_and_a_name_with_a_comma_is_not() -> None:
    rooms = [ENTRY.replace("a@x", f"{name}@x") + f"\nLOCATION:{name}" for name in ("Hall", "Room 5", "Room 6")]
    many = ENTRY.replace("a@x", "m@x") + "\nLOCATION:Hall\\, Room 5\\, Room 6"
    imported = read(calendar(*rooms, many, ENTRY + "\nLOCATION:Library\\, first floor"))
    assert len(imported.rooms) == 4
    split = next(row for row in imported.items if row.foreign_id == "m@x")
    assert (split.room, split.more_rooms) == ("Hall", ("Room 5", "Room 6"))
    assert codes(imported, FindingLevel.DOUBTFUL) == ["several_rooms"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (ENTRY.replace("TZID=Asia/Shanghai:20260520T09", "TZID=Mars/Olympus:20260520T09"), "unknown_zone"),
        (ENTRY.replace("20260520T090000", "20269999T090000"), "no_time"),
        (ENTRY + "\nRRULE:FREQ=SECONDLY", "recurring"),
        (ENTRY.replace("UID:a@x\n", ""), "no_identity"),
        ("UID:d@x\nSUMMARY:Forum\nDTSTART;VALUE=DATE:20260520", "all_day"),
        (ENTRY.split("\nDTEND", maxsplit=1)[0], "no_length"),
    ],
)
def test_what_the_calendar_library_keeps_silent_about_is_reported(entry: str, code: str) -> None:
    imported = read(calendar(entry))
    assert (imported.items, codes(imported)) == ((), [code])


def test_windows_zone_names_floating_times_and_fillers_are_understood() -> None:
    windows = ENTRY.replace("Asia/Shanghai", "China Standard Time")
    floating = "UID:f@x\nSUMMARY:Lunch\nDTSTART:20260520T120000\nDURATION:PT1H\nDESCRIPTION:No description"
    imported = read(calendar(windows, floating))
    assert [row.starts_at.hour for row in imported.items] == [1, 4]
    assert imported.items[1].description.en == ""
    assert imported.items[1].kind is SegmentKind.BREAK
    with pytest.raises(ZoneNeeded):
        read(calendar(floating, head=""))


SESSIONS = {
    "sessions": [
        {
            "id": "A1",
            "type": "t",
            "room": "R1",
            "start": "2026-05-20T09:00:00+08:00",
            "end": "2026-05-20T10:00:00+08:00",
            "language": "中文",
            "zh": {"title": "開門這個", "description": "說明\r\n"},
            "en": {"title": "開門這個", "description": "About"},
            "speakers": ["S1", "S2", "S9"],
            "tags": [],
            "uri": "https://forum.example/2026/A1",
            "slide": None,
        },
        {
            "id": "A2",
            "type": "t",
            "room": "R9",
            "start": "2026-05-20T09:00:00+08:00",
            "end": "2026-05-20T10:00:00+08:00",
            "language": "English",
            "zh": {"title": "Kernel"},
            "en": {"title": "Kernel"},
            "speakers": [],
        },
    ],
    "speakers": [
        {"id": "S1", "zh": {"name": "李明"}, "en": {"name": "李明"}},
        {"id": "S2", "zh": {"name": "李明"}, "en": {"name": "李明"}},
    ],
    "rooms": [{"id": "R1", "zh": {"name": "一廳"}, "en": {"name": "Hall 1"}}],
    "session_types": [{"id": "t", "zh": {"name": "開放"}, "en": {"name": "Open"}}],
}


def test_bilingual_sessions_keep_each_language_apart() -> None:
    imported = read(json.dumps(SESSIONS).encode(), zone="Asia/Taipei")
    first, second = imported.items
    assert (first.title.zh, first.title.en) == ("開門這個", "")
    assert (first.description.zh, first.description.en, first.language) == ("說明", "About", "zh")
    assert (second.title.en, second.title.zh, second.language) == ("Kernel", "", "en")
    assert [each.key for each in first.speakers] == ["id:S1", "id:S2"]
    assert (first.traditional, imported.traditional) == (True, True)
    assert codes(imported) == ["same_title", "unknown_person", "same_title", "unknown_room", "traditional"]
    with pytest.raises(ZoneNeeded):
        read(json.dumps(SESSIONS).encode())


def test_our_own_document_comes_back_with_its_guids() -> None:
    ours = programme(item("a", speakers=(speaker("Li"),)), item("b", "2027-04-20 11:00"))
    raw = json.dumps(as_document(ours)).encode()
    imported = read(raw)
    assert [(row.foreign_id, row.local_start, row.minutes) for row in imported.items] == [
        (each.guid, each.local_start, each.minutes) for each in ours.items
    ]
    broken = json.loads(raw)
    broken["programme"]["items"][0]["title"] = {"en": 5, "zh": [], "state": {}}
    with pytest.raises(ImportRefused):
        read(json.dumps(broken).encode())


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<schedule>&b;</schedule>"
)
REACHING = b"""<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule><version>&x;</version></schedule>"""


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (BOMB, ForbiddenXml),
        (REACHING, ForbiddenXml),
        (b'<!DOCTYPE s SYSTEM "https://forum.example/s.dtd"><schedule/>', ForbiddenXml),
        (b"<a>" * 100_000, TooDeep),
        (b"<schedule>" + b"<a/>" * 2_000_000, TooManyItems),
        (b"<schedule>" + b"<event/>" * 6_000 + b"</schedule>", TooManyItems),
        (b"<schedule><day></schedule>", Malformed),
        (b"<other/>", UnknownFormat),
        (b"x" * (100 * 2**20), FileTooLarge),
        (b"[" * 1_000_000, TooManyItems),
        (b"[" * 100_000, TooDeep),
        (b"[" * 30 + b"]" * 30, TooDeep),
        (b"[" + b"[]," * 5_000_000 + b"1]", TooManyItems),
        (b'{"a": ' + b"9" * 5_000 + b"}", Malformed),
        (b'{"schedule": {}}', ZoneNeeded),
        (b"{", Malformed),
        (b"{}", UnknownFormat),
        (b"\x89PNG", UnknownFormat),
        (b"", UnknownFormat),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 50, TooDeep),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 6_000, TooManyItems),
        (b"BEGIN:VCALENDAR\n" + b"X:1\n" * 400_000, TooManyItems),
        (b"BEGIN:VCALENDAR\nnonsense", Malformed),
    ],
)
def test_hostile_files_are_refused_quickly_and_in_words(raw: Any, refusal: type[ImportRefused]) -> None:
    begin = time.process_time()
    with pytest.raises(refusal) as caught:
        read(raw)
    assert time.process_time() - begin < 2
    assert isinstance(caught.value, ImportRefused)
    assert "%(" not in str(caught.value)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def paths(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(document, dict):
        for key, value in document.items():
            yield from paths(value, (*path, key))
    elif isinstance(document, list):
        for key, value in enumerate(document):
            yield from paths(value, (*path, key))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([V1, V2, SESSIONS]), st.data())
def test_any_value_in_any_place_is_read_or_refused_in_words(document: dict[str, Any], data: st.DataObject) -> None:
    changed = json.loads(json.dumps(document))
    for _ in range(2):
        places = [path for path in paths(changed) if path]
        path = data.draw(st.sampled_from(places))
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = data.draw(JSON_VALUES)
        if not isinstance(changed, dict):
            break
    try:
        imported = read(json.dumps(changed).encode(), zone="Asia/Taipei")
    except Refusal:
        return
    once = plan(imported, {})
    again = plan(imported, index(as_existing(imported, row) for row in once.rows if row.item))
    assert again.changes_nothing
