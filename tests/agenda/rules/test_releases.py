"""Sequence numbers, instants of change and tombstones from one release to the next."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from forum.agenda.programme import Item, Programme, SessionState, Visibility
from forum.agenda.rules.releases import next_sequences
from forum.core.bilingual import Text
from tests.agenda.programmes import ROOM_5, item, moved, programme

FIRST = datetime(2027, 3, 1, 8, tzinfo=UTC)
SECOND = datetime(2027, 3, 8, 8, tzinfo=UTC)
A = item("a")


def release(previous: Programme | None, *items: Item, at: datetime = SECOND, **kwargs: Any) -> Programme:
    return next_sequences(previous, programme(*items), at, **kwargs)


ONE = release(None, A, at=FIRST)


def test_a_first_release_starts_at_nought() -> None:
    assert (ONE.items[0].sequence, ONE.items[0].created_at, ONE.items[0].changed_at) == (0, FIRST, FIRST)


@pytest.mark.parametrize(
    ("after", "sequence", "changed"),
    [
        (A, 0, FIRST),
        (moved(A, "2027-04-20 11:00"), 1, SECOND),
        (replace(A, room_guid=ROOM_5.guid), 1, SECOND),
        (replace(A, state=SessionState.TENTATIVE), 1, SECOND),
        (replace(A, title=Text("New", "新")), 0, SECOND),
        (replace(A, number=99), 0, SECOND),
        (replace(A, sequence=7, changed_at=SECOND), 0, FIRST),
    ],
)
def test_the_number_rises_only_with_time_room_and_status(after: Item, sequence: int, changed: datetime) -> None:
    (new,) = release(ONE, after).items
    assert (new.sequence, new.changed_at, new.created_at) == (sequence, changed, FIRST)


def test_cancelling_and_reinstating_both_raise_the_number() -> None:
    two = release(ONE, replace(A, state=SessionState.CANCELLED))
    assert (two.items[0].sequence, two.items[0].cancelled_at) == (1, SECOND)
    later = SECOND + timedelta(days=1)
    three = release(two, replace(A, state=SessionState.CANCELLED), at=later)
    assert (three.items[0].sequence, three.items[0].cancelled_at) == (1, SECOND)
    four = release(three, A, at=later)
    assert (four.items[0].sequence, four.items[0].cancelled_at) == (2, None)


def test_a_dropped_item_stays_as_a_tombstone_with_its_room() -> None:
    bare = programme()
    two = next_sequences(ONE, replace(bare, rooms=()), SECOND)
    (stone,) = two.items
    assert (stone.state, stone.sequence, stone.cancelled_at) == (SessionState.CANCELLED, 1, SECOND)
    assert [room.guid for room in two.rooms] == [stone.room_guid]
    again = next_sequences(two, replace(bare, rooms=()), SECOND + timedelta(days=30))
    assert again.items == two.items


def test_a_tombstone_goes_after_ninety_days_and_thirty_days_after_the_forum() -> None:
    two = release(ONE)
    before_end = datetime(2027, 6, 5, tzinfo=UTC)  # more than 90 days after cancelling
    after_forum = datetime(2027, 5, 22, 15, 59, tzinfo=UTC)
    assert release(two, at=SECOND + timedelta(days=90)).items == two.items
    assert release(two, at=before_end + timedelta(days=2)).items == ()
    late = release(ONE, at=datetime(2027, 4, 22, tzinfo=UTC))
    assert len(release(late, at=after_forum).items) == 1
    early = release(ONE, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert len(release(early, at=after_forum).items) == 1
    assert release(early, at=after_forum + timedelta(minutes=2)).items == ()


def test_an_idea_that_is_dropped_leaves_no_tombstone() -> None:
    idea = release(None, replace(A, state=SessionState.IDEA), at=FIRST)
    assert release(idea).items == ()


def test_what_happens_behind_a_placeholder_shows_in_no_number() -> None:
    secret = replace(A, visibility=Visibility.HEADS, placeholder=Text("Closed session", "闭门会议"))
    one = release(None, secret, at=FIRST)
    edited = replace(secret, title=Text("New secret", "新"), state=SessionState.TENTATIVE)
    (new,) = release(one, edited).items
    assert (new.sequence, new.changed_at) == (0, FIRST)
    (open_edit,) = release(ONE, replace(A, title=Text("New", "新"), state=SessionState.TENTATIVE)).items
    assert (open_edit.sequence, open_edit.changed_at) == (1, SECOND)
    (shifted,) = release(one, moved(edited, "2027-04-20 15:00")).items
    assert (shifted.sequence, shifted.changed_at) == (1, SECOND)


def test_restoring_an_item_from_long_ago_outdoes_every_number_it_ever_had() -> None:
    (restored,) = release(None, replace(A, sequence=3), highest={"a": 5}).items
    assert restored.sequence == 6
    assert restored.created_at == A.created_at


def test_a_recalled_release_does_not_lower_the_number() -> None:
    two = release(ONE, moved(A, "2027-04-20 11:00"))
    assert two.items[0].sequence == 1
    after_recall = release(ONE, A, highest={"a": 1})
    assert after_recall.items[0].sequence == 2
    assert release(after_recall, A, highest={"a": 2}).items[0].sequence == 2


def test_over_many_edits_the_number_never_falls() -> None:
    chance = random.Random(11)
    current, draft, numbers = ONE, A, [0]
    at = SECOND
    for _ in range(60):
        draft = chance.choice(
            (
                moved(draft, f"2027-04-20 {chance.randrange(8, 18):02}:00"),
                replace(draft, room_guid=chance.choice(("room-hall", "room-5"))),
                replace(draft, state=chance.choice((SessionState.CANCELLED, SessionState.CONFIRMED))),
                replace(draft, title=Text(str(chance.random()))),
            )
        )
        at += timedelta(hours=1)
        gone = chance.random() < 0.2
        new = release(current, *([] if gone else [draft]), at=at)
        (old_item,), (new_item,) = current.items, new.items
        scheduled = [(each.starts_at, each.ends_at, each.room_guid, each.state) for each in (old_item, new_item)]
        assert new_item.sequence - old_item.sequence == (scheduled[0] != scheduled[1])
        assert new_item.guid == old_item.guid
        numbers.append(new_item.sequence)
        current = new
    assert numbers == sorted(numbers)
    assert numbers[-1] > 10
