"""Bilingual texts: who typed which side, and what became of the other one."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from forum.core.actor import Actor
from forum.core.bilingual import TextState
from forum.core.database import session
from forum.events.kinds import SegmentKind
from forum.events.models import Segment, Track
from forum.translation import queries
from forum.translation.errors import NothingToReview, OriginalChanged
from forum.translation.models import Origin
from forum.translation.operations import carry, change_original, confirm_still_right, record, review
from tests.cast import Cast
from tests.conftest import START
from tests.statements import counted_statements

EDITOR = Actor("account:editor")


@pytest.fixture
def track(cast: Cast, writing: None) -> Track:
    made = Track(forum_id=cast.forum_id, slug="water", source_lang="en")
    session.add(made)
    session.flush()
    return made


def write(track: Track, origin: Origin = Origin.HUMAN, **sides: str) -> frozenset[tuple[str, str]]:
    changed = {("name", language): text for language, text in sides.items()}
    return record(track, "track", changed, actor=EDITOR, now=START, origin=origin)


def state(track: Track, language: str) -> TextState:
    return queries.text_of(track, "name", queries.states_of([track])).state(language)


def test_both_sides_typed_in_one_save_are_up_to_date(track: Track) -> None:
    assert write(track, en="Water", zh="水务") == {("name", "en"), ("name", "zh")}
    assert (state(track, "en"), state(track, "zh")) == (TextState.SOURCE, TextState.HUMAN)


def test_both_sides_changed_again_in_one_save_are_up_to_date(track: Track) -> None:
    write(track, en="Water", zh="水务")
    write(track, en="Water and waste", zh="水务与垃圾")
    assert state(track, "zh") is TextState.HUMAN


def test_a_changed_original_outdates_its_translation(track: Track) -> None:
    write(track, en="Water", zh="水务")
    write(track, en="Water and waste", zh="水务")
    assert state(track, "zh") is TextState.OUTDATED
    assert track.side("name", "zh") == "水务"


def test_a_translation_loaded_without_its_state_is_outdated_too(track: Track) -> None:
    session.execute(update(Track).values(name_en="Water", name_zh="水务"))
    session.refresh(track)
    assert state(track, "zh") is TextState.HUMAN
    write(track, en="Waste")
    assert state(track, "zh") is TextState.OUTDATED


def test_white_space_alone_outdates_nothing(track: Track) -> None:
    write(track, en="Water and waste", zh="水务")
    write(track, en="Water  and\nwaste")
    assert state(track, "zh") is TextState.HUMAN


def test_an_empty_side_is_missing_and_forgets_its_state(track: Track) -> None:
    write(track, en="Water", zh="水务")
    write(track, zh="  ")
    assert track.text("name").zh == ""
    assert state(track, "zh") is TextState.MISSING
    assert queries.states_of([track]) == {}


def test_a_machine_translation_says_so_until_somebody_edits_it(track: Track) -> None:
    write(track, en="Water")
    write(track, Origin.MACHINE, zh="水")
    assert state(track, "zh") is TextState.MACHINE
    write(track, zh="水务")
    assert state(track, "zh") is TextState.HUMAN


def test_a_review_holds_until_the_original_changes(track: Track) -> None:
    write(track, en="Water", zh="水务")
    review(track, "name", "zh", actor=EDITOR, now=START)
    assert state(track, "zh") is TextState.REVIEWED
    write(track, en="Waste")
    with pytest.raises(OriginalChanged):
        review(track, "name", "zh", actor=EDITOR, now=START)
    confirm_still_right(track, "name", "zh", actor=EDITOR, now=START)
    assert state(track, "zh") is TextState.REVIEWED


def test_a_missing_side_and_the_original_cannot_be_reviewed(track: Track) -> None:
    write(track, en="Water")
    for language in ("en", "zh"):
        with pytest.raises(NothingToReview):
            review(track, "name", language, actor=EDITOR, now=START)


def test_when_the_original_changes_sides_the_states_turn_round(track: Track) -> None:
    write(track, en="Water", zh="水务")
    change_original(track, "zh", actor=EDITOR, now=START)
    assert (state(track, "zh"), state(track, "en")) == (TextState.SOURCE, TextState.HUMAN)
    write(track, zh="水与垃圾")
    assert state(track, "en") is TextState.OUTDATED


def test_the_states_of_many_records_take_one_statement(cast: Cast, writing: None) -> None:
    tracks = [Track(forum_id=cast.forum_id, slug=f"t{n}", name_en="A", name_zh="甲") for n in range(40)]
    session.add_all(tracks)
    session.flush()
    for track in tracks:
        record(track, "track", {("name", "zh"): "乙"}, actor=EDITOR, now=START)
    with counted_statements() as statements:
        known = queries.states_of(tracks)
    assert len(statements) == 1
    assert len(known) == 40


def test_a_record_of_another_type_takes_texts_with_all_that_is_known_of_them(track: Track) -> None:
    write(track, en="Water")
    write(track, Origin.MACHINE, zh="水")
    segment = Segment(forum_id=track.forum_id, code="carried", kind=SegmentKind.PLENARY)
    session.add(segment)
    session.flush()
    for expected in (TextState.MACHINE, TextState.REVIEWED):
        carry(track, segment, {"name": "name"})
        assert (segment.side("name", "en"), segment.side("name", "zh")) == ("Water", "水")
        assert queries.text_of(segment, "name", queries.states_of([segment])).state("zh") is expected
        named = ("segment", segment.public_id, "name")
        assert queries.stated({named: segment.text("name")})[named].state("zh") is expected
        review(track, "name", "zh", actor=EDITOR, now=START)
