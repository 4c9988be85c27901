"""What the secretary and the chair of the mirror committee decide: keep, merge, drop, and the English text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.audit.operations import record
from forum.comments import errors
from forum.comments.models import Comment, Translation
from forum.comments.operations.steps import KIND, as_seen, step
from forum.comments.states import DECIDER, OPEN, CommentState
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import NotFound
from forum.core.text import clean, has_han
from forum.ports.mail.outbox import post


def keep(row: Comment, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Keep a comment as one of the nation's."""
    as_seen(row, seen)
    step(row, "keep", actor=actor, now=now)
    row.reason = ""
    _decided(row, actor, now)


def review(row: Comment, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Put a comment under review: somebody looks at it before it is decided."""
    as_seen(row, seen)
    step(row, "review", actor=actor, now=now)


def drop(row: Comment, reason: str, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Don't take a comment up; its author reads why.  Raises ``ReasonNeeded``, ``NumberedAlready``."""
    as_seen(row, seen)
    said = clean(reason)
    if not said:
        raise errors.ReasonNeeded
    _need_no_number(row)
    for other in row.merged:  # what was merged into it is open again, nobody's words are lost with another's
        step(other, "unmerge", actor=actor, now=now)
        other.merged_into_id = None
    step(row, "drop", reason=said, actor=actor, now=now)
    row.reason = said
    _decided(row, actor, now)
    _tell(row, "comment_dropped", now)


def merge(row: Comment, into: Comment, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Merge a comment into another of the same member body and ballot; every contributor stays.

    Raises ``MergeIntoItself``, ``OtherMemberBody``, ``NumberedAlready``.
    """
    _lock(row, into)
    as_seen(row, seen)
    if into.id == row.id or into.ballot_id != row.ballot_id or into.state not in {*OPEN, CommentState.KEPT}:
        raise errors.MergeIntoItself
    if into.member_body != row.member_body:
        raise errors.OtherMemberBody
    _need_no_number(row)
    _need_no_number(into)
    for other in row.merged:  # no chains: all of them point to the one that stays
        other.merged_into_id = into.id
    step(row, "merge", actor=actor, now=now, into=into.public_id)
    row.merged_into_id = into.id
    _decided(row, actor, now)
    session.expire(row, ["merged", "merged_into"])
    session.expire(into, ["merged"])
    _tell(row, "comment_merged", now)


def unmerge(row: Comment, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Take a comment out of a merger: it stands again as it was, its contributors with it."""
    as_seen(row, seen)
    if row.merged_into is not None:
        _need_no_number(row.merged_into)
    step(row, "unmerge", actor=actor, now=now)
    into, row.merged_into_id, row.decided_at, row.decided_by_id = row.merged_into, None, None, None
    session.flush()
    session.expire(row, ["merged_into"])
    if into is not None:
        session.expire(into, ["merged"])


def _lock(*rows: Comment) -> None:
    """Lock comments in the order of their ids: of two who merge them into one another, the second sees the first."""
    session.flush()
    ids = [row.id for row in rows]
    session.scalars(
        select(Comment)
        .where(Comment.id.in_(ids))
        .order_by(Comment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _need_no_number(row: Comment) -> None:
    if row.number is not None:
        raise errors.NumberedAlready


def _decided(row: Comment, actor: Actor, now: datetime) -> None:
    row.decided_by_id, row.decided_at = actor.account_id, now
    session.flush()


def translate(
    row: Comment,
    english: str,
    change: str,
    *,
    reviewed: bool,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Set the English text, and say whether a person has read it.

    Raises ``EnglishNeeded``, ``ChineseInEnglish``, ``TextSettled`` for what has left already.
    """
    if DECIDER not in actor.roles:
        raise NotFound
    as_seen(row, seen)
    if row.state not in {*OPEN, CommentState.KEPT}:
        raise errors.TextSettled
    text, proposal = clean(english), clean(change)
    if reviewed and (not text or (row.change_zh and not proposal)):
        raise errors.EnglishNeeded(field="text_en" if not text else "change_en")
    for field, value in (("text_en", text), ("change_en", proposal)):
        if has_han(value):
            raise errors.ChineseInEnglish(field=field)
    if not text and not row.text_zh:
        raise errors.CommentEmpty(field="text_en")
    row.text_en, row.change_en = text, proposal
    row.translation = Translation.REVIEWED if reviewed else Translation.MACHINE if text else Translation.NONE
    row.reviewed_by_id, row.reviewed_at = (actor.account_id, now) if reviewed else (None, None)
    session.flush()
    record(actor, "translate", KIND, row.public_id, now=now, translation=str(row.translation))


def contributors(row: Comment) -> list[tuple[int | None, str]]:
    """Return who stands behind a comment: its author and supporters, and those of every comment merged into it.

    Each is an account's id and the unit for which they spoke; nobody stands twice.
    """
    found: dict[object, tuple[int | None, str]] = {}
    for each in (row, *row.merged):
        people = [(each.author_id, each.unit), *((support.account_id, support.unit) for support in each.supports)]
        for account_id, unit in people:
            found.setdefault(account_id if account_id is not None else (each.id, unit), (account_id, unit))
    return list(found.values())


def _tell(row: Comment, template: str, now: datetime) -> None:
    if row.author is None:
        return
    language = row.author.language
    post(
        template,
        row.author.email,
        language,
        now=now,
        key=f"comment:{row.public_id}:{row.version}",
        address=f"{premises().base_url}/{language}/ballots/{row.ballot.public_id}/comments/{row.public_id}",
    )
