"""Seats: never oversold however many try at once; all counters or none."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from forum.core.database import begin_writing, session
from forum.registration import seats
from forum.registration.errors import CapBelowTaken, SeatsTaken
from forum.registration.models import SeatCounter
from tests.cast import Cast

WORKERS, TRIES, SEATS = 6, 12, 25


def planted(cast: Cast, *caps: int | None) -> list[str]:
    scopes = [f"test:{number}" for number in range(len(caps))]
    with cast.app.app_context():
        begin_writing()
        for scope, cap in zip(scopes, caps, strict=True):
            seats.ensure(cast.forum_id, scope, cap=cap)
        session.commit()
    return scopes


def taken(app: Flask, scope: str) -> int:
    with app.app_context():
        row = seats.counter(scope)
        assert row is not None
        return row.taken


def race(app: Flask, once: Callable[[random.Random], bool]) -> tuple[int, list[BaseException]]:
    """Let several threads try at once; return how many succeeded and what went wrong."""
    start, sold, faults = threading.Barrier(WORKERS), [0] * WORKERS, []

    def work(number: int) -> None:
        chance = random.Random(number)
        start.wait()
        for _ in range(TRIES):
            with app.app_context():
                try:
                    begin_writing()
                    sold[number] += once(chance)
                    session.commit()
                except BaseException as fault:  # noqa: BLE001 - every fault is counted
                    session.rollback()
                    faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(sold), faults


def test_seats_are_never_oversold(cast: Cast) -> None:
    (scope,) = planted(cast, SEATS)

    def once(_chance: random.Random) -> bool:
        try:
            seats.hold([scope])
        except SeatsTaken:
            return False
        return True

    sold, faults = race(cast.app, once)
    assert faults == []
    assert sold == taken(cast.app, scope) == SEATS


def test_without_the_guard_the_same_race_oversells_or_breaks_the_last_line(cast: Cast) -> None:
    """The negative control: reading first and writing what was read loses count."""
    (scope,) = planted(cast, None)
    gate = threading.Barrier(WORKERS)
    sold = []

    def work() -> None:
        with cast.app.app_context():
            row = seats.counter(scope)
            assert row is not None
            seen = row.taken
            session.rollback()
            gate.wait()
            if seen < 1:
                begin_writing()
                session.execute(update(SeatCounter).where(SeatCounter.scope == scope).values(taken=seen + 1))
                session.commit()
                sold.append(1)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sold) > taken(cast.app, scope) == 1


def test_several_counters_in_random_order_neither_lock_up_nor_stay_half_taken(cast: Cast) -> None:
    scopes = planted(cast, SEATS, SEATS * 2, SEATS * 3)

    def once(chance: random.Random) -> bool:
        wishes = chance.sample(scopes, len(scopes))
        try:
            seats.hold(wishes)
        except SeatsTaken:
            return False
        return True

    sold, faults = race(cast.app, once)
    assert faults == []
    assert sold == SEATS
    assert [taken(cast.app, scope) for scope in scopes] == [SEATS] * 3


@pytest.mark.usefixtures("cast", "writing")
class TestOneAtATime:
    """What the counters do when nobody else is there."""

    def test_a_full_later_counter_gives_back_the_earlier_ones(self, cast: Cast) -> None:
        seats.ensure(cast.forum_id, "a:open")
        seats.ensure(cast.forum_id, "b:full", cap=0)
        with pytest.raises(SeatsTaken):
            seats.hold(["b:full", "a:open"])
        assert seats.counters(["a:open"])["a:open"].taken == 0

    def test_a_party_takes_all_its_seats_or_none(self, cast: Cast) -> None:
        seats.ensure(cast.forum_id, "party", cap=4)
        seats.hold(["party"], 3)
        with pytest.raises(SeatsTaken):
            seats.hold(["party"], 2)
        seats.hold(["party"])
        seats.give_back(["party"], 4)
        assert seats.counters(["party"])["party"].taken == 0

    def test_a_limit_cannot_fall_below_what_is_taken(self, cast: Cast) -> None:
        seats.ensure(cast.forum_id, "hall", cap=5)
        seats.hold(["hall"], 3)
        with pytest.raises(CapBelowTaken, match="3 seats are taken"):
            seats.set_cap("hall", 2)
        seats.set_cap("hall", 3)
        seats.set_cap("hall", None)

    def test_an_unknown_scope_is_a_fault_and_not_a_seat(self) -> None:
        with pytest.raises(SeatsTaken):
            seats.hold(["nowhere"])
        with pytest.raises(LookupError):
            seats.set_cap("nowhere", 3)
