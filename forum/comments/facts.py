"""What the ballots ask of the comment desk: counts for the coherence guard, and the freeze of the numbers."""

from __future__ import annotations

from datetime import datetime

from forum.ballots.models import Ballot
from forum.ballots.rules.coherence import CommentFacts
from forum.comments.models import Comment, CommentKind
from forum.comments.operations.numbering import freeze
from forum.comments.queries.desk import handed_in, numbering
from forum.comments.rules.clauses import is_known
from forum.comments.states import LEAVING, OPEN
from forum.core.actor import Actor


def facts_of(ballot: Ballot) -> CommentFacts:
    """Return the counts of a ballot's comments: numbers alone, never a text or a name."""
    rows = handed_in(ballot.id)
    leaving = [row for row in rows if row.state in LEAVING]
    technical = [row for row in leaving if row.kind is CommentKind.TECHNICAL]
    counted = numbering(ballot.id)
    unknown = dict.fromkeys(row.clause for row in leaving if not is_known(row.clause, ballot.outline))
    return CommentFacts(
        kept=len(leaving),
        technical_kept=len(technical),
        must_change=sum(row.must_change for row in technical),
        undecided=sum(row.state in OPEN for row in rows),
        unknown_clauses=tuple(unknown),
        repeated=tuple(_named(row) for row in leaving if _repeats(row)),
        frozen=counted is not None and counted.frozen_at is not None,
    )


def _repeats(row: Comment) -> bool:
    return row.ancestor is not None and row.ancestor.disposition == "rejected" and not row.argument


def _named(row: Comment) -> str:
    return row.code or row.clause or "–"


def freeze_comments(ballot: Ballot, actor: Actor, now: datetime) -> None:
    """Give the numbers when the position begins to be drafted; a ballot without comments needs none."""
    freeze(ballot, actor=actor, now=now, quiet=True)
