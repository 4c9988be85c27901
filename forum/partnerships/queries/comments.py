"""The one way to read comments.  Nothing else reads their table; a test scans the source for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from forum.core.database import session
from forum.partnerships.models import AgreementVersion, CaseComment, Channel, Side
from forum.partnerships.rules.seeing import Standing


def readable(standing: Standing) -> ColumnElement[bool]:
    """Return the condition: shared ones for parties and levels; internal ones of one's side, up to one's level."""
    ways: list[ColumnElement[bool]] = []
    if standing.domestic or standing.foreign:
        ways.append(CaseComment.channel == Channel.SHARED)
    ways += [
        and_(CaseComment.side == side, CaseComment.level <= int(standing.level_on(side)))
        for side in Side
        if standing.level_on(side)
    ]
    return or_(*ways) if ways else false()


def comments_for(version: AgreementVersion, standing: Standing) -> Sequence[CaseComment]:
    """Return the comments that this reader may read, oldest first."""
    return session.scalars(
        select(CaseComment)
        .where(CaseComment.version_id == version.id, readable(standing))
        .order_by(CaseComment.created_at, CaseComment.id)
    ).all()


def count_for(version: AgreementVersion, standing: Standing) -> int:
    """Return how many comments there are for this reader: a number of all would already tell."""
    return (
        session.scalar(
            select(func.count())
            .select_from(CaseComment)
            .where(CaseComment.version_id == version.id, readable(standing))
        )
        or 0
    )
