"""What registrations mean for the agenda: seats against rooms, and sessions that are dropped with seats in them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Account
from forum.agenda.errors import ReleaseStopped
from forum.agenda.models import AgendaSession, Slot, Star
from forum.agenda.operations import releases, sessions, slots
from forum.agenda.queries import draft
from forum.agenda.queries.standing import conflict_id, conflicts_of, seat_readers
from forum.agenda.rules.conflicts import Code, Conflict, Severity
from forum.audit.models import AuditEntry
from forum.core.database import begin_writing, session
from forum.core.workflow import ReasonNeeded
from forum.events.models import Room
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.errors import NotBookable, StillTakesPlace
from forum.registration.models import Participation, SessionSeat, WaitingEntry
from forum.registration.operations import booking
from forum.registration.operations.calling_off import call_off
from forum.registration.queries.standing import granted_seats
from forum.registration.states import SeatState, WaitingState
from tests.agenda.programme_of import NOW, editor, planned
from tests.cast import Cast
from tests.registration.people import DESK, SELF, straight, submitted
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("cast", "writing")  # in this order: the cast commits first


def workshop(cast: Cast, capacity: int | None = 2, code: str = "canal") -> tuple[AgendaSession, Slot]:
    """Return a workshop whose seats are booked one by one."""
    return planned(cast, "Workshop", "工作坊", code=code, bookable=True, capacity=capacity)


def booked(cast: Cast, held: AgendaSession, count: int) -> list[Participation]:
    """Let people book; return them."""
    people = [submitted(cast, straight(cast), number) for number in range(count)]
    for one in people:
        booking.book(one, held, actor=SELF, now=NOW)
    return people


def released(cast: Cast) -> None:
    made = releases.candidate(cast.forum, NOW)
    agreed = {conflict_id(each): "Agreed" for each in made.warnings}
    releases.release(cast.forum, "", "", "", agreed, actor=editor(cast, "organiser"), now=NOW)


def found(cast: Cast, code: Code) -> list[Conflict]:
    session.flush()
    session.expire_all()
    return [each for each in conflicts_of(cast.forum, draft.programme(cast.forum), NOW) if each.code is code]


def cancel(cast: Cast, held: AgendaSession) -> None:
    sessions.act(cast.forum, held, "cancel", actor=editor(cast), now=NOW, reason="The trainer is ill")


def test_registration_has_joined_the_standing_once() -> None:
    assert seat_readers.count(granted_seats) == 1


@pytest.mark.parametrize(
    ("seated", "room_seats", "fire_limit", "severity"),
    [(3, 2, 10, Severity.ERROR), (3, 2, 2, Severity.BLOCK), (10, 10, 20, Severity.NOTE), (2, 10, 20, None)],
)
def test_granted_seats_are_counted_against_the_room(
    cast: Cast, seated: int, room_seats: int, fire_limit: int, severity: Severity | None
) -> None:
    held, _ = workshop(cast, capacity=None)
    booked(cast, held, seated)
    room = session.get_one(Room, cast.rooms["canal"])
    room.layouts, room.hard_max = {"theatre": room_seats}, fire_limit
    assert [each.severity for each in found(cast, Code.ROOM_CAPACITY)] == ([severity] if severity else [])


def test_a_seat_that_was_given_back_does_not_count(cast: Cast) -> None:
    held, _ = workshop(cast)
    [one] = booked(cast, held, 1)
    assert granted_seats(cast.forum) == {held.public_id: 1}
    booking.release(one, held, actor=SELF, now=NOW)
    assert granted_seats(cast.forum) == {}


def test_seats_of_another_forum_do_not_count(cast: Cast) -> None:
    held, _ = workshop(cast)
    booked(cast, held, 1)
    cast.forum_id = cast.other_forum_id
    assert granted_seats(cast.forum) == {}


@pytest.mark.parametrize("way", ["cancelled", "withdrawn", "withdrawn before a release"])
def test_a_dropped_session_with_seats_cannot_be_released_until_the_people_are_told(cast: Cast, way: str) -> None:
    planned(cast)
    held, slot = workshop(cast)
    booked(cast, held, 2)
    if way != "withdrawn before a release":
        released(cast)
    assert found(cast, Code.DROPPED_WITH_SEATS) == []
    if way == "cancelled":
        cancel(cast, held)
    else:
        slots.withdraw_slot(cast.forum, slot, slot.version, actor=editor(cast), now=NOW)
    [one] = found(cast, Code.DROPPED_WITH_SEATS)
    assert (one.severity, one.facts["seats"], one.session_id) == (Severity.ERROR, 2, held.public_id)
    with pytest.raises(ReleaseStopped):
        released(cast)
    assert call_off(cast.forum, held, reason="The trainer is ill", actor=DESK, now=NOW) == 2
    assert found(cast, Code.DROPPED_WITH_SEATS) == []
    released(cast)


def test_one_of_two_slots_may_go_without_anybody_losing_a_seat(cast: Cast) -> None:
    held, slot = workshop(cast)
    booked(cast, held, 1)
    place = slots.Place(slot.room, slot.local_start.replace(hour=15), 60)
    slots.add_slot(cast.forum, held, place, actor=editor(cast), now=NOW)
    slots.withdraw_slot(cast.forum, slot, slot.version, actor=editor(cast), now=NOW)
    assert found(cast, Code.DROPPED_WITH_SEATS) == []


def test_stars_on_a_dropped_item_are_a_warning_until_the_release_has_told_their_owners(cast: Cast) -> None:
    planned(cast)
    held, slot = workshop(cast)
    released(cast)
    for who in ("delegate", "stranger"):
        session.add(Star(forum_id=cast.forum_id, account_id=cast.accounts[who], slot_guid=slot.guid))
    assert found(cast, Code.DROPPED_WITH_SEATS) == []
    cancel(cast, held)
    [one] = found(cast, Code.DROPPED_WITH_SEATS)
    assert (one.severity, one.facts["stars"], one.guids) == (Severity.WARNING, 2, (slot.guid,))
    released(cast)
    assert found(cast, Code.DROPPED_WITH_SEATS) == []
    addresses = [session.get_one(Account, cast.accounts[who]).email for who in ("delegate", "stranger")]
    told = select(OutboxMail.recipient).where(OutboxMail.kind == "agenda_changes")
    assert sorted(session.scalars(told)) == sorted(addresses)


def test_an_item_that_nobody_starred_may_go_quietly(cast: Cast) -> None:
    planned(cast)
    held, _ = workshop(cast)
    released(cast)
    cancel(cast, held)
    assert found(cast, Code.DROPPED_WITH_SEATS) == []


def test_the_standing_takes_no_more_statements_for_more_people(cast: Cast) -> None:
    held, _ = workshop(cast, capacity=40)
    booked(cast, held, 1)
    programme = draft.programme(cast.forum)
    with counted_statements() as few:
        conflicts_of(cast.forum, programme, NOW)
    for number in range(1, 12):
        booking.book(submitted(cast, straight(cast), number), held, actor=SELF, now=NOW)
    with counted_statements() as many:
        conflicts_of(cast.forum, programme, NOW)
    assert len(many) == len(few)


class TestCallingOff:
    """Giving seats back and telling the people."""

    def test_everybody_with_a_seat_or_in_line_is_told_in_their_language(self, cast: Cast) -> None:
        held, _ = workshop(cast, capacity=1)
        released(cast)
        people = booked(cast, held, 2)
        people[1].mail_language = "zh"
        cancel(cast, held)
        assert call_off(cast.forum, held, reason="讲师因病缺席", actor=DESK, now=NOW) == 2
        letters = session.scalars(
            select(OutboxMail).where(OutboxMail.kind == "registration_called_off").order_by(OutboxMail.id)
        ).all()
        assert [letter.language for letter in letters] == ["en", "zh"]
        assert "“Workshop” does not take place" in letters[0].body
        assert "工作坊" in letters[1].body
        assert all("讲师因病缺席" in letter.body for letter in letters)

    def test_counters_and_rows_agree_and_nobody_is_offered_a_seat(self, cast: Cast) -> None:
        held, _ = workshop(cast, capacity=1)
        first, second, _third = booked(cast, held, 3)
        booking.release(first, held, actor=SELF, now=NOW)  # the second one has an offer now
        offer = session.scalars(select(WaitingEntry).where(WaitingEntry.participation_id == second.id)).one()
        assert offer.state is WaitingState.OFFERED
        cancel(cast, held)
        assert call_off(cast.forum, held, reason="Ill", actor=DESK, now=NOW) == 2
        assert seats.reconcile(cast.forum) == []
        counter = seats.counter(seats.of_session(held))
        assert counter is not None
        assert counter.taken == 0
        assert set(session.scalars(select(SessionSeat.state))) == {SeatState.RELEASED}
        assert set(session.scalars(select(WaitingEntry.state))) == {WaitingState.REMOVED}

    def test_done_twice_it_tells_nobody_again(self, cast: Cast) -> None:
        held, _ = workshop(cast)
        booked(cast, held, 1)
        cancel(cast, held)
        assert call_off(cast.forum, held, reason="Ill", actor=DESK, now=NOW) == 1
        assert call_off(cast.forum, held, reason="Ill", actor=DESK, now=NOW) == 0

    def test_a_session_that_takes_place_keeps_its_people(self, cast: Cast) -> None:
        held, _ = workshop(cast)
        booked(cast, held, 1)
        with pytest.raises(StillTakesPlace):
            call_off(cast.forum, held, reason="Ill", actor=DESK, now=NOW)
        assert granted_seats(cast.forum) == {held.public_id: 1}

    def test_it_asks_for_a_reason_and_leaves_no_name_in_the_audit(self, cast: Cast) -> None:
        held, _ = workshop(cast)
        booked(cast, held, 1)
        cancel(cast, held)
        with pytest.raises(ReasonNeeded):
            call_off(cast.forum, held, reason=" ", actor=DESK, now=NOW)
        call_off(cast.forum, held, reason="Ill", actor=DESK, now=NOW)
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "call_off")).one()
        assert '"people":1' in entry.body
        assert "Martin" not in entry.body

    def test_nobody_books_a_session_out_of_the_timetable(self, cast: Cast) -> None:
        held, slot = workshop(cast)
        released(cast)
        one = submitted(cast, straight(cast), 1)
        slots.withdraw_slot(cast.forum, slot, slot.version, actor=editor(cast), now=NOW)
        session.expire_all()
        with pytest.raises(NotBookable):
            booking.book(one, held, actor=SELF, now=NOW)


@pytest.fixture
def dropped(app: Flask, cast: Cast) -> str:
    """A cancelled workshop in which two people have seats, committed: its public id."""
    session.rollback()
    begin_writing()
    held, _ = workshop(cast)
    booked(cast, held, 2)
    cancel(cast, held)
    public_id = held.public_id
    session.commit()
    session.remove()
    return public_id


HERE = "/en/forums/hangzhou-test/desk"


def test_the_desk_leads_from_the_conflict_to_the_mail(app: Flask, cast: Cast, dropped: str) -> None:
    client = cast.client("organiser")
    page = client.get(f"{HERE}/conflicts")
    assert "people hold seats in it: 2." in page.text
    assert f"/desk/agenda/sessions/{dropped}" in page.text
    assert "people hold seats in it: 2." in client.get(f"{HERE}/agenda/sessions/{dropped}").text
    address = f"{HERE}/seats/{dropped}/call-off"
    assert address in client.get(f"{HERE}/seats").text
    asked = client.get(address)
    assert len(re.findall(r"<h1[ >]", asked.text)) == 1
    assert client.submit(address, {"reason": ""}).status_code == 422
    assert client.submit(address, {"reason": "The trainer is ill"}).status_code == 303
    assert address not in client.get(f"{HERE}/seats").text
    assert "people hold seats" not in client.get(f"{HERE}/conflicts").text


@pytest.mark.parametrize("who", ["agenda", "viewer", "neighbour", "delegate"])
def test_others_take_nobodys_seat(cast: Cast, dropped: str, who: str) -> None:
    assert cast.client(who).get(f"{HERE}/seats/{dropped}/call-off").status_code == 404


def test_a_session_of_another_forum_is_not_called_off_here(cast: Cast, dropped: str) -> None:
    elsewhere = f"/en/forums/elsewhere-test/desk/seats/{dropped}/call-off"
    assert cast.client("neighbour").get(elsewhere).status_code == 404
