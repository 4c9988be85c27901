"""Following comments from ballot to ballot: somebody's own, what may be raised again, and what was accepted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum.ballots.models import Ballot, CaseState
from forum.comments.models import Comment, Support
from forum.comments.rules.dispositions import Disposition
from forum.comments.states import ANSWERED
from forum.committees.permissions import MirrorReach
from forum.core.database import session

LIMIT = 500  # comments on one page of one's own
TAKING = (CaseState.ENQUIRY, CaseState.CONSOLIDATING)
_AGAIN = (Disposition.REJECTED, Disposition.PARTLY, Disposition.NOTED)


def mine(account_id: int) -> Sequence[Comment]:
    """Return what somebody wrote or supports, the newest first, with ballot and the comment it was merged into."""
    supported = select(Support.comment_id).where(Support.account_id == account_id)
    return session.scalars(
        select(Comment)
        .where(or_(Comment.author_id == account_id, Comment.id.in_(supported)))
        .options(
            joinedload(Comment.ballot).joinedload(Ballot.standard),
            joinedload(Comment.ballot).joinedload(Ballot.committee),
            joinedload(Comment.merged_into),
            selectinload(Comment.descendants).joinedload(Comment.ballot),
        )
        .order_by(Comment.id.desc())
        .limit(LIMIT)
    ).all()


def of_account(account_id: int) -> Sequence[Comment]:
    """Return every comment that an account wrote."""
    return session.scalars(select(Comment).where(Comment.author_id == account_id).order_by(Comment.id)).all()


def supports_of(account_id: int) -> Sequence[Support]:
    """Return every support that an account gave."""
    return session.scalars(select(Support).where(Support.account_id == account_id).order_by(Support.id)).all()


def earlier_ballots(ballot: Ballot) -> list[int]:
    """Return the earlier ballots of the same project that this country answered in the same committee."""
    conditions = [Ballot.id == ballot.previous_id] if ballot.previous_id is not None else []
    if ballot.standard_id is not None:
        conditions.append(Ballot.standard_id == ballot.standard_id)
    if not conditions:
        return []
    return list(
        session.scalars(
            select(Ballot.id).where(
                or_(*conditions),
                Ballot.id != ballot.id,
                Ballot.national_id == ballot.national_id,
                Ballot.opens_at < ballot.opens_at,
            )
        )
    )


def to_raise_again(ballot: Ballot) -> Sequence[Comment]:
    """Return comments of earlier ballots of this project that weren't met, and aren't raised again here."""
    here = select(Comment.ancestor_id).where(Comment.ballot_id == ballot.id, Comment.ancestor_id.is_not(None))
    return session.scalars(
        select(Comment)
        .where(
            Comment.ballot_id.in_(earlier_ballots(ballot)),
            Comment.state.in_(ANSWERED),
            or_(Comment.disposition.in_([str(each) for each in _AGAIN]), Comment.in_next.in_(("no", "partly"))),
            Comment.id.not_in(here),
        )
        .options(joinedload(Comment.ballot))
        .order_by(Comment.ballot_id.desc(), Comment.number)
    ).all()


def later_ballots(row: Comment) -> Sequence[Ballot]:
    """Return the later ballots of the same project that take comments now."""
    old = row.ballot
    conditions = [Ballot.previous_id == old.id]
    if old.standard_id is not None:
        conditions.append(Ballot.standard_id == old.standard_id)
    return session.scalars(
        select(Ballot)
        .where(
            or_(*conditions),
            Ballot.id != old.id,
            Ballot.national_id == old.national_id,
            Ballot.opens_at > old.opens_at,
            Ballot.state.in_(TAKING),
        )
        .options(joinedload(Ballot.standard))
        .order_by(Ballot.opens_at)
    ).all()


def answered(reach: MirrorReach) -> Sequence[Comment]:
    """Return every answered comment within reach, with what the figures group by."""
    query = select(Comment).join(Ballot, Ballot.id == Comment.ballot_id).where(Comment.disposition != "")
    if not reach.everything:
        query = query.where(Ballot.national_id.in_(reach.national_ids))
    return session.scalars(
        query.options(
            joinedload(Comment.author),
            joinedload(Comment.ballot).joinedload(Ballot.committee),
        ).order_by(Comment.id)
    ).all()


def chain(row: Comment) -> list[Comment]:
    """Return a comment's ancestors, the oldest first, and itself."""
    found, current = [row], row.ancestor
    while current is not None and current not in found:
        found.append(current)
        current = current.ancestor
    return found[::-1]
