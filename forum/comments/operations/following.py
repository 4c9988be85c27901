"""The fate of a comment after its answer: compared with the next draft, finished, or raised again."""

from __future__ import annotations

from datetime import datetime

from forum.audit.operations import record
from forum.ballots.models import Ballot
from forum.comments import errors
from forum.comments.models import Comment, Translation
from forum.comments.operations.steps import KIND, add_once, as_seen, roles_of, step
from forum.comments.operations.writing import TAKING, member_body_of
from forum.comments.queries.desk import unit_of
from forum.comments.queries.following import earlier_ballots
from forum.comments.rules.dispositions import InNext
from forum.comments.states import ANSWERED, AUTHOR, DECIDER, CommentState
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean


def verify(row: Comment, found: InNext, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Note whether the change is in the next draft."""
    as_seen(row, seen)
    step(row, "verify", actor=actor, now=now, found=str(found))
    row.in_next = str(found)
    session.flush()


def finish(row: Comment, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Close a comment: nothing more is expected of it."""
    as_seen(row, seen)
    step(row, "finish", actor=actor, now=now)


def raise_again(row: Comment, ballot: Ballot, argument: str = "", *, actor: Actor, now: datetime) -> Comment:
    """Raise a comment again in a later ballot of the same project, as a draft tied to its ancestor.

    Raises ``AnotherBallotNeeded``, ``RaisedAlready``.
    """
    if not roles_of(row, actor) & {AUTHOR, DECIDER}:
        raise NotFound
    if ballot.state not in TAKING or row.ballot_id not in earlier_ballots(ballot):
        raise errors.AnotherBallotNeeded
    made = Comment(
        ballot_id=ballot.id,
        member_body=member_body_of(ballot),
        state=CommentState.DRAFT,
        state_since=now,
        author_id=actor.account_id,
        unit=unit_of(ballot, actor.account_id, now) if actor.account_id else row.unit,
        line=row.line,
        clause=row.clause,
        element=row.element,
        kind=row.kind,
        text_zh=row.text_zh,
        text_en=row.text_en,
        change_zh=row.change_zh,
        change_en=row.change_en,
        source_lang=row.source_lang,
        translation=Translation.REVIEWED if row.translation is Translation.REVIEWED else Translation.MACHINE,
        must_change=row.must_change,
        topic=row.topic,
        ancestor_id=row.id,
        argument=clean(argument),
    )
    add_once(made, errors.RaisedAlready)
    if row.state in ANSWERED - {CommentState.RE_RAISED}:
        step(row, "raise_again", actor=actor, now=now, into=made.public_id)
    record(actor, "write", KIND, made.public_id, now=now, ballot=ballot.public_id, ancestor=row.public_id)
    session.expire(row, ["descendants"])
    return made
