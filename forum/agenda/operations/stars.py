"""My agenda: stars, and the secret address under which a calendar reads them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from forum.agenda.models import CalendarSubscription, Star
from forum.agenda.queries import stars as queries
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.identifiers import digest, secret_token
from forum.events.models import Forum


def star(forum: Forum, account_id: int, slot_guid: str) -> None:
    """Put a slot on somebody's own agenda; twice is once.

    Stars are nobody else's business: they leave no trace in the audit.
    """
    if slot_guid in queries.starred(forum, account_id):
        return
    try:
        with session.begin_nested():
            session.add(Star(forum_id=forum.id, account_id=account_id, slot_guid=slot_guid))
    except IntegrityError:
        return  # the same person pressed it on two devices: it is there, which is what both asked for


def unstar(forum: Forum, account_id: int, slot_guid: str) -> None:
    """Take a slot off somebody's own agenda."""
    session.execute(
        delete(Star).where(Star.forum_id == forum.id, Star.account_id == account_id, Star.slot_guid == slot_guid)
    )


def subscribe(forum: Forum, account_id: int, *, actor: Actor, now: datetime) -> str:
    """Make a new calendar address and return its secret, which is shown once; earlier addresses end."""
    revoke(forum, account_id, actor=actor, now=now)
    secret = secret_token()
    made = CalendarSubscription(forum_id=forum.id, account_id=account_id, token_hash=digest(secret))
    session.add(made)
    session.flush()
    audit.record(actor, "create_address", "calendar_subscription", made.public_id, now=now, chain=forum.chain)
    return secret


def revoke(forum: Forum, account_id: int, *, actor: Actor, now: datetime) -> int:
    """End every calendar address of somebody in this forum; return how many ended."""
    ended = queries.subscriptions(forum, account_id)
    for each in ended:
        each.revoked_at = now
    session.flush()
    for each in ended:
        audit.record(actor, "revoke_address", "calendar_subscription", each.public_id, now=now, chain=forum.chain)
    return len(ended)


def erase(account_id: int, now: datetime) -> None:
    """Forget what somebody kept, and end their calendar addresses: a deleted account."""
    session.execute(delete(Star).where(Star.account_id == account_id))
    session.execute(
        update(CalendarSubscription)
        .where(CalendarSubscription.account_id == account_id, CalendarSubscription.revoked_at.is_(None))
        .values(revoked_at=now)
    )
