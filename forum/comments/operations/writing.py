"""What experts do: write, hand in, take back, support a colleague."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import delete

from forum.audit.operations import record
from forum.ballots.models import Ballot, CaseState
from forum.comments import errors
from forum.comments.models import Comment, CommentFile, CommentKind, Support, Translation
from forum.comments.operations.steps import KIND, add_once, as_seen, roles_of, step
from forum.comments.queries.desk import unit_of
from forum.comments.rules.template import kind_of
from forum.comments.states import AUTHOR, DECIDER, OPEN, RETRACTABLE, CommentState
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_code, clean_line, has_han, is_chinese
from forum.ports.files import keeping
from forum.ports.files.kinds import MATERIALS

TAKING = frozenset({CaseState.ENQUIRY, CaseState.CONSOLIDATING})
# Who consolidates may still add what was forgotten: the numbers go on from there.
ADDING = TAKING | {CaseState.POSITION_DRAFT}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a comment says and where, as its author wrote it."""

    kind: CommentKind
    clause: str = ""
    element: str = ""
    line: str = ""
    text_zh: str = ""
    text_en: str = ""
    change_zh: str = ""
    change_en: str = ""
    must_change: bool = False
    topic: str = ""


def takes_comments(ballot: Ballot, actor: Actor) -> bool:
    """Tell whether somebody may add a comment to a ballot now."""
    return ballot.state in (ADDING if DECIDER in actor.roles else TAKING)


def write(ballot: Ballot, wording: Wording, *, unit: str | None = None, actor: Actor, now: datetime) -> Comment:
    """Write a draft; nobody else sees it before it is handed in.  Raises ``NotInEnquiry`` or ``CommentEmpty``."""
    if not takes_comments(ballot, actor):
        raise errors.NotInEnquiry
    row = Comment(
        ballot_id=ballot.id,
        ballot=ballot,
        member_body=member_body_of(ballot),
        state=CommentState.DRAFT,
        state_since=now,
        author_id=actor.account_id,
        kind=wording.kind,
        unit=unit if unit is not None else unit_of(ballot, actor.account_id, now) if actor.account_id else "",
    )
    _put(row, wording)
    session.add(row)
    session.flush()
    record(actor, "write", KIND, row.public_id, now=now, ballot=ballot.public_id)
    return row


def member_body_of(ballot: Ballot) -> str:
    """Return as which member body the comments of a ballot leave."""
    return (ballot.national.country_iso2 if ballot.national is not None else None) or "CN"


def rewrite(row: Comment, wording: Wording, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Change a comment that isn't decided: its author, or who decides.  Raises ``TextSettled``, ``CommentEmpty``."""
    if not roles_of(row, actor) & {AUTHOR, DECIDER}:
        raise NotFound
    as_seen(row, seen)
    if row.state not in RETRACTABLE and not (DECIDER in actor.roles and row.state is CommentState.KEPT):
        raise errors.TextSettled
    if row.number is not None:
        raise errors.NumberedAlready
    _put(row, wording)
    session.flush()
    record(actor, "rewrite", KIND, row.public_id, now=now)


def _put(row: Comment, wording: Wording) -> None:
    chinese, english = clean(wording.text_zh), clean(wording.text_en)
    if not chinese and not english:
        raise errors.CommentEmpty
    if has_han(english):
        raise errors.ChineseInEnglish
    before = (row.text_en, row.change_en, row.text_zh, row.change_zh)
    row.kind, row.clause = wording.kind, clean_line(wording.clause)[:80]
    row.element, row.line = clean_line(wording.element)[:80], clean_code(wording.line)[:40]
    row.text_zh, row.text_en = chinese, english
    row.change_zh, row.change_en = clean(wording.change_zh), clean(wording.change_en)
    if has_han(row.change_en):
        raise errors.ChineseInEnglish(field="change_en")
    row.must_change, row.topic = wording.must_change, clean_line(wording.topic)[:120]
    row.source_lang = "zh" if chinese else "en"
    if before != (row.text_en, row.change_en, row.text_zh, row.change_zh):
        # What its author wrote in English alone needs no translation; anything else is read by a person first.
        row.translation = Translation.REVIEWED if not chinese else _state_of(row)
        row.reviewed_by_id, row.reviewed_at = None, None


def _state_of(row: Comment) -> Translation:
    return Translation.MACHINE if row.text_en else Translation.NONE


def attach(row: Comment, stream: BinaryIO | None, filename: str | None, *, actor: Actor, now: datetime) -> CommentFile:
    """Put a file beside a comment that isn't decided; it never leaves.  Raises ``TextSettled``, a ``FileRefused``."""
    if not roles_of(row, actor) & {AUTHOR, DECIDER}:
        raise NotFound
    if row.state not in RETRACTABLE:
        raise errors.TextSettled
    stored = keeping.store(stream, filename, f"comment:{row.public_id}", MATERIALS, field="file")
    made = CommentFile(comment_id=row.id, file_id=stored.id, file=stored)
    session.add(made)
    session.flush()
    session.expire(row, ["attachments"])
    record(actor, "attach", KIND, row.public_id, now=now, file=stored.public_id)
    return made


def detach(row: Comment, attachment: CommentFile, *, actor: Actor, now: datetime) -> None:
    """Take a file away again.  Raises ``TextSettled``."""
    if not roles_of(row, actor) & {AUTHOR, DECIDER}:
        raise NotFound
    if row.state not in RETRACTABLE:
        raise errors.TextSettled
    stored = attachment.file
    session.delete(attachment)
    session.flush()
    keeping.delete(stored)
    session.expire(row, ["attachments"])
    record(actor, "detach", KIND, row.public_id, now=now, file=stored.public_id)


def hand_in(row: Comment, *, actor: Actor, now: datetime) -> None:
    """Hand a draft in; after the end of the enquiry it is marked as late.  Raises ``NotInEnquiry``."""
    if not takes_comments(row.ballot, actor):
        raise errors.NotInEnquiry
    row.late = row.ballot.state is not CaseState.ENQUIRY
    step(row, "hand_in", actor=actor, now=now, late=row.late)


def withdraw(row: Comment, *, actor: Actor, now: datetime) -> None:
    """Take one's own comment back before it is decided."""
    step(row, "withdraw", actor=actor, now=now)


def support(row: Comment, *, actor: Actor, now: datetime) -> None:
    """Say the same as a colleague, without repeating it.  Raises ``OwnComment``, ``SupportedAlready``."""
    if actor.account_id == row.author_id:
        raise errors.OwnComment
    if row.state not in {*OPEN, CommentState.KEPT}:
        raise errors.TextSettled
    if not takes_comments(row.ballot, actor):
        raise errors.NotInEnquiry
    unit = unit_of(row.ballot, actor.account_id, now) if actor.account_id else ""
    add_once(Support(comment_id=row.id, account_id=actor.account_id, unit=unit), errors.SupportedAlready)
    session.expire(row, ["supports"])
    record(actor, "support", KIND, row.public_id, now=now)


def end_support(row: Comment, *, actor: Actor, now: datetime) -> None:
    """Take one's support back."""
    session.execute(delete(Support).where(Support.comment_id == row.id, Support.account_id == actor.account_id))
    session.expire(row, ["supports"])
    record(actor, "end_support", KIND, row.public_id, now=now)


def wording_of(cells: tuple[str, ...]) -> Wording:
    """Return what a row of the template says; each text goes to the side of its language.

    A type that isn't one of the three counts as general: the check has named it before.
    """
    _mb, line, clause, element, kind, comment, change, _observation = cells
    chinese, change_chinese = is_chinese(comment) or has_han(comment), has_han(change)
    return Wording(
        kind=CommentKind(kind_of(kind) or "ge"),
        clause=clause,
        element=element,
        line=line,
        text_zh=comment if chinese else "",
        text_en="" if chinese else comment,
        change_zh=change if chinese or change_chinese else "",
        change_en="" if chinese or change_chinese else change,
    )
