"""Programmes that others published.

They lie beside the repository; conftest.py leaves this module out where they don't.  Each trap in them
has a small twin of our own in the tests of reading.
"""

from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from forum.agenda.imports import ImportedProgramme, plan, read
from forum.agenda.imports.plans import as_existing, index
from forum.agenda.imports.preview import as_programme
from forum.agenda.imports.texts import has_han
from forum.agenda.rules.conflicts import conflicts
from forum.agenda.rules.findings import Code
from forum.core.walltime import day_of
from forum.events.kinds import SegmentKind

REAL = Path(__file__).parents[3].parent / "shared" / "real"
FILES = {
    "38c3-2024.schedule.xml": None,
    "coscup-2023.session.json": "Asia/Taipei",
    "lca2020-goldcoast.ics": None,
}


def imported(name: str) -> ImportedProgramme:
    return read((REAL / name).read_bytes(), filename=name, zone=FILES[name])


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_second_import_changes_nothing(name: str) -> None:
    once = imported(name)
    rows = plan(once, {}).rows
    assert len(rows) == len(once.items) == len({row.guid for row in rows})
    assert plan(imported(name), index(as_existing(once, row) for row in rows)).changes_nothing


def test_a_large_congress_has_exactly_its_two_overlaps() -> None:
    congress = imported("38c3-2024.schedule.xml")
    assert (len(congress.items), len(congress.rooms), congress.zone) == (1007, 72, "Europe/Berlin")
    assert congress.day_change == time(6)
    assert (congress.first_day, congress.last_day) == (date(2024, 12, 27), date(2024, 12, 30))
    numbers = {row.guid: row.item.number or 0 for row in plan(congress, {}).rows if row.item}
    found = conflicts(as_programme(congress))
    overlaps = [each for each in found if each.code is Code.ROOM_OVERLAP]
    pairs = {tuple(sorted(numbers[guid] for guid in each.guids)) for each in overlaps}
    assert (len(overlaps), pairs) == (2, {(926, 1147), (1149, 1150)})
    assert sum(each.code is Code.MIDNIGHT for each in found) == 26


def test_the_nights_of_a_congress_belong_to_the_day_before() -> None:
    congress = imported("38c3-2024.schedule.xml")
    exactly = other_day = 0
    for row in congress.items:
        end = row.local_start + timedelta(minutes=row.minutes)
        exactly += end.time() == time() and end.date() > row.local_start.date()
        other_day += day_of(row.local_start, congress.day_change) != row.local_start.date()
    assert (exactly, other_day) == (21, 58)


def test_a_bilingual_programme_shows_what_was_never_translated() -> None:
    meeting = imported("coscup-2023.session.json")
    assert (len(meeting.items), len(meeting.rooms)) == (352, 28)
    assert sum(not row.title.en for row in meeting.items) == 155
    assert sum(not row.title.zh for row in meeting.items) == 135
    assert Counter(each.code for each in meeting.findings)["same_title"] == 290
    assert meeting.traditional
    names = [speaker.name for row in meeting.items for speaker in row.speakers]
    assert all(bool(name.zh) == has_han(name.zh) for name in names)
    assert sum(not row.speakers for row in meeting.items) == 12


def test_a_bilingual_programme_has_one_clash_and_one_rush() -> None:
    meeting = imported("coscup-2023.session.json")
    rows = {row.guid: row.foreign_id for row in plan(meeting, {}).rows}
    found = conflicts(as_programme(meeting))
    (clash,) = (each for each in found if each.code is Code.PERSON_OVERLAP)
    (rush,) = (each for each in found if each.code is Code.PERSON_TRAVEL)
    assert {rows[guid] for guid in clash.guids} == {"NGJXFG", "TXHYET"}
    assert {rows[guid] for guid in rush.guids} == {"HRJLTD", "JMFFMN"}
    assert not any(each.code is Code.ROOM_OVERLAP for each in found)


def test_a_calendar_has_six_rooms_and_no_fillers() -> None:
    calendar = imported("lca2020-goldcoast.ics")
    assert (len(calendar.items), calendar.zone) == (262, "Australia/Brisbane")
    rooms = {room.name.en for room in calendar.rooms}
    assert rooms == {"Arena", *(f"Room {number}" for number in range(5, 10))}
    assert sum(not row.room for row in calendar.items) == 17
    assert sum(bool(row.more_rooms) for row in calendar.items) == 8
    assert not {row.description.en for row in calendar.items} & {"TBA", "No description"}
    assert not any("<p>" in row.description.en or "<a " in row.description.en for row in calendar.items)
    changeovers = [row for row in calendar.items if row.title.en.endswith("room changeover")]
    assert (len(changeovers), {row.kind for row in changeovers}) == (28, {SegmentKind.BREAK})
