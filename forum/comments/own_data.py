"""What the comment desk holds about somebody, for their own copy, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.audit.operations import record
from forum.comments.models import COMMENT_KINDS, Comment
from forum.comments.queries import following
from forum.comments.states import COMMENT_STATES, CommentState
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.refusals import N_
from forum.ports.files import keeping

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return every comment that somebody wrote, and what they supported."""
    found: list[Section] = []
    for row in following.of_account(account_id):
        entries = [
            (N_("Number of the comment"), row.code),
            (N_("Unit"), row.unit),
            (N_("Clause or annex"), row.clause),
            (N_("Type of comment"), COMMENT_KINDS[str(row.kind)]),
            (N_("Comment in Chinese"), row.text_zh),
            (N_("Comment in English"), row.text_en),
            (N_("Proposed change in Chinese"), row.change_zh),
            (N_("Proposed change in English"), row.change_en),
            (N_("State"), COMMENT_STATES[str(row.state)]),
            (N_("Written on"), row.created_at.isoformat()),
        ]
        found.append({"title": N_("Comment on a draft"), "entries": [entry for entry in entries if entry[1]]})
    supported = [(N_("Supported on"), row.created_at.isoformat()) for row in following.supports_of(account_id)]
    if supported:
        found.append({"title": N_("Comments of colleagues that you support"), "entries": supported})
    return found


def erase_for(account_id: int, now: datetime) -> None:
    """Remove drafts, and take the author off comments and supports.

    What was handed in stays the member body's, and the unit stays named.
    """
    for row in following.of_account(account_id):
        record(SYSTEM, "erase", "comment", row.public_id, now=now)
        if row.state is CommentState.DRAFT:
            _remove(row)
        else:
            row.author_id = None
    for support in following.supports_of(account_id):
        support.account_id = None
    session.flush()


def _remove(row: Comment) -> None:
    files = [each.file for each in row.attachments]
    for each in row.attachments:
        session.delete(each)
    session.flush()
    for file in files:
        keeping.delete(file)
    session.expire(row, ["attachments"])
    session.delete(row)
