"""Sessions, slots and people on them: changed by one operation a verb, audited, undoable."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from forum.agenda import errors
from forum.agenda.models import AgendaSession, Slot
from forum.agenda.operations import contributions, history, materials, sessions, slots
from forum.agenda.operations.contributions import PartFacts
from forum.agenda.operations.sessions import SessionFacts
from forum.agenda.operations.slots import ImpossibleLength, OutsideTheForum, Place
from forum.agenda.programme import SessionState, SpeakerRole, SpeakerState
from forum.agenda.queries import draft
from forum.agenda.queries import sessions as queries
from forum.audit.models import AuditEntry
from forum.core.bilingual import TextState
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.core.walltime import NonexistentTime
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.events.models import Forum
from tests.agenda.programme_of import NOW, editor, planned, room, speaking, texts
from tests.cast import Cast
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("cast", "writing")  # in this order: the cast commits first


def test_a_slot_keeps_wall_time_and_derives_the_instant(cast: Cast) -> None:
    _, slot = planned(cast, start="2027-04-20T09:00", minutes=90)
    assert slot.starts_at == datetime.fromisoformat("2027-04-20T01:00:00+00:00")
    assert slot.ends_at - slot.starts_at == timedelta(minutes=90)


def test_the_draft_holds_everything_of_a_session(cast: Cast) -> None:
    held, slot = planned(cast)
    person = speaking(cast, held)
    [item] = draft.programme(cast.forum).items
    assert (item.guid, item.session_id, item.title.zh) == (slot.guid, held.public_id, "开幕式")
    assert [(each.person_guid, each.name.en, each.name.zh) for each in item.speakers] == [
        (person.guid, "Marie DURAND", "玛丽·杜兰德")
    ]


def test_the_draft_is_read_with_the_same_statements_whatever_its_size(cast: Cast) -> None:
    held, _ = planned(cast)
    speaking(cast, held)
    session.flush()
    with counted_statements() as few:
        draft.programme(cast.forum)
    for number in range(12):
        other, _ = planned(cast, f"Session {number}", f"第{number}场", start=f"2027-04-21T{8 + number:02}:00")
        speaking(cast, other, f"Person Number{number}", "")
    session.flush()
    session.expire_all()
    with counted_statements() as many:
        assert len(draft.programme(cast.forum).items) == 13
    assert len(many) <= len(few) + 3  # the forum itself is read again
    assert len(many) < 16


def test_a_time_that_does_not_exist_is_refused(cast: Cast) -> None:
    forum = cast.forum
    forum.zone_name = "Europe/Paris"
    forum.first_day = datetime.fromisoformat("2027-03-27").date()
    with pytest.raises(NonexistentTime):
        planned(cast, start="2027-03-28T02:30")


@pytest.mark.parametrize(
    ("start", "minutes", "refusal"),
    [
        ("2027-04-25T09:00", 60, OutsideTheForum),
        ("2027-04-20T03:59", 60, OutsideTheForum),
        ("2027-04-20T09:00", 0, ImpossibleLength),
        ("2027-04-20T09:00", -5, ImpossibleLength),
    ],
)
def test_an_impossible_place_is_refused(cast: Cast, start: str, minutes: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        planned(cast, start=start, minutes=minutes)


def test_half_past_midnight_belongs_to_the_last_evening(cast: Cast) -> None:
    _, slot = planned(cast, start="2027-04-23T00:30")
    assert slot.local_start.day == 23


def test_a_stale_move_says_who_was_first(cast: Cast) -> None:
    _, slot = planned(cast)
    seen = slot.version
    place = Place(room(cast, "lake"), slot.local_start, 60)
    slots.move(cast.forum, slot, seen, place, actor=editor(cast, "organiser"), now=NOW)
    with pytest.raises(errors.ChangedMeanwhile) as refused:
        slots.move(cast.forum, slot, seen, place, actor=editor(cast), now=NOW)
    assert refused.value.by == editor(cast, "organiser").reference
    assert slot.room_id == cast.rooms["lake"]


def test_of_two_editors_of_one_session_the_second_is_told(cast: Cast) -> None:
    held, _ = planned(cast)
    seen = held.version
    first = SessionFacts(texts=texts("Opening ceremony", "开幕式"))
    sessions.edit_session(cast.forum, held, seen, first, actor=editor(cast, "organiser"), now=NOW)
    second = SessionFacts(texts=texts("Grand opening", "开幕式"))
    with pytest.raises(errors.ChangedMeanwhile):
        sessions.edit_session(cast.forum, held, seen, second, actor=editor(cast), now=NOW)
    assert held.side("title", "en") == "Opening ceremony"


def test_editing_the_original_alone_outdates_the_translation(cast: Cast) -> None:
    held, _ = planned(cast)
    facts = SessionFacts(texts=texts("Opening and welcome", "开幕式"))
    sessions.edit_session(cast.forum, held, held.version, facts, actor=editor(cast), now=NOW)
    [item] = draft.programme(cast.forum).items
    assert item.title.state("zh") is TextState.OUTDATED
    assert item.title.state("en") is TextState.SOURCE


def test_cancelling_asks_for_a_reason_and_can_be_taken_back(cast: Cast) -> None:
    held, _ = planned(cast)
    with pytest.raises(ReasonNeeded):
        sessions.act(cast.forum, held, "cancel", actor=editor(cast), now=NOW)
    sessions.act(cast.forum, held, "cancel", actor=editor(cast), now=NOW, reason="Hall under repair")
    assert held.state == SessionState.CANCELLED
    with pytest.raises(UnlawfulAction):
        sessions.act(cast.forum, held, "cancel", actor=editor(cast), now=NOW, reason="Again")
    sessions.act(cast.forum, held, "reinstate", actor=editor(cast), now=NOW, reason="Hall is ready")
    assert held.state.value == "tentative"


def test_nobody_without_the_role_confirms_a_session(cast: Cast) -> None:
    held, _ = planned(cast)
    with pytest.raises(UnlawfulAction):
        sessions.act(cast.forum, held, "doubt", actor=editor(cast, "viewer"), now=NOW)


def test_a_released_session_is_never_deleted(cast: Cast) -> None:
    held, slot = planned(cast)
    slot.released = True
    with pytest.raises(errors.SessionWasReleased):
        sessions.delete_session(cast.forum, held, actor=editor(cast), now=NOW)
    slots.withdraw_slot(cast.forum, slot, slot.version, actor=editor(cast), now=NOW)
    assert slot.withdrawn_at == NOW
    assert draft.programme(cast.forum).items == ()
    again = slots.add_slot(cast.forum, held, Place(None, slot.local_start, 30), actor=editor(cast), now=NOW)
    assert again.guid == slot.guid


def test_a_slot_that_nobody_ever_saw_goes_for_good(cast: Cast) -> None:
    held, slot = planned(cast)
    slots.withdraw_slot(cast.forum, slot, slot.version, actor=editor(cast), now=NOW)
    assert session.scalars(select(Slot)).all() == []
    again = slots.add_slot(
        cast.forum, held, Place(None, NOW.replace(tzinfo=None) + timedelta(days=50), 30), actor=editor(cast), now=NOW
    )
    assert again.number == 2


def test_shifting_moves_what_follows_in_the_room_and_nothing_else(cast: Cast) -> None:
    _, first = planned(cast, "One", "一", start="2027-04-20T09:00")
    _, second = planned(cast, "Two", "二", start="2027-04-20T10:00")
    _, third = planned(cast, "Three", "三", start="2027-04-20T11:00")
    _, elsewhere = planned(cast, "Four", "四", start="2027-04-20T11:00", code="lake")
    until = second.starts_at + timedelta(hours=12)
    slots.shift(cast.forum, second, second.version, 15, until, actor=editor(cast), now=NOW)
    assert [slot.local_start.strftime("%H:%M") for slot in (first, second, third, elsewhere)] == [
        "09:00",
        "10:15",
        "11:15",
        "11:00",
    ]


def test_undo_puts_everything_back_and_only_once(cast: Cast) -> None:
    _, slot = planned(cast)
    before = slot.local_start
    later = Place(room(cast, "canal"), before + timedelta(hours=2), 25)
    slots.move(cast.forum, slot, slot.version, later, actor=editor(cast), now=NOW)
    history.undo_last(cast.forum, actor=editor(cast), now=NOW)
    assert (slot.local_start, slot.minutes, slot.room_id) == (before, 60, cast.rooms["hall"])


def test_undo_brings_a_deleted_session_back_whole(cast: Cast) -> None:
    held, slot = planned(cast)
    person = speaking(cast, held)
    materials.add_material(
        cast.forum, held, texts("Slides", "演示文稿"), actor=editor(cast), now=NOW, link="https://forum.example/a"
    )
    guid, public_id = slot.guid, held.public_id
    before = draft.programme(cast.forum).items[0]
    sessions.delete_session(cast.forum, held, actor=editor(cast), now=NOW)
    assert draft.programme(cast.forum).items == ()
    history.undo_last(cast.forum, actor=editor(cast), now=NOW)
    [item] = draft.programme(cast.forum).items
    assert (item.guid, item.session_id) == (guid, public_id)
    assert [each.person_guid for each in item.speakers] == [person.guid]
    assert item.materials == before.materials


def test_undo_is_refused_when_somebody_changed_it_since(cast: Cast) -> None:
    held, slot = planned(cast)
    place = Place(room(cast, "lake"), slot.local_start, 60)
    slots.move(cast.forum, slot, slot.version, place, actor=editor(cast), now=NOW)
    sessions.edit_session(
        cast.forum,
        held,
        held.version,
        SessionFacts(texts=texts("Other", "其他")),
        actor=editor(cast, "organiser"),
        now=NOW,
    )
    with pytest.raises(errors.ChangedSince):
        history.undo_last(cast.forum, actor=editor(cast), now=NOW)


def test_nobody_undoes_what_another_did(cast: Cast) -> None:
    planned(cast)
    with pytest.raises(errors.NothingToUndo):
        history.undo_last(cast.forum, actor=editor(cast, "organiser"), now=NOW)


def test_one_person_stands_once_in_one_role(cast: Cast) -> None:
    held, _ = planned(cast)
    person = speaking(cast, held)
    facts = PartFacts(person, SpeakerRole.KEYNOTE)
    with pytest.raises(errors.PersonTwice):
        contributions.add_part(cast.forum, held, facts, actor=editor(cast), now=NOW)
    contributions.add_part(cast.forum, held, PartFacts(person, SpeakerRole.CHAIR), actor=editor(cast), now=NOW)
    assert len(held.contributions) == 2


def test_a_place_to_be_filled_needs_words(cast: Cast) -> None:
    held, _ = planned(cast)
    with pytest.raises(errors.NobodyNamed):
        contributions.add_part(cast.forum, held, PartFacts(), actor=editor(cast), now=NOW)
    words = {("placeholder", "en"): "Mayor of the host city", ("placeholder", "zh"): "东道城市市长"}
    contributions.add_part(cast.forum, held, PartFacts(texts=words), actor=editor(cast), now=NOW)
    [item] = draft.programme(cast.forum).items
    assert item.speakers[0].name.zh == "东道城市市长"


def test_a_replaced_speaker_stays_on_record(cast: Cast) -> None:
    held, _ = planned(cast)
    first = speaking(cast, held)
    second = speaking(cast, planned(cast, "Other", "其他", code="lake")[0], "Kenji Sato", "佐藤健二")
    part = held.contributions[0]
    contributions.replace_part(cast.forum, held, part.public_id, second, actor=editor(cast), now=NOW)
    states = {each.person_id: each.state for each in held.contributions}
    assert states == {first.id: SpeakerState.REPLACED, second.id: SpeakerState.INVITED}
    assert part.replaced_by_id == second.id


def test_people_are_put_in_order(cast: Cast) -> None:
    held, _ = planned(cast)
    speaking(cast, held)
    speaking(cast, held, "Kenji Sato", "佐藤健二")
    first, second = (part.public_id for part in held.contributions)
    contributions.reorder(cast.forum, held, [second, first], actor=editor(cast), now=NOW)
    session.flush()
    assert [part.public_id for part in held.contributions] == [second, first]


@pytest.mark.parametrize("link", ["http://forum.example", "javascript:alert(1)", "https://a b", "ftp://x"])
def test_only_safe_addresses_are_linked(cast: Cast, link: str) -> None:
    held, _ = planned(cast)
    with pytest.raises(errors.UnknownAddress):
        materials.add_material(cast.forum, held, {}, actor=editor(cast), now=NOW, link=link)
    assert held.materials == []


def test_every_step_is_in_the_audit_without_names(cast: Cast) -> None:
    held, _ = planned(cast)
    speaking(cast, held)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == ["create", "confirm", "place", "add_person"]
    assert not any("Durand" in entry.body or "Opening" in entry.body for entry in entries)


def test_nothing_of_another_forum_is_found(cast: Cast) -> None:
    held, slot = planned(cast)
    other = session.get_one(Forum, cast.other_forum_id)
    assert queries.by_public_id(other, held.public_id) is None
    assert queries.slot_by_guid(other, slot.guid) is None
    assert session.scalar(select(AgendaSession.id)) == held.id
