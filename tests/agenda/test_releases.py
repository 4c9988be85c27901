"""Releases: frozen for ever, whole, and told to those whom they concern."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from forum.agenda import errors
from forum.agenda.models import AgendaRelease, Slot, Star
from forum.agenda.operations import releases, sessions, slots
from forum.agenda.operations.history import undo_last
from forum.agenda.operations.restoring import restore
from forum.agenda.operations.sessions import SessionFacts
from forum.agenda.operations.slots import Place
from forum.agenda.programme import Programme, SessionState, Visibility
from forum.agenda.queries import draft, released
from forum.agenda.queries.standing import conflict_id
from forum.agenda.rules.changes import ChangeKind, apply
from forum.agenda.visibility import ViewerLevel, visible_changes
from forum.core.database import session
from forum.events.models import Forum
from forum.ports.mail.models import Lane, OutboxMail
from tests.agenda.programme_of import NOW, editor, planned, room, speaking, texts
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("cast", "writing")  # in this order: the cast commits first


def release(cast: Cast, name: str = "", later: int = 0, reason: str = "Agreed with the chair") -> AgendaRelease:
    """Release the draft with every warning accepted."""
    at = NOW + timedelta(hours=later)
    accepted = {conflict_id(each): reason for each in releases.candidate(cast.forum, at).warnings}
    return releases.release(
        cast.forum, name, "Note", "说明", accepted, actor=editor(cast), now=at, site="https://forum.example"
    )


def content(cast: Cast) -> Programme:
    """Return what the latest release holds."""
    found = released.current(cast.forum)
    assert found is not None
    return found


def test_before_the_first_release_there_is_nothing_to_read(cast: Cast) -> None:
    planned(cast)
    assert released.current(cast.forum) is None


def test_a_release_freezes_the_draft_as_it_is(cast: Cast) -> None:
    _, slot = planned(cast)
    release(cast, "First")
    slots.move(
        cast.forum, slot, slot.version, Place(room(cast, "lake"), slot.local_start, 30), actor=editor(cast), now=NOW
    )
    [item] = content(cast).items
    assert (item.minutes, item.sequence, content(cast).number) == (60, 0, "1")
    assert slot.released


def test_a_release_raises_the_revision_of_the_forum(cast: Cast) -> None:
    planned(cast)
    before = session.scalar(select(Forum.revision).where(Forum.id == cast.forum_id))
    release(cast)
    after = session.scalar(select(Forum.revision).where(Forum.id == cast.forum_id))
    assert (before, after) == (1, 2)


def test_a_release_can_be_neither_changed_nor_deleted(cast: Cast) -> None:
    planned(cast)
    row = release(cast)
    for statement in ("UPDATE agenda_release SET content = 'x'", "DELETE FROM agenda_release"):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text(statement))
    assert len(row.content) > 100


def test_errors_stop_a_release_whatever_is_acknowledged(cast: Cast) -> None:
    planned(cast, "One", "一")
    planned(cast, "Two", "二")
    with pytest.raises(errors.ReleaseStopped) as stopped:
        release(cast)
    assert [each.code.value for each in stopped.value.found] == ["ROOM_OVERLAP"]
    assert released.current_release(cast.forum) is None


def test_warnings_need_a_named_reason_that_is_kept(cast: Cast) -> None:
    planned(cast, "One", "一", start="2027-04-20T09:00")
    planned(cast, "Two", "二", start="2027-04-20T10:05")
    with pytest.raises(errors.AcknowledgementNeeded):
        releases.release(cast.forum, "", "", "", {}, actor=editor(cast), now=NOW)
    with pytest.raises(errors.AcknowledgementNeeded):
        release(cast, reason="   ")
    row = release(cast, reason="Five minutes are enough")
    [kept] = row.acknowledged
    assert kept["code"] == "ROOM_TURNAROUND"
    assert kept["reason"] == "Five minutes are enough"
    assert kept["by"] == editor(cast).reference


def test_the_same_draft_is_not_released_twice(cast: Cast) -> None:
    planned(cast)
    release(cast)
    with pytest.raises(errors.NothingToRelease):
        release(cast, later=1)


def test_a_release_says_what_changed_and_the_law_holds(cast: Cast) -> None:
    held, slot = planned(cast)
    other, _ = planned(cast, "Banquet", "欢迎晚宴", start="2027-04-20T18:00", code="lake")
    release(cast)
    before = content(cast)
    move_to = Place(room(cast, "canal"), slot.local_start + timedelta(hours=1), 90)
    slots.move(cast.forum, slot, slot.version, move_to, actor=editor(cast), now=NOW)
    sessions.act(cast.forum, other, "cancel", actor=editor(cast), now=NOW, reason="Kitchen closed")
    planned(cast, "Signing", "签字仪式", start="2027-04-21T10:00")
    row = release(cast, later=1)
    found = released.changes(row)
    assert {change.kind for change in found} == {
        ChangeKind.MOVED_TIME,
        ChangeKind.MOVED_ROOM,
        ChangeKind.LENGTHENED,
        ChangeKind.CANCELLED,
        ChangeKind.ADDED,
    }
    assert apply(found, before).items == content(cast).items
    moved = content(cast).item(slot.guid)
    assert moved is not None
    assert moved.sequence == 1
    assert moved.session_id == held.public_id


def test_a_slot_taken_out_stays_as_a_stone(cast: Cast) -> None:
    held, slot = planned(cast)
    release(cast)
    slots.withdraw_slot(cast.forum, slot, slot.version, actor=editor(cast), now=NOW)
    release(cast, later=1)
    [stone] = content(cast).items
    assert (stone.guid, stone.state, stone.sequence) == (slot.guid, SessionState.CANCELLED, 1)
    slots.add_slot(cast.forum, held, Place(room(cast, "hall"), slot.local_start, 60), actor=editor(cast), now=NOW)
    release(cast, later=2)
    [back] = content(cast).items
    assert (back.guid, back.state, back.sequence) == (slot.guid, SessionState.CONFIRMED, 2)


def test_sequences_never_fall_through_moves_and_restores(cast: Cast) -> None:
    _, slot = planned(cast)
    first = release(cast)
    seen = [content(cast).items[0].sequence]
    for later in (1, 2):
        place = Place(room(cast, "hall"), slot.local_start + timedelta(hours=1), 60)
        slots.move(cast.forum, slot, slot.version, place, actor=editor(cast), now=NOW)
        release(cast, later=later)
        seen.append(content(cast).items[0].sequence)
    restore(cast.forum, first, actor=editor(cast), now=NOW)
    release(cast, later=3)
    seen.append(content(cast).items[0].sequence)
    assert all(a < b for a, b in pairwise(seen))
    assert content(cast).items[0].starts_at == released.content(first).items[0].starts_at


def test_restoring_changes_the_draft_alone_and_can_be_undone(cast: Cast) -> None:
    held, slot = planned(cast)
    speaking(cast, held)
    first = release(cast)
    facts = SessionFacts(texts=texts("Renamed", "改名"))
    sessions.edit_session(cast.forum, held, held.version, facts, actor=editor(cast), now=NOW)
    late, _ = planned(cast, "Later idea", "后来的想法", start="2027-04-21T10:00")
    restore(cast.forum, first, actor=editor(cast), now=NOW)
    [item] = draft.programme(cast.forum).items
    assert (item.guid, item.title.en, item.title.zh) == (slot.guid, "Opening", "开幕式")
    assert [each.name.en for each in item.speakers] == ["Marie DURAND"]
    assert late.side("title", "en") == "Later idea"
    undo_last(cast.forum, actor=editor(cast), now=NOW)
    assert {each.title.en for each in draft.programme(cast.forum).items} == {"Renamed", "Later idea"}


def test_an_embargoed_word_is_in_no_change_list_before_its_instant(cast: Cast) -> None:
    planned(cast)
    release(cast)
    embargo = NOW + timedelta(days=10)
    planned(
        cast,
        "Kingfisher pact",
        "翠鸟协定",
        start="2027-04-21T10:00",
        embargo_until=embargo,
    )
    row = release(cast, later=1)
    earlier = released.before(row)
    assert earlier is not None
    pair = (released.content(earlier), released.content(row))
    told = visible_changes(released.changes(row), *pair, ViewerLevel.HEADS, NOW + timedelta(days=1))
    assert "Kingfisher" not in repr(told)
    assert "翠鸟" not in repr(told)
    after = visible_changes(released.changes(row), *pair, ViewerLevel.PUBLIC, embargo)
    assert [change.kind for change in after] == [ChangeKind.ADDED]


def test_everybody_concerned_gets_one_digest_in_their_language(cast: Cast) -> None:
    held, slot = planned(cast)
    speaking(cast, held, email="marie@city.example", language="en")
    quiet, _ = planned(cast, "Lunch", "午餐", start="2027-04-20T12:00", code="lake")
    speaking(cast, quiet, "Kenji Sato", "佐藤健二", email="kenji@city.example")
    session.add(Star(forum_id=cast.forum_id, account_id=cast.accounts["organiser"], slot_guid=slot.guid))
    release(cast)
    assert session.scalars(select(OutboxMail)).all() == []
    place = Place(room(cast, "canal"), slot.local_start + timedelta(hours=1), 60)
    slots.move(cast.forum, slot, slot.version, place, actor=editor(cast), now=NOW)
    release(cast, later=1)
    mails = {mail.recipient: mail for mail in session.scalars(select(OutboxMail))}
    assert set(mails) == {"marie@city.example", "organiser@forum.test"}
    assert "Opening" in mails["marie@city.example"].body
    assert "2027-04-20 10:00" in mails["marie@city.example"].body
    assert "开幕式" in mails["organiser@forum.test"].body
    assert {mail.lane for mail in mails.values()} == {Lane.BULK}


def test_a_mail_tells_nothing_of_what_became_secret(cast: Cast) -> None:
    held, slot = planned(cast)
    session.add(Star(forum_id=cast.forum_id, account_id=cast.accounts["stranger"], slot_guid=slot.guid))
    release(cast)
    facts = SessionFacts(texts=texts("Kingfisher pact", "翠鸟协定"), visibility=Visibility.STAFF)
    sessions.edit_session(cast.forum, held, held.version, facts, actor=editor(cast), now=NOW)
    release(cast, later=1)
    assert not any("Kingfisher" in mail.body for mail in session.scalars(select(OutboxMail)))


def test_one_who_compared_with_an_older_release_is_told(cast: Cast) -> None:
    _, slot = planned(cast)
    release(cast)
    with pytest.raises(errors.ReleaseOverlapping):
        releases.refuse_if_overtaken(cast.forum, 0)
    releases.refuse_if_overtaken(cast.forum, 1)
    assert session.get_one(Slot, slot.id).released
