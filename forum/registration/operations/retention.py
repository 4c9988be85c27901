"""Forgetting in time: each day the classes of personal data whose time is over are deleted.

A tombstone keeps that something was there and when it went, the audit keeps the counts; neither says what
it was.  The key of a person without any sealed value goes too, so that old backups stay closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, or_, select, update

from forum.agenda.models import Contribution
from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.events.models import Forum
from forum.people.models import Person, PersonKey
from forum.ports.files.keeping import delete as delete_file
from forum.ports.files.models import StoredFile
from forum.registration import seats
from forum.registration.models import (
    Delegation,
    DelegationImport,
    FieldClass,
    Participation,
    RequiredDocument,
    SealedField,
    StaffNote,
    Tombstone,
)
from forum.registration.operations import queue
from forum.registration.operations.news import News
from forum.registration.rules.retention import (
    ADDRESSES,
    DRAFTS,
    IMPORTS,
    document_due,
    due_classes,
    end_of_forum,
)
from forum.registration.states import ParticipationState

DRAFT, DOCUMENT, MAIL, NOTE, IMPORT, KEY = "draft", "document", "mail", "note", "import", "key"
_CHUNK = 400


def purge(now: datetime) -> dict[str, int]:
    """Delete everything whose time is over; return how many of each class.

    Run daily, inside a write transaction; running it twice deletes nothing more.
    """
    total: Counter[str] = Counter()
    for forum in session.scalars(select(Forum).order_by(Forum.id)).all():
        gone = _purge_forum(forum, now)
        if gone:
            record(SYSTEM, "purge", "forum", forum.public_id, now=now, chain=forum.chain, **gone)
        total.update(gone)
    if keys := _drop_keys():
        record(SYSTEM, "purge", "site", "person_keys", now=now, keys=keys)
        total[KEY] += keys
    return dict(total)


def _purge_forum(forum: Forum, now: datetime) -> Counter[str]:
    ended = end_of_forum(forum.last_day, ZoneInfo(forum.zone_name))
    gone: Counter[str] = Counter()
    gone[DRAFT] = _drop_drafts(forum, now)
    gone[IMPORT] = _drop_imports(forum, now)
    for kind in due_classes(ended, now):
        gone[str(kind)] = _drop_fields(forum, kind, now)
    gone[DOCUMENT] = _drop_documents(forum, ended, now)
    if ended + ADDRESSES <= now:
        gone[MAIL] = _drop_addresses(forum, now)
        gone[NOTE] = _drop_notes(forum)
    return +gone


def _bury(forum: Forum, what: str, public_ids: Iterable[str], now: datetime) -> None:
    rows = [
        {"forum_id": forum.id, "object_id": f"participation:{public_id}", "what": what, "at": now}
        for public_id in public_ids
    ]
    if rows:
        session.execute(insert(Tombstone), rows)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """Return the ids in parts that both databases take as bound values."""
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _drop_fields(forum: Forum, kind: FieldClass, now: datetime) -> int:
    rows = session.execute(
        select(SealedField.id, Participation.public_id)
        .join(Participation, Participation.id == SealedField.participation_id)
        .where(Participation.forum_id == forum.id, SealedField.field_class == kind)
    ).all()
    for part in _chunks([row.id for row in rows]):
        session.execute(delete(SealedField).where(SealedField.id.in_(part)))
    _bury(forum, str(kind), sorted({row.public_id for row in rows}), now)
    return len(rows)


def _drop_documents(forum: Forum, ended: datetime, now: datetime) -> int:
    rows = session.execute(
        select(RequiredDocument, StoredFile, Participation.public_id)
        .join(StoredFile, StoredFile.id == RequiredDocument.file_id)
        .join(Participation, Participation.id == RequiredDocument.participation_id)
        .where(Participation.forum_id == forum.id)
    ).all()
    number = 0
    for document, stored, public_id in rows:
        if document_due(document.kind, ended, now):
            _bury(forum, document.kind, [public_id], now)
            session.delete(document)
            session.flush()
            delete_file(stored)
            number += 1
    return number


def _drop_addresses(forum: Forum, now: datetime) -> int:
    """Delete the mail addresses of those who take part in no later forum."""
    later = (
        select(Participation.person_id)
        .join(Forum, Forum.id == Participation.forum_id)
        .where(Forum.last_day > forum.last_day)
    )
    rows = session.execute(
        select(Person.id, Participation.public_id)
        .join(Participation, Participation.person_id == Person.id)
        .where(Participation.forum_id == forum.id, Person.email != "", Person.id.not_in(later))
    ).all()
    for part in _chunks(sorted({row.id for row in rows})):
        session.execute(update(Person).where(Person.id.in_(part)).values(email=""))
    _bury(forum, MAIL, sorted({row.public_id for row in rows}), now)
    return len({row.id for row in rows})


def _drop_notes(forum: Forum) -> int:
    return len(
        session.scalars(
            delete(StaffNote)
            .where(StaffNote.participation_id.in_(select(Participation.id).where(Participation.forum_id == forum.id)))
            .returning(StaffNote.id)
            .execution_options(synchronize_session=False)
        ).all()
    )


def _drop_imports(forum: Forum, now: datetime) -> int:
    return len(
        session.scalars(
            delete(DelegationImport)
            .where(
                DelegationImport.delegation_id.in_(select(Delegation.id).where(Delegation.forum_id == forum.id)),
                DelegationImport.created_at <= now - IMPORTS,
            )
            .returning(DelegationImport.id)
            .execution_options(synchronize_session=False)
        ).all()
    )


def _drop_drafts(forum: Forum, now: datetime) -> int:
    """Delete drafts that nobody finished, with what hangs on them; a quota place they held goes back."""
    drafts = session.scalars(
        select(Participation).where(
            Participation.forum_id == forum.id,
            Participation.state == ParticipationState.DRAFT,
            Participation.state_since <= now - DRAFTS,
            Participation.updated_at <= now - DRAFTS,  # somebody may still be at it, step by step
        )
    ).all()
    for draft in drafts:
        news = News(SYSTEM, now)
        queue.pass_on(seats.released(draft), news)
        news.tell()
        _delete(draft)
    _bury(forum, DRAFT, [draft.public_id for draft in drafts], now)
    return len(drafts)


def _delete(draft: Participation) -> None:
    """Delete one participation, its files, and its person if that person is nowhere else."""
    person_id = draft.person_id
    files = session.scalars(
        select(StoredFile)
        .join(RequiredDocument, RequiredDocument.file_id == StoredFile.id)
        .where(RequiredDocument.participation_id == draft.id)
    ).all()
    session.execute(delete(RequiredDocument).where(RequiredDocument.participation_id == draft.id))
    session.execute(update(Delegation).where(Delegation.head_id == draft.id).values(head_id=None))
    session.execute(update(Participation).where(Participation.replaces_id == draft.id).values(replaces_id=None))
    session.execute(
        delete(Participation).where(Participation.id == draft.id).execution_options(synchronize_session=False)
    )
    session.expunge(draft)
    for stored in files:
        delete_file(stored)
    elsewhere = or_(
        select(Participation.id).where(Participation.person_id == person_id).exists(),
        select(Contribution.id).where(Contribution.person_id == person_id).exists(),
    )
    session.execute(
        delete(Person)
        .where(Person.id == person_id, Person.account_id.is_(None), ~elsewhere)
        .execution_options(synchronize_session=False)
    )


def _drop_keys() -> int:
    """Delete the keys of people of whom nothing sealed is left."""
    return len(
        session.scalars(
            delete(PersonKey)
            .where(PersonKey.person_id.not_in(select(SealedField.person_id)))
            .returning(PersonKey.person_id)
            .execution_options(synchronize_session=False)
        ).all()
    )
