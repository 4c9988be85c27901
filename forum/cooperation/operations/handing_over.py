"""The note that a liaison leaves, without which a city's only liaison can't go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import HandoverNote
from forum.cooperation.operations.acting import as_seen, blank, write_texts
from forum.cooperation.queries.handover import note_of, open_partnerships_without_other
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.offices.models import Office
from forum.offices.queries import offices_of


def write_note(
    office: Office,
    note: Text,
    *,
    successor: Account | None = None,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> HandoverNote:
    """Write, or rewrite, the note of one's own office; raise ``NoteEmpty``."""
    if office.account_id != actor.account_id:
        raise NotFound
    if blank(note):
        raise errors.NoteEmpty
    held = note_of(office.id)
    if held is None:
        held = HandoverNote(office_id=office.id, office=office, written_at=now)
    else:
        as_seen(held.version, seen)
    write_texts(held, {"note": note}, actor=actor, now=now)
    held.successor_id = successor.id if successor else None
    held.written_at = now
    try:
        with session.begin_nested():
            session.add(held)
            session.flush()
    except IntegrityError as clash:  # written in two windows at once
        raise errors.ChangedMeanwhile from clash
    record(actor, "hand_over", "office", office.public_id, now=now)
    return held


def before_ending(office: Office, now: datetime) -> None:
    """Refuse to end the office of a city's only liaison while partnerships are open and nothing is handed over.

    Raises ``HandoverNeeded``.
    """
    count = open_partnerships_without_other(office, now)
    if count and note_of(office.id) is None:
        raise errors.HandoverNeeded(count=count)


def before_closing(account: Account, now: datetime) -> None:
    """Refuse to close an account for the same reason."""
    for office in offices_of(account.id, now):
        before_ending(office, now)
