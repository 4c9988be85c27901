"""Registering, sending twice and withdrawing at once: nothing oversold, doubled, lost or locked up."""

from __future__ import annotations

import random
import threading

from sqlalchemy import func, select

from forum.core.database import begin_writing, session
from forum.registration import seats
from forum.registration.models import Category, Participation, WaitingEntry
from forum.registration.operations.life import perform
from forum.registration.operations.registering import register
from forum.registration.states import SEATED_STATES, ParticipationState, WaitingState
from tests.cast import Cast
from tests.registration.people import NOW, SELF, application, delegation, straight

WORKERS, TRIES, SEATS = 6, 8, 10


def test_a_rush_of_forms_and_withdrawals_keeps_every_seat_true(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        kind_id = straight(cast).id
        scope = seats.of_category(straight(cast))
        seats.set_cap(scope, SEATS)
        session.commit()
    faults: list[BaseException] = []
    start = threading.Barrier(WORKERS)

    def work(worker: int) -> None:
        chance = random.Random(worker)
        start.wait()
        for number in range(TRIES):
            key, twice = f"{worker}-{number}", number % 3 == 0
            for _ in range(2 if twice else 1):
                with cast.app.app_context():
                    try:
                        begin_writing()
                        kind = session.get_one(Category, kind_id)
                        group = delegation(cast) if number % 2 else None
                        form = application(kind, worker * 100 + number, delegation=group)
                        one = register(cast.forum, form, form_key=key, body_hash=key, actor=SELF, now=NOW)
                        if not twice and chance.random() < 0.4:
                            perform(one, "withdraw", actor=SELF, now=NOW)
                        session.commit()
                    except BaseException as fault:  # noqa: BLE001 - every fault is counted
                        session.rollback()
                        faults.append(fault)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with cast.app.app_context():
        assert session.scalar(select(func.count()).select_from(Participation)) == WORKERS * TRIES
        assert seats.reconcile(cast.forum) == []
        seated = select(func.count()).where(Participation.state.in_(sorted(SEATED_STATES)))
        offered = select(func.count()).where(WaitingEntry.state == WaitingState.OFFERED)
        waiting = select(func.count()).where(Participation.state == ParticipationState.WAITLISTED)
        taken = seats.counters([scope])[scope].taken
        assert (session.scalar(seated) or 0) + (session.scalar(offered) or 0) == taken
        assert taken == SEATS or not session.scalar(waiting)
        assert taken <= SEATS
