"""Our own JSON gives back what it was given."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.agenda.document import UnreadableDocument, as_document, from_document, frozen
from forum.agenda.exports import as_json
from forum.agenda.programme import Item, MaterialFacts, Programme, SegmentFacts, SessionState, Visibility
from forum.core.bilingual import Text, TextState
from forum.events.kinds import SegmentKind
from tests.agenda.exports import programmes as cast


def test_a_whole_forum_comes_back_equal_and_byte_equal() -> None:
    programme = cast.large(120)
    content = as_json(programme)
    again = from_document(json.loads(content))
    assert again == programme
    assert as_json(again) == content


INSTANTS = st.integers(946_684_800, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TEXTS = st.builds(
    lambda en, zh, first, second: Text(
        en,
        zh,
        first if en else TextState.SOURCE,
        second if zh else TextState.HUMAN,
    ),
    WORDS,
    WORDS,
    *[st.sampled_from([state for state in TextState if state is not TextState.MISSING])] * 2,
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    start = draw(INSTANTS)
    return cast.item(
        draw(st.integers(1, 9999)),
        start,
        draw(st.integers(1, 2000)),
        title=draw(TEXTS),
        placeholder=draw(TEXTS),
        local_start=start.replace(tzinfo=None),
        fold=draw(st.integers(0, 1)),
        embargo_until=draw(st.none() | INSTANTS),
        visibility=draw(st.sampled_from(Visibility)),
        state=draw(st.sampled_from(SessionState)),
        kind=draw(st.sampled_from(SegmentKind)),
        interpretation=tuple(draw(st.lists(WORDS, max_size=2))),
        capacity=draw(st.none() | st.integers(0, 9)),
        speakers=(cast.speaker(draw(st.integers(0, 50)), name=draw(TEXTS), remote=draw(st.booleans())),),
        materials=(MaterialFacts("m", draw(TEXTS), draw(WORDS), Visibility.STAFF),),
    )


@settings(max_examples=80, deadline=None)
@given(
    st.lists(items(), max_size=3),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]),
)
def test_any_programme_comes_back(found: list[Item], zone: str) -> None:
    programme = cast.programme(
        *found,
        note=Text("a", "b"),
        forum=cast.forum_facts(zone_name=zone, day_change=time(3, 30), latitude=None),
        segments=(SegmentFacts("opening", SegmentKind.OPENING, Text("a"), datetime(2027, 4, 20, tzinfo=UTC)),),
    )
    content = as_json(programme)
    assert from_document(json.loads(content)) == programme
    assert as_json(from_document(json.loads(content))) == content


def test_texts_carry_their_state_and_instants_the_offset_of_the_venue() -> None:
    document = as_document(cast.programme(cast.item(title=Text("City", "", TextState.SOURCE))))
    item = document["programme"]["items"][0]
    assert item["title"] == {"en": "City", "zh": "", "state": {"en": "source", "zh": "missing"}}
    assert item["starts_at"] == "2027-04-20T09:00:00+08:00"
    assert (document["zone"], document["release"]) == ("Asia/Shanghai", "2")


def test_the_hash_tells_any_change() -> None:
    programme = cast.programme(cast.item())
    content, digest = frozen(programme)
    assert frozen(programme) == (content, digest)
    later = replace(programme, items=(cast.item(starts_at=cast.item().starts_at + timedelta(microseconds=1)),))
    assert frozen(later)[1] != digest


def test_an_older_document_reads_with_the_defaults_of_later_fields() -> None:
    document = as_document(cast.programme(cast.item()))
    del document["programme"]["items"][0]["is_placeholder"]
    assert from_document(document) == cast.programme(cast.item())
    del document["programme"]["items"][0]["guid"]
    with pytest.raises(UnreadableDocument):
        from_document(document)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"format": "other"},
        {"format": "forum-programme", "format_version": 2},
        {"format": "forum-programme", "format_version": 1, "programme": []},
    ],
)
def test_another_document_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(UnreadableDocument):
        from_document(document)


def test_a_programme_is_made_of_what_the_document_knows() -> None:
    assert set(as_document(cast.programme())["programme"]) == set(Programme.__dataclass_fields__)
