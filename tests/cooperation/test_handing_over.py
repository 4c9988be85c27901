"""Handing over: a city's only liaison doesn't go without a note."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.accounts.models import AccountState
from forum.accounts.operations import close_account
from forum.cooperation import errors
from forum.cooperation.operations.handing_over import write_note
from forum.cooperation.queries import handover
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.offices import operations as offices
from forum.offices.models import Office
from tests.conftest import START
from tests.cooperation.pair import Pair, city, handed, held, planned
from tests.statements import counted_statements


def office(pair: Pair, who: str) -> Office:
    return session.scalars(select(Office).where(Office.account_id == pair.cast.accounts[who])).one()


def test_the_only_liaison_is_asked_for_a_note_before_the_account_closes(pair: Pair) -> None:
    account = pair.cast.account("focal")
    with pytest.raises(errors.HandoverNeeded) as refused:
        close_account(account, actor=account.actor(), now=START)
    assert "(1)" in str(refused.value)
    assert account.closed_at is None
    write_note(office(pair, "focal"), Text("Call on Mondays."), actor=account.actor(), now=START)
    close_account(account, actor=account.actor(), now=START)
    assert account.state is AccountState.CLOSED


def test_the_office_is_not_ended_either(pair: Pair) -> None:
    held_office = office(pair, "focal")
    with pytest.raises(errors.HandoverNeeded):
        offices.end(held_office, actor=SYSTEM, now=START)
    assert held_office.ended_at is None
    write_note(held_office, Text(zh="每周一通话。"), actor=pair.actor("focal"), now=START)
    offices.end(held_office, actor=SYSTEM, now=START)
    assert held_office.ended_at == START


def test_who_has_a_colleague_no_partnerships_or_another_role_goes_freely(pair: Pair) -> None:
    for who in ("delegate", "other_focal", "viewer"):
        offices.end(office(pair, who), actor=SYSTEM, now=START)
    with pytest.raises(errors.HandoverNeeded):  # the colleague has become the only one
        offices.end(office(pair, "door"), actor=SYSTEM, now=START)
    pair.partnership.closed_at = START
    session.flush()
    offices.end(office(pair, "door"), actor=SYSTEM, now=START)


def test_a_note_has_words_and_is_written_by_the_liaison(pair: Pair) -> None:
    with pytest.raises(errors.NoteEmpty):
        write_note(office(pair, "focal"), Text(), actor=pair.actor("focal"), now=START)
    with pytest.raises(NotFound):
        write_note(office(pair, "focal"), Text("x"), actor=pair.actor("delegate"), now=START)


def test_the_page_holds_promises_dates_people_last_contact_and_open_points(pair: Pair) -> None:
    held(pair)
    planned(pair)
    handed(pair)
    (matter,) = handover.of_city(city("Lyon").id)
    assert matter.partnership.id == pair.partnership.id
    assert matter.version is not None
    assert len(matter.contacts) == 2
    assert len(matter.activities) == 1
    assert matter.evidence_waiting == 1
    assert matter.last_contact is not None
    assert matter.last_contact.isoformat() == "2027-02-11"
    assert handover.of_city(city("Osaka").id) == ()


def test_the_page_asks_a_bounded_number_of_statements(pair: Pair) -> None:
    lyon = city("Lyon").id
    counts = []
    for number in (1, 20):
        for _ in range(number):
            planned(pair)
        session.expire_all()
        with counted_statements() as seen:
            handover.of_city(lyon)
        counts.append(len(seen))
    assert counts[1] <= counts[0]
