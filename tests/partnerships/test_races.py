"""Two who act at once: each is counted once, and nobody twice."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from forum.core.database import begin_writing, session
from forum.core.refusals import Refusal
from forum.partnerships.errors import ActedAlready, OpenAlready
from forum.partnerships.models import AgreementVersion, Approval, Instrument, Partnership, TransitionRecord
from forum.partnerships.operations.proposing import propose
from forum.partnerships.states import VersionState
from forum.places.models import City
from tests.cast import Cast
from tests.partnerships.people import NOW, Officer, act, at_nation, proposal, world


def _approve_at_once(cast: Cast, version_id: int, people: list[Officer], seen: str) -> list[Refusal | None]:
    answers: list[Refusal | None] = []
    start = threading.Barrier(len(people))

    def work(who: Officer) -> None:
        start.wait()
        with cast.app.app_context():
            begin_writing()
            try:
                act(session.get_one(AgreementVersion, version_id), "approve", who, seen=seen)
                session.commit()
                answers.append(None)
            except Refusal as refusal:
                session.rollback()
                answers.append(refusal)

    threads = [threading.Thread(target=work, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("same", [False, True])
def test_two_people_at_once_are_two_approvals_and_one_in_two_windows_is_one(cast: Cast, same: bool) -> None:
    with cast.app.app_context():
        begin_writing()
        of = world()
        version = at_nation(of)
        version_id, seen = version.id, version.stamp
        session.commit()
    people = [of["approver"], of["approver"] if same else of["second_approver"]]
    answers = _approve_at_once(cast, version_id, people, seen)
    with cast.app.app_context():
        state = session.get_one(AgreementVersion, version_id).state
        approvals = session.scalar(select(func.count()).select_from(Approval))
        moved = session.scalar(select(func.count()).where(TransitionRecord.action == "approve"))
    if same:
        assert [type(answer) for answer in answers if answer] == [ActedAlready]
        assert (state, approvals, moved) == (VersionState.NATIONAL_REVIEW, 1, 0)
    else:
        assert answers == [None, None]
        assert (state, approvals, moved) == (VersionState.APPROVED, 2, 1)


def test_one_of_two_equal_proposals_at_once_is_kept(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        of = world()
        cities, liaison = [of.cities[name].id for name in ("Wenzhou", "Nantes")], of["liaison"]
        session.commit()
    answers: list[str] = []
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        with cast.app.app_context():
            begin_writing()
            inviting, invited = (session.get_one(City, number) for number in cities)
            try:
                made = propose(
                    inviting, [invited], proposal(instrument=Instrument.INTENT), actor=liaison.actor, now=NOW
                )
                answers.append(made.partnership.number)
                session.commit()
            except OpenAlready:
                session.rollback()
                answers.append("open already")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "open already" in answers
    with cast.app.app_context():
        assert session.scalar(select(func.count()).select_from(Partnership)) == 1
