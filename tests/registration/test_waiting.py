"""Waiting lists: a freed seat becomes a personal offer and is never sold to a newcomer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.core.database import begin_writing, session
from forum.core.workflow import UnlawfulAction
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.errors import CapBelowTaken, NotYetApproved
from forum.registration.models import Category, Participation, WaitingEntry
from forum.registration.operations import booking, queue, waiting
from forum.registration.operations.life import perform
from forum.registration.operations.news import News
from forum.registration.rules.offers import length_of, offer_until
from forum.registration.states import ParticipationState, SeatState, WaitingState
from tests.cast import Cast
from tests.registration.people import DESK, NOW, SELF, straight, submitted

SHANGHAI = ZoneInfo("Asia/Shanghai")


def entry_of(one: Participation) -> WaitingEntry:
    newest = select(WaitingEntry).where(WaitingEntry.participation_id == one.id).order_by(WaitingEntry.id.desc())
    found = session.scalars(newest).first()
    assert found is not None
    return found


def taken(scope: str) -> int:
    row = seats.counter(scope)
    assert row is not None
    return row.taken


def full_house(cast: Cast, waiters: int) -> tuple[Category, Participation, list[Participation]]:
    kind = straight(cast)
    seats.set_cap(seats.of_category(kind), 1)
    return kind, submitted(cast, kind, 0), [submitted(cast, kind, n) for n in range(1, waiters + 1)]


@pytest.fixture
def books(cast: Cast, writing: None) -> Cast:
    return cast


def test_a_freed_seat_goes_to_the_first_in_line_and_not_to_a_newcomer(books: Cast) -> None:
    kind, holder, (first, second) = full_house(books, 2)
    perform(holder, "withdraw", actor=SELF, now=NOW)
    assert entry_of(first).state is WaitingState.OFFERED
    assert entry_of(second).state is WaitingState.WAITING
    assert taken(seats.of_category(kind)) == taken(seats.of_forum(books.forum)) == 1
    newcomer = submitted(books, kind, 9)
    assert newcomer.state is ParticipationState.WAITLISTED
    answer = waiting.accept(entry_of(first), actor=SELF, now=NOW)
    assert answer.seated
    assert first.state is ParticipationState.APPROVED
    assert len(first.scopes) == 2
    assert seats.reconcile(books.forum) == []


def test_without_the_offer_a_newcomer_would_get_the_seat(books: Cast) -> None:
    """The negative control: giving the seat back openly lets the newcomer pass those who wait."""
    kind, holder, (first,) = full_house(books, 1)
    seats.free(holder)
    entry_of(first).state = WaitingState.REMOVED
    session.flush()
    assert submitted(books, kind, 9).state is ParticipationState.APPROVED


def test_a_declined_offer_goes_on(books: Cast) -> None:
    _kind, holder, (first, second) = full_house(books, 2)
    perform(holder, "withdraw", actor=SELF, now=NOW)
    waiting.decline(entry_of(first), actor=SELF, now=NOW)
    assert entry_of(second).state is WaitingState.OFFERED
    with pytest.raises(UnlawfulAction):
        waiting.decline(entry_of(first), actor=SELF, now=NOW)
    assert seats.reconcile(books.forum) == []


def test_an_offer_ends_when_somebody_looks_and_the_job_moves_the_seat_on(books: Cast) -> None:
    _kind, holder, (first, second) = full_house(books, 2)
    perform(holder, "withdraw", actor=SELF, now=NOW)
    end = entry_of(first).offer_until
    assert end is not None
    assert waiting.stands(entry_of(first), end - timedelta(seconds=1))
    assert not waiting.stands(entry_of(first), end)
    assert waiting.expire_due(end - timedelta(seconds=1)) == 0
    assert waiting.expire_due(end) == 1
    assert (entry_of(first).state, entry_of(second).state) == (WaitingState.EXPIRED, WaitingState.OFFERED)


def test_who_accepts_too_late_stands_in_line_anew(books: Cast) -> None:
    _kind, holder, (first, second) = full_house(books, 2)
    perform(holder, "withdraw", actor=SELF, now=NOW)
    late = NOW + timedelta(days=5)
    answer = waiting.accept(entry_of(first), actor=SELF, now=late)
    assert (answer.seated, answer.place) == (False, 1)
    assert first.state is ParticipationState.WAITLISTED
    assert entry_of(second).state is WaitingState.OFFERED
    assert seats.reconcile(books.forum) == []


def test_who_accepts_too_late_gets_a_seat_that_nobody_else_wants(books: Cast) -> None:
    _kind, holder, (only,) = full_house(books, 1)
    perform(holder, "withdraw", actor=SELF, now=NOW)
    assert waiting.accept(entry_of(only), actor=SELF, now=NOW + timedelta(days=5)).seated
    assert only.state is ParticipationState.APPROVED
    assert seats.reconcile(books.forum) == []


def test_leaving_with_an_offer_passes_the_seat_on_and_withdrawing_too(books: Cast) -> None:
    _kind, holder, (first, second) = full_house(books, 2)
    perform(holder, "withdraw", actor=SELF, now=NOW)
    perform(first, "withdraw", actor=SELF, now=NOW)
    assert entry_of(first).state is WaitingState.LEFT
    assert entry_of(second).state is WaitingState.OFFERED


def test_priority_goes_first_and_a_seat_that_does_not_fit_is_skipped(books: Cast) -> None:
    _kind, holder, (first, second) = full_house(books, 2)
    other = straight(books)
    waiting.prefer(entry_of(second), 5, actor=DESK, now=NOW, reason="Speaker")
    entry_of(second).scopes = [*entry_of(second).scopes, "category:nowhere"]
    seats.ensure(books.forum_id, "category:nowhere", cap=0)
    session.flush()
    perform(holder, "withdraw", actor=SELF, now=NOW)
    assert entry_of(second).skipped == 1
    assert entry_of(first).state is WaitingState.OFFERED
    assert other.waiting_list


def test_a_raised_limit_offers_its_seats_to_the_line(books: Cast) -> None:
    kind, _holder, (first,) = full_house(books, 1)
    scope = seats.of_category(kind)
    with pytest.raises(CapBelowTaken):
        seats.set_cap(scope, 0)
    seats.set_cap(scope, 2)
    news = News(DESK, NOW)
    queue.hand_out(scope, news)
    news.tell()
    assert entry_of(first).state is WaitingState.OFFERED
    assert (taken(scope), taken(seats.of_forum(books.forum))) == (2, 2)
    assert seats.reconcile(books.forum) == []


def test_a_planted_difference_is_found(books: Cast) -> None:
    kind, _holder, _waiters = full_house(books, 0)
    scope = seats.of_category(kind)
    assert seats.reconcile(books.forum) == []
    seats.give_back([scope])
    assert [(d.scope, d.taken, d.counted) for d in seats.reconcile(books.forum)] == [(scope, 0, 1)]


def bookable(cast: Cast, capacity: int) -> AgendaSession:
    made = AgendaSession(forum_id=cast.forum_id, title_en="Workshop", bookable=True, capacity=capacity)
    session.add(made)
    session.flush()
    return made


def test_a_full_session_offers_the_waiting_list(books: Cast) -> None:
    kind = straight(books)
    one, two, three = (submitted(books, kind, n) for n in (1, 2, 3))
    workshop = bookable(books, 1)
    assert booking.book(one, workshop, actor=SELF, now=NOW).state is SeatState.GRANTED
    assert booking.book(one, workshop, actor=SELF, now=NOW).state is SeatState.GRANTED
    assert booking.book(two, workshop, actor=SELF, now=NOW).state is SeatState.WAITLISTED
    booking.release(one, workshop, actor=SELF, now=NOW)
    booking.release(one, workshop, actor=SELF, now=NOW)
    assert booking.book(three, workshop, actor=SELF, now=NOW).state is SeatState.WAITLISTED
    waiting.accept(entry_of(two), actor=SELF, now=NOW)
    seat = booking.seat_of(two, workshop)
    assert seat is not None
    assert seat.state is SeatState.GRANTED
    perform(two, "withdraw", actor=SELF, now=NOW)
    assert entry_of(three).state is WaitingState.OFFERED
    assert seats.reconcile(books.forum) == []


def test_only_approved_people_book(books: Cast) -> None:
    kind, _holder, (waiter,) = full_house(books, 1)
    assert kind.waiting_list
    with pytest.raises(NotYetApproved):
        booking.book(waiter, bookable(books, 5), actor=SELF, now=NOW)


def test_the_secret_link_shows_by_get_and_acts_by_post(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        _kind, holder, (first,) = full_house(cast, 1)
        perform(holder, "withdraw", actor=SELF, now=NOW)
        mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "registration_offer")).one()
        address = re.search(r"http://forum\.test(\S+/offers/\S+)", mail.body)
        first_id = first.id
        session.commit()
    assert address is not None
    visitor = cast.client()
    for _ in range(3):
        page = visitor.get(address[1])
        assert page.status_code == 200
        assert "Accept the seat" in page.text
    with cast.app.app_context():
        assert session.get_one(Participation, first_id).state is ParticipationState.WAITLISTED
    answer = visitor.submit(address[1], {"answer": "accept"})
    assert answer.status_code == 303
    assert visitor.get(answer.location).status_code == 200
    with cast.app.app_context():
        assert session.get_one(Participation, first_id).state is ParticipationState.APPROVED
    assert visitor.get(address[1]).status_code == 404


def test_an_offer_stands_for_a_day_of_waking_hours() -> None:
    start = datetime(2027, 4, 20, tzinfo=UTC)
    at = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai
    assert offer_until(at, start, SHANGHAI) == datetime(2027, 3, 2, 14, 0, tzinfo=UTC)
    assert offer_until(at.replace(hour=16), start, SHANGHAI) > at + timedelta(hours=24)


def test_an_offer_is_shorter_near_the_start_but_never_below_half_an_hour() -> None:
    start = datetime(2027, 4, 20, 0, 0, tzinfo=UTC)
    assert length_of(start - timedelta(hours=8), start) == timedelta(hours=2)
    assert length_of(start - timedelta(minutes=20), start) == timedelta(minutes=30)
    night = start - timedelta(hours=9)
    assert offer_until(night, start, SHANGHAI) == night + timedelta(hours=2, minutes=15)
