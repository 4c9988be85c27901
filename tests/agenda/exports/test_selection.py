"""A part of a programme."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from forum.agenda.exports import select
from tests.agenda.exports import programmes as cast

LATE = cast.item(3, datetime(2027, 4, 20, 16, 30, tzinfo=UTC), speakers=(cast.speaker(4),))
PROGRAMME = cast.programme(cast.item(1), cast.item(2, datetime(2027, 4, 21, 1, 0, tzinfo=UTC)), LATE)


def numbers(**conditions: Any) -> list[int]:
    return [item.number for item in select(PROGRAMME, **conditions).items]


def test_a_day_ends_when_the_programme_day_does() -> None:
    assert numbers(day=date(2027, 4, 20)) == [1, 3]
    assert numbers(day=date(2027, 4, 21)) == [2]


def test_a_room_is_found_by_guid_and_by_code() -> None:
    assert numbers(room="qiantang") == numbers(room=cast.ROOMS[1].guid) == [1]
    assert numbers(room="nowhere") == []


def test_track_person_and_chosen_items() -> None:
    assert numbers(track="resilience") == [1]
    assert numbers(person=cast.speaker(4).person_guid) == [3]
    assert numbers(guids={LATE.guid}) == [3]
    assert numbers(guids=()) == []


def test_conditions_add_up() -> None:
    assert numbers(day=date(2027, 4, 20), person=cast.speaker(4).person_guid) == [3]
    assert numbers(day=date(2027, 4, 21), person=cast.speaker(4).person_guid) == []
    assert numbers() == [1, 2, 3]
