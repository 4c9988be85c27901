"""What a change list says, and the law that it says everything."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.agenda.programme import (
    Item,
    MaterialFacts,
    Programme,
    SessionState,
    SpeakerState,
    TrackFacts,
    Visibility,
)
from forum.agenda.rules.changes import (
    ChangeKind,
    Weight,
    apply,
    compare,
    facts,
    from_plain,
    item_key,
    sequence_rises,
    to_plain,
    told,
)
from forum.agenda.rules.sentences import sentence
from forum.core.bilingual import Text, TextState
from forum.events.kinds import SegmentKind
from tests.agenda.programmes import ROOM_5, item, moved, programme, speaker

A = item("a", speakers=(speaker("Li"), speaker("Wu")), abstract=Text("Short.", "短。"))


def longer(old: Item, minutes: int) -> Item:
    return replace(old, minutes=old.minutes + minutes, ends_at=old.ends_at + timedelta(minutes=minutes))


CASES = [
    (moved(A, "2027-04-20 11:00"), ChangeKind.MOVED_TIME, Weight.MUST_TELL, True),
    (replace(A, room_guid=ROOM_5.guid), ChangeKind.MOVED_ROOM, Weight.MUST_TELL, True),
    (longer(A, 5), ChangeKind.LENGTHENED, Weight.MUST_TELL, True),
    (longer(A, 4), ChangeKind.LENGTHENED, Weight.TELL, True),
    (longer(A, -15), ChangeKind.SHORTENED, Weight.MUST_TELL, True),
    (replace(A, state=SessionState.CANCELLED), ChangeKind.CANCELLED, Weight.MUST_TELL, True),
    (replace(A, title=Text("New name", "新名称")), ChangeKind.RENAMED, Weight.TELL, False),
    (replace(A, speakers=A.speakers[:1]), ChangeKind.SPEAKERS_CHANGED, Weight.TELL, False),
    (replace(A, language="fr"), ChangeKind.LANGUAGE_CHANGED, Weight.TELL, False),
    (replace(A, interpretation=("zh",)), ChangeKind.LANGUAGE_CHANGED, Weight.TELL, False),
    (replace(A, abstract=Text("Longer.", "长。")), ChangeKind.TEXT_EDITED, Weight.QUIET, False),
    (
        replace(A, materials=(MaterialFacts("m", Text("Slides", "讲稿"), "https://forum.example/m"),)),
        ChangeKind.MATERIAL_CHANGED,
        Weight.QUIET,
        False,
    ),
    (replace(A, visibility=Visibility.HEADS), ChangeKind.VISIBILITY_CHANGED, Weight.QUIET, False),
    (replace(A, track_slug="water"), ChangeKind.DETAILS_CHANGED, Weight.QUIET, False),
    (replace(A, state=SessionState.TENTATIVE), ChangeKind.DETAILS_CHANGED, Weight.QUIET, True),
    (replace(A, sequence=4), ChangeKind.RECORD_CHANGED, Weight.QUIET, False),
]


@pytest.mark.parametrize(("after", "kind", "weight", "rises"), CASES)
def test_each_kind_of_change_has_its_weight(after: Item, kind: ChangeKind, weight: Weight, rises: bool) -> None:
    (change,) = compare(programme(A), programme(after))
    assert (change.kind, change.weight, sequence_rises(change)) == (kind, weight, rises)


def test_coming_going_and_coming_back() -> None:
    (added,) = compare(programme(), programme(A))
    (removed,) = compare(programme(A), programme())
    (back,) = compare(programme(replace(A, state=SessionState.CANCELLED)), programme(A))
    assert (added.kind, added.weight, sequence_rises(added)) == (ChangeKind.ADDED, Weight.TELL, False)
    assert (removed.kind, removed.weight, sequence_rises(removed)) == (
        ChangeKind.REMOVED,
        Weight.MUST_TELL,
        True,
    )
    assert (back.kind, back.weight, sequence_rises(back)) == (ChangeKind.REINSTATED, Weight.TELL, True)


def test_several_changes_of_one_item_are_each_told() -> None:
    after = replace(moved(A, "2027-04-20 11:00"), title=Text("New"), room_guid=ROOM_5.guid)
    kinds = [change.kind for change in compare(programme(A), programme(after))]
    assert kinds == [ChangeKind.MOVED_TIME, ChangeKind.MOVED_ROOM, ChangeKind.RENAMED]


def test_a_confirmed_speaker_who_becomes_tentative_changes_the_item() -> None:
    loose = replace(A, speakers=(replace(A.speakers[0], state=SpeakerState.TENTATIVE), A.speakers[1]))
    assert [change.kind for change in compare(programme(A), programme(loose))] == [ChangeKind.SPEAKERS_CHANGED]
    assert [change.kind for change in compare(programme(loose), programme(A))] == [ChangeKind.RECORD_CHANGED]
    assert told(compare(programme(loose), programme(A))) == ()


def test_equal_programmes_have_no_changes_whatever_their_release_is_called() -> None:
    named = replace(programme(A), number="2", released_at=datetime(2027, 4, 1, tzinfo=UTC), note=Text("x"))
    assert compare(programme(A), programme(A)) == ()
    assert compare(programme(A), named) == ()


def test_a_renamed_room_is_an_internal_change_of_the_programme() -> None:
    hall, other = programme(A).rooms
    (change,) = compare(programme(A), programme(A, rooms=(replace(hall, name=Text("Great Hall")), other)))
    assert change.kind is ChangeKind.PROGRAMME_CHANGED
    assert told([change]) == ()


@pytest.mark.parametrize("case", [case[0] for case in CASES])
def test_every_change_makes_a_sentence_in_both_languages(case: Item) -> None:
    before, after = programme(A), programme(case)
    for change in compare(before, after):
        for language in ("en", "zh"):
            words = sentence(change.message, facts(change, before, after), language, str)
            assert "%" not in words
            assert case.title.side(language) in words
    (removed,) = compare(before, programme())
    assert "Title a" in sentence(removed.message, facts(removed, before, programme()), "en", str)


def test_a_moved_item_names_old_and_new() -> None:
    before, after = programme(A), programme(replace(moved(A, "2027-04-21 11:00"), room_guid=ROOM_5.guid))
    time_change, room_change = compare(before, after)
    assert sentence(time_change.message, facts(time_change, before, after), "en", str) == (
        "“Title a” moves from 2027-04-20 09:00 to 2027-04-21 11:00."
    )
    assert "Main Hall" in sentence(room_change.message, facts(room_change, before, after), "en", str)
    assert "五号厅" in sentence(room_change.message, facts(room_change, before, after), "zh", str)


def any_item(name: str, chance: random.Random) -> Item:
    made = item(
        name,
        f"2027-04-2{chance.randrange(3)} {chance.randrange(8, 19):02}:{chance.choice((0, 15, 30)):02}",
        chance.choice((15, 30, 60)),
        room_guid=chance.choice(("", "room-hall", "room-5")),
        state=chance.choice(list(SessionState)),
        visibility=chance.choice(list(Visibility)),
        kind=chance.choice(list(SegmentKind)),
        number=chance.randrange(1, 6),
        sequence=chance.randrange(4),
        capacity=chance.choice((None, 1, 2)),
        embargo_until=chance.choice((None, datetime(2027, 4, 19, tzinfo=UTC))),
        speakers=tuple(speaker(who) for who in chance.sample(("Li", "Wu"), chance.randrange(3))),
    )
    title = Text(chance.choice(("Water", "Ports")), chance.choice(("", "水")), TextState.HUMAN)
    return replace(made, title=title)


def any_programme(chance: random.Random) -> Programme:
    names = chance.sample("abcdefgh", chance.randrange(9))
    tracks = chance.sample(("water", "ports"), chance.randrange(3))
    made = [any_item(name, chance) for name in names]
    if chance.random() < 0.5:
        made.sort(key=item_key)
    return programme(*made, tracks=tuple(TrackFacts(slug, Text(slug)) for slug in tracks))


def edited(whole: Programme, chance: random.Random) -> Programme:
    """The same programme after up to three edits, or quite another one."""
    if chance.random() < 0.3:
        return any_programme(chance)
    kept = {each.guid: each for each in whole.items}
    for name in chance.sample("abcdefgh", chance.randrange(4)):
        if name in kept and chance.random() < 0.3:
            del kept[name]
        else:
            kept[name] = any_item(name, chance)
    return replace(whole, items=tuple(kept.values()))


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 2**32))
def test_applying_the_changes_gives_the_other_programme(seed: int) -> None:
    chance = random.Random(seed)
    before = any_programme(chance)
    after = edited(before, chance)
    changes = compare(before, after)
    assert apply(changes, before) == after
    stored = json.loads(json.dumps([to_plain(change) for change in changes]))
    assert tuple(from_plain(plain) for plain in stored) == changes
    # Control: with one change of one kind left out, the law must break.
    alone = len(changes) == len({change.guid for change in changes})
    if changes and alone and ChangeKind.PROGRAMME_CHANGED not in {change.kind for change in changes}:
        assert apply(changes[1:], before) != after


def test_a_plain_change_with_an_unknown_field_is_refused() -> None:
    (change,) = compare(programme(), programme(A))
    with pytest.raises(ValueError, match="has no surprise"):
        from_plain({**to_plain(change), "surprise": 1})
