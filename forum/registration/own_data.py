"""What the registration holds about somebody, for their own copy, and how it is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from forum.agenda.models import AgendaSession
from forum.agenda.operations.naming import show_anew
from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.core.refusals import N_, Word
from forum.people import operations as people
from forum.people.models import Person
from forum.people.queries import all_of_account
from forum.ports.files.keeping import delete as delete_file
from forum.ports.files.models import StoredFile
from forum.registration.errors import Erased
from forum.registration.models import Consent, FocalPoint, Participation, RequiredDocument, SessionSeat, StaffNote
from forum.registration.operations import life, sealed
from forum.registration.operations.links import revoke_link
from forum.registration.operations.news import News
from forum.registration.rules.fields import ATTENDANCES, DOCUMENT_KINDS, SEALED_FIELDS
from forum.registration.states import PARTICIPATION_STATES, SEAT_STATES

Section = dict[str, Any]
MAIL_LANGUAGES = {"en": N_("English"), "zh": N_("Chinese")}


def _participations(persons: Sequence[Person]) -> Sequence[Participation]:
    return session.scalars(
        select(Participation).where(Participation.person_id.in_([one.id for one in persons])).order_by(Participation.id)
    ).all()


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return everything held about the person of an account, sealed values opened for them alone."""
    persons = all_of_account(account_id)
    found = [_person_section(person) for person in persons]
    found += [_participation_section(one) for one in _participations(persons)]
    return found


def _person_section(person: Person) -> Section:
    labels = {
        "family_latin": N_("Family name"),
        "given_latin": N_("Given name"),
        "name_zh": N_("Name in Chinese characters"),
        "native_name": N_("Name in another script"),
        "passport_surname": N_("Surname as in the passport"),
        "passport_given": N_("Given names as in the passport"),
        "honorific": N_("Honorific"),
        "pronunciation": N_("How the name is pronounced"),
        "email": N_("Mail address"),
        "country_iso2": N_("Country or region"),
        "biography_en": N_("Biography (English)"),
        "biography_zh": N_("Biography (Chinese)"),
    }
    entries = [(label, getattr(person, name)) for name, label in labels.items() if getattr(person, name)]
    return {"title": N_("Person"), "entries": entries}


def _participation_section(one: Participation) -> Section:
    entries: list[tuple[str, Any]] = [
        (N_("Forum"), one.forum.text("title").joined()),
        (N_("Registration number"), f"{one.number:04d}"),
        (N_("State"), Word(PARTICIPATION_STATES[one.state])),
        (N_("Category"), one.category.text("name").joined()),
        (N_("Function"), one.text("function").joined()),
        (N_("Organisation"), one.text("organisation_name").joined()),
        (N_("Language of mail to this person"), Word(MAIL_LANGUAGES.get(one.mail_language, one.mail_language))),
        (N_("Attendance"), Word(ATTENDANCES[one.attendance])),
    ]
    try:
        values = sealed.opened(one)
    except Erased:
        values = {}
    entries += [(SEALED_FIELDS[field].label, text) for field, text in values.items() if field in SEALED_FIELDS]
    for document, file in session.execute(
        select(RequiredDocument, StoredFile)
        .join(StoredFile, StoredFile.id == RequiredDocument.file_id)
        .where(RequiredDocument.participation_id == one.id)
    ):
        entries.append((DOCUMENT_KINDS.get(document.kind, document.kind), file.filename))
    for consent in session.scalars(select(Consent).where(Consent.participation_id == one.id).order_by(Consent.id)):
        answer = N_("Consent given") if consent.given else N_("Consent withdrawn")
        entries.append((answer, f"{consent.purpose} {consent.at.isoformat()} {consent.text_version[:12]} {consent.by}"))
    booked = session.execute(
        select(AgendaSession, SessionSeat.state)
        .join(SessionSeat, SessionSeat.session_id == AgendaSession.id)
        .where(SessionSeat.participation_id == one.id)
    )
    for wanted, state in booked:
        entries += [(N_("Booked session"), wanted.text("title").joined()), (N_("State"), Word(SEAT_STATES[state]))]
    return {"title": N_("Registration"), "entries": [entry for entry in entries if entry[1]]}


def erase_for(account_id: int, now: datetime) -> None:
    """Forget the person of an account: seats go back, sealed values and files go, counts stay.

    The audit chain stays valid, since it never held the data.
    """
    actor = Actor("system", account_id, roles=SYSTEM.roles | {"delegate"})
    persons = all_of_account(account_id)
    for one in _participations(persons):
        if any(row.action == "withdraw" for row in life.lawful(one, actor.roles)):
            life.perform(one, "withdraw", actor=actor, now=now)
    for one in _participations(persons):
        _forget(one)
        news = News(SYSTEM, now)
        news.note("erase", "participation", one.public_id, one.forum)
        news.tell()
    for person in persons:
        sealed.erase(person)
        people.erase(person, now=now)
        show_anew(person)
    session.execute(delete(FocalPoint).where(FocalPoint.account_id == account_id))
    session.flush()


def _forget(one: Participation) -> None:
    for name in ("function", "organisation_name"):
        setattr(one, f"{name}_en", None)
        setattr(one, f"{name}_zh", None)
    one.search = ""
    one.sort_key = ""
    one.reason = ""
    one.in_list = False
    one.registrant_id = None
    revoke_link(one)
    session.execute(delete(StaffNote).where(StaffNote.participation_id == one.id))
    files = session.scalars(
        select(StoredFile)
        .join(RequiredDocument, RequiredDocument.file_id == StoredFile.id)
        .where(RequiredDocument.participation_id == one.id)
    ).all()
    session.execute(delete(RequiredDocument).where(RequiredDocument.participation_id == one.id))
    for file in files:
        delete_file(file)
