"""What liaison work holds about somebody can be read by them, and leaves with them."""

from __future__ import annotations

from datetime import timedelta

from forum.core.database import session
from forum.liaisons import own_data
from forum.liaisons.models import ContactRole
from forum.liaisons.operations.drafting import Person
from forum.liaisons.queries import obligations
from forum.liaisons.states import ObligationState
from tests.conftest import START
from tests.liaisons.committees import Desk


def test_somebody_reads_what_they_owe_and_where_they_are_named(desk: Desk) -> None:
    address = desk.account("door").email.upper()
    desk.received("agenda", contacts=(Person(ContactRole.TECHNICAL, "Ren", "Office", address),))
    owner = own_data.sections(desk.cast.accounts["agenda"], START)
    assert [each["title"] for each in owner] == ["Answer owed by you", "Liaison statements"]
    assert any("SG20-LS 12" in str(value) for _name, value in owner[0]["entries"])
    named = own_data.sections(desk.cast.accounts["door"], START)
    assert [each["title"] for each in named] == ["Named as a contact"]
    assert ("Mail address", address) in named[0]["entries"]
    assert own_data.sections(desk.cast.accounts["delegate"], START) == []


def test_a_closed_account_leaves_no_address_and_its_answers_to_another_owner(desk: Desk) -> None:
    mail = desk.account("agenda").email
    other = Person(ContactRole.TO, "Counsellor Moreau", "ITU", "sg20@itu.example")
    statement = desk.received("agenda", contacts=(other, Person(ContactRole.TECHNICAL, "Su", "Office", mail)))
    own_data.erase_for(desk.cast.accounts["agenda"], START)
    session.expire_all()
    assert {(each.name, each.email) for each in statement.contacts} == {
        ("", ""),
        ("Counsellor Moreau", "sg20@itu.example"),
    }
    row = obligations.of_statement(statement.id)
    assert row is not None
    assert row.owner_id != desk.cast.accounts["agenda"]
    assert row.is_owed


def test_an_answer_that_was_given_stays_with_who_gave_it(desk: Desk) -> None:
    statement = desk.received("agenda")
    row = obligations.of_statement(statement.id)
    assert row is not None
    row.state, row.answered_at = ObligationState.ANSWERED, START
    session.flush()
    own_data.erase_for(desk.cast.accounts["agenda"], START + timedelta(days=1))
    assert row.owner_id == desk.cast.accounts["agenda"]
