"""Forgetting in time: each class goes when it is due, a trace stays, and nothing else is touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from forum.audit.models import AuditEntry
from forum.audit.queries import broken_at, chains
from forum.core.database import session
from forum.events.models import Forum
from forum.people.models import Person, PersonKey
from forum.registration import seats
from forum.registration.models import Consent, Participation, SealedField, StaffNote, Tombstone
from forum.registration.operations.life import perform
from forum.registration.operations.notes import write_note
from forum.registration.operations.registering import Application, begin
from forum.registration.operations.retention import purge
from forum.registration.operations.sealed import seal_fields
from forum.registration.states import ParticipationState
from tests.cast import Cast
from tests.registration.people import DESK, NOW, category, delegation, drafted, straight, submitted

pytestmark = pytest.mark.usefixtures("cast", "writing")
END = datetime(2027, 4, 22, 16, 0, tzinfo=UTC)  # midnight in Hangzhou after the last day
VALUES = {
    "passport_number": "X1234567",
    "birth_date": "1980-05-31",
    "phone": "+33472103030",
    "arrival": "MU570",
    "diet": "vegan",
    "medical_note": "insulin",
}


def filled(cast: Cast, number: int = 1) -> Participation:
    row = submitted(cast, straight(cast), number)
    seal_fields(row, VALUES, now=NOW)
    return row


def untouched(draft: Participation) -> Participation:
    """Date a draft's last change by the story's clock."""
    draft.updated_at = NOW
    session.flush()
    return draft


def left() -> set[str]:
    return set(session.scalars(select(SealedField.field)))


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        (timedelta(seconds=-1), set()),
        (timedelta(0), {"medical_note"}),
        (timedelta(days=7), {"medical_note", "diet"}),
        (timedelta(days=30, seconds=-1), {"medical_note", "diet"}),
        (timedelta(days=30), {"medical_note", "diet", "passport_number", "birth_date", "arrival"}),
        (timedelta(days=400), set(VALUES)),
    ],
)
def test_exactly_the_due_classes_are_gone(cast: Cast, after: timedelta, gone: set[str]) -> None:
    filled(cast)
    purge(END + after)
    assert set(VALUES) - left() == gone


def test_a_second_run_deletes_nothing_more(cast: Cast) -> None:
    filled(cast)
    first = purge(END + timedelta(days=400))
    assert first["identity"] == 2
    assert first["mail"] == 1
    assert purge(END + timedelta(days=400)) == {}


def test_the_key_goes_with_the_last_value(cast: Cast) -> None:
    filled(cast)
    purge(END + timedelta(days=30))
    assert session.scalar(select(func.count()).select_from(PersonKey)) == 1
    purge(END + timedelta(days=365))
    assert session.scalar(select(func.count()).select_from(PersonKey)) == 0


def test_a_tombstone_and_the_audit_say_that_but_not_what(cast: Cast) -> None:
    row = filled(cast)
    purge(END + timedelta(days=400))
    stones = session.scalars(select(Tombstone)).all()
    assert {stone.what for stone in stones} == {"medical", "health", "identity", "travel", "contact", "mail"}
    assert {stone.object_id for stone in stones} == {row.reference}
    bodies = "".join(session.scalars(select(AuditEntry.body).where(AuditEntry.action == "purge")))
    assert '"identity":2' in bodies
    for secret in ("X1234567", "insulin", "lea1@city.example", "Martin"):
        assert secret not in bodies
    assert all(broken_at(head) is None for head in chains())


def test_names_attendance_and_consents_stay_for_the_archive(cast: Cast) -> None:
    row = filled(cast)
    purge(END + timedelta(days=400))
    session.refresh(row.person)
    assert (row.person.family_latin, row.person.email) == ("Martin1", "")
    assert session.scalar(select(func.count()).select_from(Consent)) == 1


def test_an_address_stays_while_a_later_forum_needs_it(cast: Cast) -> None:
    row = filled(cast)
    later = session.get_one(Forum, cast.other_forum_id)
    later.first_day = later.last_day = END.date() + timedelta(days=500)
    kind = straight(cast)
    session.add(
        Participation(
            forum_id=later.id,
            person_id=row.person_id,
            category_id=kind.id,
            number=1,
            state_since=NOW,
            state=ParticipationState.SUBMITTED,
        )
    )
    session.flush()
    purge(END + timedelta(days=400))
    session.refresh(row.person)
    assert row.person.email == "lea1@city.example"


def test_notes_of_the_desk_go_after_a_year(cast: Cast) -> None:
    row = filled(cast)
    write_note(row, "Called back.", actor=DESK, now=NOW)
    purge(END + timedelta(days=364))
    assert session.scalar(select(func.count()).select_from(StaffNote)) == 1
    purge(END + timedelta(days=365))
    assert session.scalar(select(func.count()).select_from(StaffNote)) == 0


def test_a_draft_goes_after_thirty_days_with_its_person(cast: Cast) -> None:
    draft = drafted(cast, category(cast))
    seal_fields(draft, VALUES, now=NOW)
    untouched(draft)
    person_id, public_id = draft.person_id, draft.public_id
    assert purge(NOW + timedelta(days=29)) == {}
    assert purge(NOW + timedelta(days=30)) == {"draft": 1}
    assert session.scalar(select(Participation.id).where(Participation.public_id == public_id)) is None
    assert session.scalar(select(Person.id).where(Person.id == person_id)) is None
    assert left() == set()
    assert session.scalars(select(Tombstone.object_id)).all() == [f"participation:{public_id}"]


def test_a_draft_that_somebody_still_fills_in_stays(cast: Cast) -> None:
    draft = untouched(drafted(cast, category(cast)))
    draft.updated_at = NOW + timedelta(days=20)
    session.flush()
    assert purge(NOW + timedelta(days=31)) == {}
    assert purge(NOW + timedelta(days=50)) == {"draft": 1}


def test_what_was_sent_is_no_draft(cast: Cast) -> None:
    row = submitted(cast, category(cast))
    purge(NOW + timedelta(days=31))
    assert session.scalar(select(Participation.state).where(Participation.id == row.id)) == ParticipationState.SUBMITTED


def test_a_draft_gives_its_quota_back(cast: Cast) -> None:
    member = submitted(cast, straight(cast), delegation=delegation(cast))
    perform(member, "replace", actor=DESK, now=NOW)
    quota = seats.of_delegation(delegation(cast), straight(cast))
    before = seats.counter(quota)
    assert before is not None
    assert before.taken == 1
    untouched(session.scalars(select(Participation).where(Participation.replaces_id == member.id)).one())
    purge(NOW + timedelta(days=30))
    after = seats.counter(quota)
    assert after is not None
    assert after.taken == 0
    assert seats.reconcile(cast.forum) == []


def test_a_person_with_an_account_keeps_it(cast: Cast) -> None:
    account = cast.account("delegate")
    application = Application(category=category(cast), person={"family_latin": "Own", "email": "own@city.example"})
    draft = begin(cast.forum, application, actor=account.actor("delegate"), now=NOW)
    person_id = untouched(draft).person_id
    assert purge(NOW + timedelta(days=30)) == {"draft": 1}
    assert session.scalar(select(Person.id).where(Person.id == person_id)) == person_id
