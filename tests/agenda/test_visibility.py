"""A secret is on no surface before its time, and on all of them after."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.agenda.programme import (
    Item,
    MaterialFacts,
    Programme,
    RoomFacts,
    SegmentFacts,
    SessionState,
    SpeakerState,
    TrackFacts,
    Visibility,
)
from forum.agenda.rules.changes import Change, ChangeKind, compare, facts
from forum.agenda.rules.sentences import sentence
from forum.agenda.visibility import (
    LEVEL_NEEDED,
    ViewerLevel,
    next_change,
    visible,
    visible_changes,
)
from forum.core.bilingual import Text
from forum.events.kinds import SegmentKind
from tests.agenda.programmes import HALL, ROOM_5, item, moved, programme, speaker

T = datetime(2027, 4, 18, 2, tzinfo=UTC)
SECRET = "Zephyrine"
CLOSED = Text("Closed session", "闭门会议")


def secret_item(**fields: Any) -> Item:
    material = MaterialFacts("m", Text(SECRET), f"https://forum.example/{SECRET}.pdf")
    given_fields: dict[str, Any] = {
        "title": Text(SECRET, f"{SECRET}密"),
        "abstract": Text(SECRET),
        "description": Text(SECRET),
        "track_slug": SECRET,
        "segment_code": SECRET,
        "language": "fr",
        "interpretation": ("ru",),
        "speakers": (speaker(SECRET, organisation=Text(SECRET)),),
        "materials": (material,),
        "capacity": 12,
        "kind": SegmentKind.SIGNING,
    }
    return item("s", **(given_fields | fields))


def whole(*items: Item) -> Programme:
    return programme(
        *items,
        rooms=(HALL, ROOM_5, RoomFacts("room-secret", SECRET, Text(SECRET))),
        tracks=(TrackFacts(SECRET, Text(SECRET)), TrackFacts("water", Text("Water", "水"))),
        segments=(SegmentFacts(SECRET, SegmentKind.SIGNING, Text(SECRET)),),
    )


def may(visibility: Visibility, embargo: datetime | None, viewer: ViewerLevel, at: datetime) -> bool:
    if viewer is ViewerLevel.STAFF:
        return True
    return viewer >= LEVEL_NEEDED[visibility] and (embargo is None or at >= embargo)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(Visibility),
    st.none() | st.just(T),
    st.sampled_from(ViewerLevel),
    st.integers(-3, 3).map(lambda minutes: T + timedelta(minutes=minutes)),
    st.booleans(),
    st.sampled_from((SessionState.TENTATIVE, SessionState.CONFIRMED, SessionState.CANCELLED)),
)
def test_a_planted_secret_shows_exactly_when_it_may(
    visibility: Visibility,
    embargo: datetime | None,
    viewer: ViewerLevel,
    at: datetime,
    has_placeholder: bool,
    state: SessionState,
) -> None:
    secret = secret_item(
        visibility=visibility,
        embargo_until=embargo,
        placeholder=CLOSED if has_placeholder else Text(),
        state=state,
        room_guid=HALL.guid if has_placeholder else "room-secret",
    )
    view = visible(whole(item("a", track_slug="water"), secret), viewer, at)
    allowed = may(visibility, embargo, viewer, at)
    assert (SECRET in repr(view)) is allowed
    shown = view.item("s")
    if allowed:
        assert shown is not None
        assert shown.title == secret.title
        assert not shown.is_placeholder
    elif has_placeholder:
        assert shown is not None
        assert (shown.title, shown.is_placeholder, shown.starts_at) == (CLOSED, True, secret.starts_at)
        assert (shown.language, shown.interpretation, shown.capacity) == ("", (), None)
        assert shown.embargo_until is None
    else:
        assert shown is None
    assert view.item("a") is not None


def test_without_the_guard_the_secret_would_show() -> None:
    assert SECRET in repr(whole(secret_item(visibility=Visibility.STAFF)))


def test_ideas_and_people_who_declined_are_for_staff_alone() -> None:
    idea = secret_item(state=SessionState.IDEA)
    assert visible(whole(idea), ViewerLevel.HEADS, T).items == ()
    declined = item("a", speakers=(speaker("Li", state=SpeakerState.DECLINED), speaker("Wu")))
    shown = visible(whole(declined), ViewerLevel.REGISTERED, T).items[0]
    assert [each.person_guid for each in shown.speakers] == ["Wu"]
    assert len(visible(whole(declined), ViewerLevel.STAFF, T).items[0].speakers) == 2


def test_a_document_for_participants_stays_with_them() -> None:
    paper = MaterialFacts("m", Text("Notes"), "https://forum.example/notes", Visibility.REGISTERED)
    programme_with_paper = whole(item("a", materials=(paper,)))
    counts = {viewer: len(visible(programme_with_paper, viewer, T).items[0].materials) for viewer in ViewerLevel}
    assert counts == {
        ViewerLevel.PUBLIC: 0, ViewerLevel.REGISTERED: 1, ViewerLevel.HEADS: 1, ViewerLevel.STAFF: 1,
    }  # fmt: skip


def test_rooms_and_tracks_of_hidden_items_are_not_listed() -> None:
    view = visible(
        whole(item("a", track_slug="water"), secret_item(embargo_until=T)),
        ViewerLevel.PUBLIC,
        T - timedelta(seconds=1),
    )
    assert [room.guid for room in view.rooms] == [HALL.guid]
    assert [track.slug for track in view.tracks] == ["water"]
    assert view.segments == ()


def test_lifting_an_embargo_counts_as_a_change_for_readers() -> None:
    view = visible(whole(secret_item(embargo_until=T)), ViewerLevel.PUBLIC, T)
    assert view.items[0].changed_at == T


def test_a_page_may_be_kept_until_the_next_embargo_ends() -> None:
    later = T + timedelta(days=1)
    both = whole(
        secret_item(embargo_until=later),
        item("b", embargo_until=T),
        item("c", embargo_until=T - timedelta(days=9)),
        item("d", embargo_until=T - timedelta(hours=1), visibility=Visibility.STAFF),
    )
    assert next_change(both, T - timedelta(hours=2)) == T
    assert next_change(both, T) == later
    assert next_change(both, later) is None


def told(
    before: Programme, after: Programme, viewer: ViewerLevel = ViewerLevel.PUBLIC, at: datetime = T
) -> tuple[Change, ...]:
    return visible_changes(compare(before, after), before, after, viewer, at)


def test_what_becomes_visible_reads_as_added() -> None:
    hidden, opened = secret_item(visibility=Visibility.HEADS), secret_item()
    for placeholder in (Text(), CLOSED):
        (change,) = told(whole(replace(hidden, placeholder=placeholder)), whole(opened))
        assert change.kind is ChangeKind.ADDED
    assert told(whole(hidden), whole(opened), ViewerLevel.HEADS) == ()
    (for_staff,) = told(whole(hidden), whole(opened), ViewerLevel.STAFF)
    assert for_staff.kind is ChangeKind.VISIBILITY_CHANGED


def test_what_becomes_hidden_reads_as_replaced_by_its_placeholder() -> None:
    open_item, hidden = item("s"), item("s", title=Text(SECRET), visibility=Visibility.HEADS)
    (gone,) = told(whole(open_item), whole(hidden))
    assert (gone.kind, gone.after) == (ChangeKind.REMOVED, None)
    before, after = whole(open_item), whole(replace(hidden, placeholder=CLOSED))
    (replaced,) = told(before, after)
    assert replaced.kind is ChangeKind.REMOVED
    words = sentence(replaced.message, facts(replaced, before, after), "en", str)
    assert words == "“Title s” on 2027-04-20 09:00 is replaced by “Closed session”."
    assert SECRET not in repr(replaced)


@pytest.mark.parametrize("placeholder", [Text(), CLOSED])
def test_changes_of_a_hidden_item_are_neither_told_nor_counted(placeholder: Text) -> None:
    hidden = secret_item(embargo_until=T, placeholder=placeholder)
    edited = replace(hidden, title=Text(f"{SECRET} II"), speakers=(), state=SessionState.TENTATIVE, capacity=9)
    early = T - timedelta(minutes=1)
    assert told(whole(hidden), whole(edited), ViewerLevel.HEADS, early) == ()
    kinds = {change.kind for change in told(whole(hidden), whole(edited), at=T)}
    assert kinds >= {ChangeKind.RENAMED, ChangeKind.SPEAKERS_CHANGED}
    shifted = told(whole(hidden), whole(moved(hidden, "2027-04-20 16:00")), at=early)
    assert [change.kind for change in shifted] == ([ChangeKind.MOVED_TIME] if placeholder else [])
    assert SECRET not in repr(shifted)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_change_list_holds_a_secret_before_its_time(data: st.DataObject) -> None:
    def version() -> Item:
        return secret_item(
            visibility=data.draw(st.sampled_from((Visibility.PUBLIC, Visibility.HEADS))),
            embargo_until=T,
            placeholder=data.draw(st.sampled_from((Text(), CLOSED))),
            title=Text(f"{SECRET} {data.draw(st.integers(0, 2))}"),
        )

    before, after = whole(version()), whole(version())
    for viewer, at in itertools.product((ViewerLevel.PUBLIC, ViewerLevel.HEADS), (T - timedelta(seconds=1),)):
        assert SECRET not in repr(told(before, after, viewer, at))
