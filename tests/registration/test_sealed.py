"""Sealed values: unreadable in the files of the database, bound to their place, opened with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.audit.queries import history
from forum.core.actor import Actor
from forum.core.database import begin_writing, db, session
from forum.core.refusals import Word
from forum.core.sealing import SealBroken
from forum.people.models import PersonKey
from forum.registration.errors import Erased, NotYoursToOpen, ReasonForReveal
from forum.registration.models import Participation, SealedField
from forum.registration.notices import NOTICES
from forum.registration.operations import sealed
from forum.registration.operations.registering import begin
from forum.registration.own_data import erase_for, sections
from tests.cast import Cast
from tests.conftest import ENGINE
from tests.registration.people import DESK, NOW, application, category, drafted

CANARIES = {
    "passport_number": "PX7788990",
    "birth_date": "1971-02-03",
    "phone": "+33472103030",
    "allergies": "sesame-canary",
    "medical_note": "insulin-canary",
    "arrival": "flight-canary-118",
}


@pytest.fixture
def one(cast: Cast, writing: None) -> Participation:
    made = drafted(cast, category(cast))
    sealed.seal_fields(made, CANARIES, now=NOW)
    return made


def stored_bytes(app: Flask) -> bytes:
    """Everything the database keeps, as it lies on the disk or comes over the wire."""
    if ENGINE == "sqlite":
        path = Path(str(db.engine.url.database))
        return b"".join(p.read_bytes() for p in path.parent.glob(f"{path.name}*"))
    rows = [str(row) for table in reversed(db.metadata.sorted_tables) for row in session.execute(select(table))]
    return "\n".join(rows).encode()


def test_no_sealed_value_can_be_read_in_the_database(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        made = drafted(cast, category(cast))
        sealed.seal_fields(made, CANARIES, now=NOW)
        made.organisation_name_en = "visible-control"
        session.commit()
        content = stored_bytes(cast.app)
    assert b"visible-control" in content  # the search does find what isn't sealed
    for canary in CANARIES.values():
        assert canary.encode() not in content, canary


def test_only_the_end_of_some_values_is_shown(one: Participation) -> None:
    hints = sealed.hints(one)
    assert (hints["passport_number"], hints["phone"]) == ("8990", "3030")
    assert {hints[name] for name in CANARIES if name not in {"passport_number", "phone"}} == {""}
    assert sealed.hint(one, "departure") is None


def test_a_value_opens_with_a_reason_and_the_audit_keeps_it_without_the_value(one: Participation) -> None:
    with pytest.raises(ReasonForReveal):
        sealed.reveal(one, "passport_number", reason=" ", actor=DESK, now=NOW)
    text = sealed.reveal(one, "passport_number", reason="Visa letter", actor=DESK, now=NOW)
    assert text == CANARIES["passport_number"]
    entry = history("participation", one.public_id)[0]
    assert entry.action == "reveal"
    assert text not in entry.body
    assert "Visa letter" in entry.body


def test_a_value_moved_to_another_field_does_not_open(one: Participation) -> None:
    stolen = session.scalars(select(SealedField.sealed).where(SealedField.field == "passport_number")).one()
    session.execute(update(SealedField).where(SealedField.field == "allergies").values(sealed=stolen))
    session.expire_all()
    with pytest.raises(SealBroken):
        sealed.opened(one)


def test_the_same_passport_is_found_however_it_was_typed(cast: Cast, one: Participation) -> None:
    twin = drafted(cast, category(cast), 2)
    sealed.seal_field(twin, "passport_number", "px 778-8990", now=NOW)
    other = drafted(cast, category(cast), 3)
    sealed.seal_field(other, "passport_number", "PX7788991", now=NOW)
    assert sealed.duplicates(one) == [twin.id]


def test_an_erased_person_has_no_key_and_no_values(one: Participation) -> None:
    sealed.erase(one.person)
    assert session.get(PersonKey, one.person_id) is None
    assert sealed.hints(one) == {}
    with pytest.raises(Erased):
        sealed.reveal(one, "phone", reason="Call", actor=DESK, now=NOW)


def test_the_medical_note_opens_as_its_consent_says(one: Participation) -> None:
    officer = Actor("account:officer", roles=frozenset({"registration", "admin"}))
    with pytest.raises(NotYoursToOpen):
        sealed.reveal(one, "medical_note", reason="Curious", actor=officer, now=NOW)
    assert sealed.reveal(one, "medical_note", reason="Doctor", actor=DESK, now=NOW) == CANARIES["medical_note"]
    assert "organiser's office" in NOTICES["medical"].who


def test_somebodys_own_copy_holds_everything_and_erasing_leaves_nothing(cast: Cast, writing: None) -> None:
    delegate = cast.account("delegate").actor("delegate")
    made = begin(cast.forum, application(category(cast), for_self=True), actor=delegate, now=NOW)
    sealed.seal_fields(made, CANARIES, now=NOW)
    account_id = cast.accounts["delegate"]
    copy = str(sections(account_id, NOW))
    held = [value for section in sections(account_id, NOW) for name, value in section["entries"] if name == "State"]
    assert held, "the copy names the state"
    assert all(isinstance(value, Word) for value in held), "and says it in the reader's language"
    assert all(canary in copy for canary in CANARIES.values())
    assert "Martin1" in copy
    public_id = made.public_id
    erase_for(account_id, NOW)
    assert sections(account_id, NOW) == []
    kept = session.scalars(select(Participation).where(Participation.public_id == public_id)).one()
    assert (kept.state, kept.search, kept.organisation_name_en, kept.person.family_latin) == ("withdrawn", "", None, "")
    assert session.scalars(select(SealedField)).all() == []
