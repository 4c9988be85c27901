"""Notes of the desk and the check of documents: what staff say among themselves about a participation."""

from __future__ import annotations

from datetime import datetime

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean
from forum.registration.models import Participation, RequiredDocument, StaffNote


def write_note(participation: Participation, text: str, *, actor: Actor, now: datetime) -> StaffNote:
    """Write a note; the person concerned never sees it on a page, but it is part of a copy of their data."""
    note = StaffNote(participation_id=participation.id, author_id=actor.account_id, text=clean(text), created_at=now)
    session.add(note)
    session.flush()
    record(actor, "note", "participation", participation.public_id, now=now, chain=participation.forum.chain)
    return note


def check_document(participation: Participation, document: RequiredDocument, *, actor: Actor, now: datetime) -> None:
    """Say that somebody of the desk has looked at a document and found it in order."""
    if document.checked_by:
        return
    document.checked_by = actor.reference
    session.flush()
    record(
        actor,
        "check_document",
        "participation",
        participation.public_id,
        now=now,
        chain=participation.forum.chain,
        document=document.kind,
    )


def open_document(
    participation: Participation, document: RequiredDocument, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Record that a sealed document was opened, and why."""
    record(
        actor,
        "open_document",
        "participation",
        participation.public_id,
        now=now,
        chain=participation.forum.chain,
        document=document.kind,
        reason=reason.strip()[:200],
    )
