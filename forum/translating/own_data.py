"""What the desk holds about somebody: the texts that were given to them, and a file that waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from forum.core.database import session
from forum.core.refusals import N_
from forum.translating.models import BureauFile, TextAssignment
from forum.translating.operations.bureau import let_go
from forum.translating.queries.assignments import of_account

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return what somebody has to translate or to review, and the name of a file that they handed in."""
    entries = [
        (N_("Text given to you, due on"), f"{row.due_on.isoformat()} {row.note}".strip())
        for row in of_account(account_id)
    ]
    entries += [(N_("File that you handed in"), row.file.filename) for row in _files(account_id)]
    return [{"title": N_("Translations"), "entries": entries}] if entries else []


def erase_for(account_id: int, now: datetime) -> None:  # noqa: ARG001 - what every room is asked
    """Give the texts of an account free again, and let its file go."""
    session.execute(delete(TextAssignment).where(TextAssignment.account_id == account_id))
    for row in _files(account_id):
        let_go(row)


def _files(account_id: int) -> list[BureauFile]:
    return list(session.scalars(select(BureauFile).where(BureauFile.account_id == account_id)))
