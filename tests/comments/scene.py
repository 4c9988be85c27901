"""What the addresses of the comment desk name: a comment and a table of one mirror committee, and of another."""

from __future__ import annotations

import io
from datetime import datetime

from forum.ballots.models import Ballot
from forum.comments import exports
from forum.comments.models import CommentKind, TablePurpose
from forum.comments.operations import taking_in, writing
from forum.comments.operations.writing import Wording
from forum.comments.rules.template import CommentTable
from forum.core.database import session
from tests.cast import Cast
from tests.comments import bench as making

ROWS = (("CN-001", "", "3.1", "", "te", "The scope is too wide.", "Narrow it.", ""),)


def furnish(cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Furnish both sides; call inside a write transaction."""
    bench = making.furnish(cast, now)
    return {
        "own": _side(cast, bench.ballot, making.EXPERT, now),
        "other": _side(cast, bench.other, "neighbour", now),
    }


def _side(cast: Cast, ballot: Ballot, who: str, now: datetime) -> dict[str, str]:
    actor = cast.account(who).actor()
    said = Wording(CommentKind.TECHNICAL, "3.1", text_en="The scope is too wide.", change_en="Narrow it.")
    row = writing.write(ballot, said, actor=actor, now=now)
    writing.hand_in(row, actor=actor, now=now)
    content = io.BytesIO(exports.table_as(CommentTable("2027-03-01", "ISO/DIS 99801", "", ROWS), "docx"))
    sent = taking_in.upload(ballot, TablePurpose.COMMENTS, content, "comments.docx", actor=actor, now=now)
    session.flush()
    # Other rooms name ballots too: each of these stands for this room's own addresses alone.
    endpoints = ("desk", "check", "answers", "give_numbers", "record_sent", "table", "summary", "upload", "new_comment")
    with_comment = (
        "comment",
        "edit_comment",
        "own_deed",
        "decide",
        "drop",
        "merge",
        "english",
        "next_draft",
        "again",
        "attach",
    )
    with_file = ("attached", "detach")
    known = {f"comments.{name}.ballot_id": ballot.public_id for name in (*endpoints, *with_comment, *with_file, "look")}
    known |= {f"comments.{name}.comment_id": row.public_id for name in (*with_comment, *with_file)}
    file = io.BytesIO(b"%PDF-1.7\n%%EOF\n")
    beside = writing.attach(row, file, "measurements.pdf", actor=actor, now=now)
    known |= {f"comments.{name}.file_id": beside.public_id for name in with_file}
    return known | {"comments.look.table_id": sent.public_id}
