"""Whose calendar address a secret is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.ballots.models import BallotFeed
from forum.core.database import session
from forum.core.identifiers import digest


def by_secret(secret: str) -> BallotFeed | None:
    """Return the calendar address with this secret."""
    return session.scalar(
        select(BallotFeed).where(BallotFeed.token_hash == digest(secret)).options(joinedload(BallotFeed.account))
    )


def of_account(account_id: int) -> BallotFeed | None:
    """Return somebody's calendar address."""
    return session.scalar(select(BallotFeed).where(BallotFeed.account_id == account_id))
