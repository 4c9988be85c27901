"""The secret calendar address of somebody who works on ballots."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from forum.audit.operations import record
from forum.ballots.models import BallotFeed
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.identifiers import digest, secret_token


def subscribe(account_id: int, *, actor: Actor, now: datetime) -> str:
    """Make a new calendar address and return its secret, which is shown once; the earlier one ends."""
    session.execute(delete(BallotFeed).where(BallotFeed.account_id == account_id))
    secret = secret_token()
    made = BallotFeed(account_id=account_id, token_hash=digest(secret))
    session.add(made)
    session.flush()
    record(actor, "create_address", "ballot_feed", made.public_id, now=now)
    return secret


def revoke(account_id: int, *, actor: Actor, now: datetime) -> None:
    """End somebody's calendar address."""
    session.execute(delete(BallotFeed).where(BallotFeed.account_id == account_id))
    record(actor, "revoke_address", "ballot_feed", str(actor.reference), now=now)
