"""What the addresses of the comment desk name: a comment and a table of one mirror committee, and of another."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from forum.ballots.models import Ballot, Enquired
from forum.comments import exports
from forum.comments.models import CommentKind, TablePurpose
from forum.comments.operations import taking_in, writing
from forum.comments.operations.writing import Wording
from forum.comments.rules.template import CommentTable
from forum.committees.models import Committee
from forum.core.database import session
from tests.ballots import scene as ballots
from tests.cast import Cast

ROWS = (("CN-001", "", "3.1", "", "te", "The scope is too wide.", "Narrow it.", ""),)


def furnish(cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Furnish both sides; call inside a write transaction.

    The cases are those of the scene of ballots, with the members who were asked there.
    """
    made = {}
    for side, known in ballots.furnish(cast, now).items() if _first(ballots.SIDES[0][2]) is None else _known():
        ballot = session.scalars(select(Ballot).where(Ballot.public_id == known["ballot_id"])).one()
        asked = session.scalars(select(Enquired).where(Enquired.ballot_id == ballot.id)).one()
        who = next(name for name, account in cast.accounts.items() if account == asked.account_id)
        made[side] = _side(cast, ballot, who, now)
    return made


def _known() -> Iterable[tuple[str, dict[str, str]]]:
    for side, _abroad, home, _people in ballots.SIDES:
        found = _first(home)
        assert found is not None
        yield side, {"ballot_id": found.public_id}


def _first(home: str) -> Ballot | None:
    query = select(Ballot).join(Committee, Committee.id == Ballot.national_id).where(Committee.reference == home)
    return session.scalars(query.order_by(Ballot.id)).first()


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
