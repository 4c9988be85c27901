"""One participation: its notes, consents, documents, namesakes, and who acted on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.core.database import session
from forum.events.models import Forum
from forum.people.models import Person
from forum.ports.files.models import StoredFile
from forum.registration.models import Consent, Participation, RequiredDocument, StaffNote
from forum.registration.states import ACTIVE_STATES


def namesakes(one: Participation) -> Sequence[Participation]:
    """Return the other active participations of the forum under the same name, folded."""
    if not one.person.sort_key:
        return []
    return session.scalars(
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.forum_id == one.forum_id,
            Participation.id != one.id,
            Participation.state.in_(sorted(ACTIVE_STATES)),
            Person.sort_key == one.person.sort_key,
        )
        .order_by(Participation.number)
        .limit(20)
    ).all()


def by_ids(forum: Forum, ids: Iterable[int]) -> Sequence[Participation]:
    """Return participations of the forum by their inner ids."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    return session.scalars(
        select(Participation)
        .where(Participation.forum_id == forum.id, Participation.id.in_(wanted))
        .order_by(Participation.number)
    ).all()


def notes(one: Participation) -> Sequence[StaffNote]:
    """Return the notes of the desk, newest first."""
    return session.scalars(
        select(StaffNote)
        .where(StaffNote.participation_id == one.id)
        .options(joinedload(StaffNote.author))
        .order_by(StaffNote.id.desc())
    ).all()


def consents(one: Participation) -> Sequence[Consent]:
    """Return every consent given or withdrawn, newest first."""
    return session.scalars(select(Consent).where(Consent.participation_id == one.id).order_by(Consent.id.desc())).all()


def documents(one: Participation) -> Sequence[tuple[RequiredDocument, StoredFile]]:
    """Return the documents handed in with their files, the present ones first."""
    return session.execute(
        select(RequiredDocument, StoredFile)
        .join(StoredFile, StoredFile.id == RequiredDocument.file_id)
        .where(RequiredDocument.participation_id == one.id)
        .order_by(RequiredDocument.superseded, RequiredDocument.id.desc())
    ).all()


def document(one: Participation, public_id: str) -> tuple[RequiredDocument, StoredFile] | None:
    """Return one document of a participation with its file."""
    for row, stored in documents(one):
        if row.public_id == public_id:
            return row, stored
    return None
