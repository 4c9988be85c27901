"""Files of a statement: handed in while the text is open, taken out with a trace at any time."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean, clean_line
from forum.liaisons import errors
from forum.liaisons.models import Attachment, Statement
from forum.liaisons.operations.drafting import add_writer, need_writer
from forum.liaisons.operations.recording import note
from forum.liaisons.rules.seeing import Standing
from forum.liaisons.states import OPEN_TEXT
from forum.ports.files.keeping import store
from forum.ports.files.kinds import MATERIALS


def attach(
    statement: Statement,
    title: str,
    stream: BinaryIO | None,
    filename: str | None,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> Attachment:
    """Add a file to a statement whose text is open; raises ``NoFilesAfterPosting`` and what ``store`` raises."""
    need_writer(statement, standing, now)
    if statement.state not in OPEN_TEXT:
        raise errors.NoFilesAfterPosting
    kept = store(stream, filename, statement.audit_reference, MATERIALS, field="file")
    row = Attachment(file=kept, title=clean_line(title) or kept.filename, by=actor.reference)
    statement.attachments.append(row)
    add_writer(statement, actor)
    session.flush()
    note(statement, "attach", actor=actor, now=now, file=kept.public_id, sha256=kept.sha256)
    return row


def take_out(
    statement: Statement, row: Attachment, reason: str, *, standing: Standing, actor: Actor, now: datetime
) -> None:
    """Take a file out; its row, its fingerprint and the reason stay on record.

    Raises ``FileOut`` and ``ReasonNeeded``.
    """
    need_writer(statement, standing, now)
    if row.removed_at is not None:
        raise errors.FileOut
    if not reason.strip():
        raise errors.ReasonNeeded
    row.removed_at, row.removed_by, row.removed_reason = now, actor.reference, clean(reason)
    if statement.state in OPEN_TEXT:
        add_writer(statement, actor)
    session.flush()
    note(statement, "take_out", actor=actor, now=now, file=row.file.public_id, sha256=row.file.sha256)
