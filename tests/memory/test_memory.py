"""Learning from reviews and answering: what is kept, replaced and offered, on the real database."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from forum.core.database import begin_writing, session
from forum.core.refusals import NotFound
from forum.events.models import Track
from forum.memory.errors import ReasonNeeded
from forum.memory.models import MemorySegment, SegmentOrigin, SegmentRemoval, SegmentSource
from forum.memory.operations import delete, note_use
from forum.memory.operations.importing import Offered, preview, take_in
from forum.memory.queries import forget, is_reading, shelf, suggest
from forum.memory.queries.shelf import SHELF
from forum.translation import queries as translation
from forum.translation.models import Origin
from forum.translation.operations import confirm_still_right, record, review, settle
from tests.cast import Cast
from tests.conftest import START
from tests.memory.house import REVIEWER, taught
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("cast", "writing")


def held() -> list[tuple[str, str]]:
    return [tuple(row) for row in session.execute(select(MemorySegment.src, MemorySegment.tgt).order_by("src", "tgt"))]  # type: ignore[misc]


def scores(text: str, **more: str) -> list[tuple[int, str]]:
    return [(each.score, each.target) for each in suggest(text, "en", "zh", **more)]  # type: ignore[arg-type]


def test_a_review_teaches_sentence_by_sentence() -> None:
    assert taught("One city. Two cities.", "一座城市。两座城市。").new == 2
    assert held() == [("One city.", "一座城市。"), ("Two cities.", "两座城市。")]
    assert taught("Three. Four.", "三和四。", record="b").new == 1
    assert ("Three. Four.", "三和四。") in held()


def test_a_new_review_replaces_what_the_field_taught_before() -> None:
    taught("One city. Two cities.", "一座城市。两座城市。")
    again = taught("One city. Three cities.", "一座城市。三座城市。")
    assert (again.new, again.known, again.gone) == (1, 1, 1)
    assert held() == [("One city.", "一座城市。"), ("Three cities.", "三座城市。")]
    assert scores("Two cities.") == []


def test_a_segment_stays_while_another_text_has_it() -> None:
    taught("Coffee break", "茶歇")
    taught("Coffee break", "茶歇", record="b")
    assert taught("Lunch", "午餐").gone == 0
    assert held() == [("Coffee break", "茶歇"), ("Lunch", "午餐")]
    assert taught("Dinner", "晚餐", record="b").gone == 1
    assert session.scalar(select(func.count()).select_from(SegmentSource)) == 2


def test_two_reviews_of_one_source_that_differ_are_both_kept() -> None:
    taught("Opening", "开幕式")
    taught("Opening", "开幕", record="b")
    assert {target for _, target in scores("Opening")} == {"开幕式", "开幕"}


def test_internal_and_personal_texts_are_never_learnt() -> None:
    for entity in ("ballot_position", "participation", "agreement_text", "person", "liaison_statement"):
        assert taught("A secret opinion.", "内部意见。", entity=entity).new == 0
    assert held() == []


def test_reviewing_a_record_teaches_in_the_same_transaction(cast: Cast) -> None:
    begin_writing()
    track = Track(forum_id=cast.forum_id, slug="water", source_lang="en")
    session.add(track)
    session.flush()
    sides = {("name", "en"): "Water in cities", ("name", "zh"): "城市水务"}
    record(track, "track", sides, actor=REVIEWER, now=START, origin=Origin.MACHINE)
    assert scores("Water in cities") == []
    settle(track, "review", "name", translation.mark_of(track, "name"), actor=REVIEWER, now=START)
    found = suggest("Water in cities", "en", "zh")
    assert [(each.score, each.target, each.origin) for each in found] == [(91, "城市水务", SegmentOrigin.MACHINE)]
    record(track, "track", {("name", "en"): "Water in the city"}, actor=REVIEWER, now=START)
    confirm_still_right(track, "name", "zh", actor=REVIEWER, now=START)
    assert held() == [("Water in the city", "城市水务")]
    record(track, "track", {("name", "zh"): "城市用水"}, actor=REVIEWER, now=START)
    assert held() == [("Water in the city", "城市水务")]  # not reviewed: not learnt
    review(track, "name", "zh", actor=REVIEWER, now=START)
    assert held() == [("Water in the city", "城市用水")]
    session.rollback()
    assert held() == []
    assert scores("Water in the city") == []


def test_scores_as_they_are_documented() -> None:
    taught("The forum opens on 20 April 2027.", "论坛于2027年4月20日开幕。")
    assert scores("The forum opens on 20 April 2027.") == [(101, "论坛于2027年4月20日开幕。")]
    assert scores("the forum  opens on 20 april 2027.") == [(100, "论坛于2027年4月20日开幕。")]
    assert scores("The forum opens on 3 May 2028.") == [(95, "论坛于2028年5月3日开幕。")]
    assert 75 <= scores("The forum closes on 20 April 2027.")[0][0] <= 94
    assert scores("Nothing alike is written here") == []
    assert suggest("", "en", "zh") == []
    assert suggest("The forum opens on 20 April 2027.", "zh", "en") == []


def test_numbers_that_cant_be_put_in_are_offered_as_mere_likeness() -> None:
    taught("Dialogue of 3 cities", "三城对话")
    (found,) = suggest("Dialogue of 4 cities", "en", "zh")
    assert found.score < 95
    assert found.target == "三城对话"
    assert not found.numbers_changed


def test_a_machine_draft_loses_ten_and_a_person_comes_first() -> None:
    taught("Opening of the city forum", "城市论坛揭幕", machine=True)
    taught("Opening of the city forum", "城市论坛开幕", record="b")
    assert scores("Opening of the city forum") == [(101, "城市论坛开幕"), (91, "城市论坛揭幕")]
    taught("Opening of the city forum", "城市论坛揭幕", record="c")  # now a person wrote the same
    assert [score for score, _ in scores("Opening of the city forum")] == [101, 101]


def test_the_context_decides_between_equal_scores_alone() -> None:
    taught("Opening", "开幕式", record="a", field="title")
    taught("Opening", "开幕致辞", record="b", entity="segment", field="name")
    assert scores("Opening", context="agenda_session.title")[0] == (101, "开幕式")
    assert scores("Opening", context="segment.name")[0] == (101, "开幕致辞")
    assert scores("opening", context="segment.name")[0] == (100, "开幕致辞")


def test_three_are_offered_and_no_translation_twice() -> None:
    for place, word in enumerate(("one", "two", "six", "ten", "red")):
        taught(f"The resilience of {word} great old cities", f"韧性{place % 4}", record=word)
    found = scores("The resilience of big great old cities")
    assert len(found) == 3
    assert len({target for _, target in found}) == 3


def test_one_statement_asks_whether_anything_changed() -> None:
    taught("Opening", "开幕式")
    session.commit()
    suggest("Opening", "en", "zh")
    with counted_statements() as statements:
        suggest("Opening", "en", "zh")
    assert len(statements) == 2  # the revision, and the rows that are offered


def test_what_a_process_holds_follows_every_change() -> None:
    forget()
    taught("Opening", "开幕式")
    session.commit()
    suggest("Opening", "en", "zh")
    read = dict(SHELF.where)
    begin_writing()
    taught("Closing", "闭幕式", record="b")
    session.commit()
    assert scores("Closing") == [(101, "闭幕式")]
    assert read.keys() < SHELF.where.keys()
    begin_writing()
    segment = session.scalars(select(MemorySegment).filter_by(src="Opening")).one()
    delete(segment.public_id, "wrong term", actor=REVIEWER, now=START)
    session.commit()
    assert scores("Opening") == []
    begin_writing()
    SHELF.where.clear()  # a process whose shelf was damaged, or whose database was exchanged, reads all again
    taught("Lunch", "午餐", record="c")
    session.commit()
    assert scores("Closing") == [(101, "闭幕式")]


def test_nobody_waits_while_a_large_memory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    taught("The resilience of great old cities", "古老大城的韧性")
    taught("Opening", "开幕式", record="b")
    session.commit()
    forget()
    monkeypatch.setattr(shelf, "MOST_IN_A_REQUEST", 1)
    assert scores("opening") == [(100, "开幕式")], "the same source is found by the database"
    assert is_reading()
    assert SHELF.reading is not None
    SHELF.reading.join(10)
    assert [score for score, _ in scores("The resilience of great cities")] == [86]
    assert not is_reading()
    begin_writing()
    for place in ("c", "d"):
        taught(f"Lunch in the great hall {place}", "午餐", record=place)
    session.commit()
    assert scores("Opening") == [(101, "开幕式")], "what is held answers while the rest is read"
    assert is_reading()
    assert [each.target for each in suggest("Lunch in the great hall e", "en", "zh", wait=True)] == ["午餐"]
    assert not is_reading()


def test_what_is_rolled_back_was_never_seen_by_others() -> None:
    forget()
    taught("Opening", "开幕式")
    assert scores("Opening") == [(101, "开幕式")]
    assert not SHELF.where
    session.rollback()
    begin_writing()
    taught("Closing", "闭幕式")
    session.commit()
    assert scores("Closing") == [(101, "闭幕式")]
    begin_writing()
    taught("Lunch", "午餐", record="b")
    session.commit()
    assert scores("Opening") == []
    assert {norm for _, norm in SHELF.where.values()} == {"closing", "lunch"}


def test_taking_out_needs_a_reason_and_keeps_it() -> None:
    taught("Opening", "开幕式")
    segment = session.scalars(select(MemorySegment)).one()
    number = segment.public_id
    assert note_use(number)
    with pytest.raises(ReasonNeeded):
        delete(number, "  ", actor=REVIEWER, now=START)
    delete(number, "wrong term", actor=REVIEWER, now=START)
    assert session.scalars(select(SegmentRemoval.reason)).all() == ["wrong term"]
    assert not note_use(number)
    with pytest.raises(NotFound):
        delete(number, "again", actor=REVIEWER, now=START)


def pair(source: str, target: str, line: int = 1) -> Offered:
    return Offered("en", "zh", source, target, line)


def test_an_import_overwrites_nothing_and_tells_what_it_finds() -> None:
    take_in([pair("Opening", "开幕式")], actor=REVIEWER, now=START)
    file = [pair("Opening", "开幕式"), pair("opening", "揭幕", 2), pair("Lunch", "午餐", 3), pair("Lunch", "午饭", 4)]
    expected = preview(file)
    assert held() == [("Opening", "开幕式")]
    summary = take_in(file, actor=REVIEWER, now=START)
    assert summary == expected
    assert (summary.read, summary.new, summary.known, summary.another) == (4, 1, 1, 2)
    assert [line for line, _ in summary.another_at] == [2, 4]
    assert len(held()) == 4
    assert scores("Opening")[0] == (101, "开幕式")
    assert [each.quality for each in suggest("Lunch", "en", "zh")] == [80, 60]
    assert take_in(file, actor=REVIEWER, now=START).known == 4


def test_a_review_makes_an_imported_segment_sure_and_never_takes_it_away() -> None:
    take_in([pair("Opening", "开幕式")], actor=REVIEWER, now=START)
    taught("Opening", "开幕式", entity="segment", field="name")
    taught("Closing", "闭幕式", entity="segment", field="name")
    assert ("Opening", "开幕式") in held()
