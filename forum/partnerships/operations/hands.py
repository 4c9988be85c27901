"""Keeping who has had a hand in a case, and in which capacity."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.core.database import session
from forum.partnerships.errors import ActedAlready, DraftedIt
from forum.partnerships.models import AgreementVersion, CaseHand
from forum.partnerships.rules.case import NEVER


def note_hand(version: AgreementVersion, account_id: int | None, capacity: str, *, moves: int = NEVER) -> None:
    """Bind somebody to one capacity in a case; raise ``ActedAlready`` or ``DraftedIt`` where it is another one.

    Two windows of one person meet at the table's constraint: the second one is refused.
    """
    if account_id is None:
        return
    hand = session.scalar(
        select(CaseHand)
        .where(CaseHand.version_id == version.id, CaseHand.account_id == account_id)
        .execution_options(populate_existing=True)
    )
    if hand is None:
        try:
            with session.begin_nested():
                session.add(CaseHand(version_id=version.id, account_id=account_id, capacity=capacity, moves=moves))
        except IntegrityError as taken:
            raise ActedAlready from taken
        return
    if hand.capacity != capacity:
        raise DraftedIt if hand.capacity == "drafter" else ActedAlready
    hand.moves = max(hand.moves, moves)
    session.flush()
