"""Tables that somebody uploads: kept first, looked at, then taken in once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select, update

from forum.audit.operations import record
from forum.ballots.models import Ballot
from forum.comments import errors
from forum.comments.models import Comment, CompiledRow, SentTable, TablePurpose
from forum.comments.operations.steps import step
from forum.comments.operations.writing import hand_in, member_body_of, wording_of, write
from forum.comments.queries.settings import terms_on
from forum.comments.rules.dispositions import Disposition, needs_reason, proposed
from forum.comments.rules.findings import Finding, Level, is_rejected
from forum.comments.rules.likeness import normalised
from forum.comments.rules.preflight import Setting, preflight
from forum.comments.rules.template import (
    CHANGE,
    CLAUSE,
    COMMENT,
    ELEMENT,
    KIND,
    LINE,
    MB,
    OBSERVATION,
    CommentTable,
    code_of,
)
from forum.comments.states import AUTHOR, DECIDER, SENT, CommentState
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.ports.files import keeping
from forum.ports.files.kinds import Kind
from forum.ports.mail.outbox import post

_TAKEN = frozenset({Kind.DOCX, Kind.XLSX, Kind.CSV})


def upload(
    ballot: Ballot,
    purpose: TablePurpose,
    stream: BinaryIO | None,
    filename: str | None,
    *,
    actor: Actor,
    now: datetime,
) -> SentTable:
    """Keep an uploaded table to be looked at.  Raises a ``FileRefused``."""
    stored = keeping.store(stream, filename, f"comments:{ballot.public_id}", _TAKEN, field="file")
    table = SentTable(
        ballot_id=ballot.id, ballot=ballot, purpose=purpose, file_id=stored.id, file=stored, by=actor.reference
    )
    session.add(table)
    session.flush()
    record(actor, "upload", "comment_table", table.public_id, now=now, purpose=str(purpose), digest=stored.sha256)
    return table


def objections(ballot: Ballot, read: CommentTable, now: datetime, national: bool) -> list[Finding]:  # noqa: FBT001
    """Return what speaks against taking a table in: its cells alone, for codes, names and times come later."""
    terms = terms_on(now.date())
    setting = Setting(language="", outline=ballot.outline, similarity=terms.similarity, submitting=False)
    kept = {"PF-07", "PF-08", "PF-09", "PF-11", "PF-15"} - ({"PF-07"} if national else set())
    found = [each for each in preflight(read, setting, now) if each.rule in kept]
    # An empty row is passed over, and an unknown type counts as general: neither keeps the rest out.
    return [replace(each, level=Level.WARN) if each.level is Level.REJECT else each for each in found]


def take_in_comments(
    ballot: Ballot,
    read: CommentTable,
    findings: Sequence[Finding],
    *,
    units: bool = False,
    sent: SentTable | None = None,
    actor: Actor,
    now: datetime,
) -> list[Comment]:
    """Take the rows of a table in as comments that were handed in; the numbers in it count for nothing.

    ``units``: the first column names the unit that said it, as in the national summary.
    Raises ``NothingToImport``, ``TakenInAlready``, ``NotInEnquiry``.
    """
    if is_rejected(list(findings)) or not any(row[COMMENT].strip() for row in read.rows):
        raise errors.NothingToImport
    if sent is not None:
        _once(sent, now)
    made = []
    for row in read.rows:
        if not row[COMMENT].strip():
            continue
        unit = row[MB].strip()[:200] if units else None
        comment = write(ballot, wording_of(row), unit=unit, actor=actor, now=now)
        hand_in(comment, actor=actor.with_roles(AUTHOR), now=now) if comment.author_id else _handed_in(comment, now)
        made.append(comment)
    record(actor, "take_in", "comment_table", sent.public_id if sent else ballot.public_id, now=now, count=len(made))
    return made


def _handed_in(comment: Comment, now: datetime) -> None:
    """What the command line takes in has no author here."""
    comment.state, comment.state_since = CommentState.SUBMITTED, now
    session.flush()


def _once(sent: SentTable, now: datetime) -> None:
    """Mark a table as taken in; of two who confirm at once, one does it."""
    done = session.execute(
        update(SentTable)
        .where(SentTable.id == sent.id, SentTable.taken_in_at.is_(None))
        .values(taken_in_at=now)
        .returning(SentTable.id)
    ).first()
    if done is None:
        raise errors.TakenInAlready
    session.refresh(sent)


@dataclass(frozen=True, slots=True)
class Matched:
    """A row of a compiled table: ours or a foreign one, what its answer probably means, and whether its text moved."""

    position: int
    cells: tuple[str, ...]
    member_body: str
    ours: Comment | None
    proposal: Disposition | None
    drift: bool


def matched(ballot: Ballot, read: CommentTable, now: datetime) -> list[Matched]:
    """Match a compiled table with the comments that were sent, by their numbers."""
    sent = {
        row.number: row
        for row in session.scalars(
            select(Comment).where(Comment.ballot_id == ballot.id, Comment.state.in_(SENT), Comment.number.is_not(None))
        )
    }
    patterns = terms_on(now.date()).patterns
    ours = member_body_of(ballot)
    found = []
    for position, cells in enumerate(read.rows, start=1):
        code = code_of(cells[MB])
        body = code.member_body if code is not None else ""
        comment = sent.get(code.number) if code is not None and body == ours else None
        drift = comment is not None and (
            normalised(cells[COMMENT]) != normalised(comment.text_en)
            or normalised(cells[CHANGE]) != normalised(comment.change_en)
        )
        found.append(Matched(position, cells, body, comment, proposed(cells[OBSERVATION], patterns), drift))
    return found


def take_in_compiled(
    sent: SentTable,
    rows: Sequence[Matched],
    decided: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Take a compiled table in: foreign rows read-only, ours with the disposition that a person has confirmed.

    ``decided`` says for each of our codes what was decided.  Returns how many of ours were answered.
    Raises ``NothingOfOurs``, ``UnknownDisposition``, ``DispositionReasonNeeded``, ``TakenInAlready``.
    """
    if DECIDER not in actor.roles:
        raise NotFound
    ours = [(row, row.ours) for row in rows if row.ours is not None]
    if not ours:
        raise errors.NothingOfOurs
    _once(sent, now)
    answered: list[Comment] = []
    for row, comment in ours:
        disposition = _confirmed(decided.get(comment.code, ""), comment, row.cells[OBSERVATION])
        if comment in answered:
            continue
        if comment.state is CommentState.EXPORTED:
            step(comment, "answer", actor=actor, now=now, disposition=str(disposition), drift=row.drift)
        comment.observation, comment.disposition = clean(row.cells[OBSERVATION]), str(disposition)
        comment.answered_at = now
        answered.append(comment)
    session.add_all([_kept(sent, row) for row in rows])
    session.flush()
    foreign = len(rows) - len(ours)
    record(actor, "take_in", "comment_table", sent.public_id, now=now, ours=len(answered), foreign=foreign)
    _tell(answered, now)
    return len(answered)


def _confirmed(word: str, comment: Comment, observation: str) -> Disposition:
    if word not in set(Disposition):
        raise errors.UnknownDisposition(code=comment.code)
    disposition = Disposition(word)
    if needs_reason(disposition) and not clean(observation):
        raise errors.DispositionReasonNeeded(code=comment.code)
    return disposition


def _kept(sent: SentTable, row: Matched) -> CompiledRow:
    cells = [clean(cell) for cell in row.cells]
    return CompiledRow(
        table_id=sent.id,
        position=row.position,
        code=cells[MB][:40],
        member_body=row.member_body,
        line=cells[LINE],
        clause=cells[CLAUSE],
        element=cells[ELEMENT],
        kind=cells[KIND],
        comment=cells[COMMENT],
        change=cells[CHANGE],
        observation=cells[OBSERVATION],
        ours_id=row.ours.id if row.ours is not None else None,
        drift=row.drift,
    )


def _tell(answered: Sequence[Comment], now: datetime) -> None:
    """Write to each author once, whatever the number of their comments."""
    told: set[int] = set()
    for row in answered:
        for each in (row, *row.merged):
            if each.author is None or each.author.id in told:
                continue
            told.add(each.author.id)
            language = each.author.language
            post(
                "comment_answered",
                each.author.email,
                language,
                now=now,
                key=f"comments:{row.ballot.public_id}:{now.isoformat()}",
                address=f"{premises().base_url}/{language}/account/comments",
            )
