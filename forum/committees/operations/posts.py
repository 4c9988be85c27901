"""Giving and ending posts in national committees; a post ended yesterday gives no right today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.committees.errors import EndsTooEarly, NotNational, OwnPost, PostHeld
from forum.committees.models import Committee, Post, PostRole
from forum.committees.operations.locking import hold
from forum.committees.queries import runs
from forum.committees.queries.desk import is_national
from forum.core.actor import Actor
from forum.core.database import session
from forum.places.models import Organisation


@dataclass(frozen=True, slots=True)
class Appointment:
    """What somebody is to be in a committee, for which unit and how long."""

    role: PostRole
    starts_on: date
    ends_on: date | None = None
    organisation: Organisation | None = None


def appoint(account: Account, committee: Committee, to: Appointment, *, actor: Actor, now: datetime) -> Post:
    """Give somebody a post; raise ``OwnPost``, ``NotNational``, ``EndsTooEarly`` or ``PostHeld``."""
    if actor.account_id is not None and actor.account_id == account.id:
        raise OwnPost
    if not is_national(committee):
        raise NotNational
    if to.ends_on is not None and to.ends_on < to.starts_on:
        raise EndsTooEarly
    hold(account)  # two who give the same post take turns
    held = session.scalars(
        select(Post).where(
            Post.account_id == account.id,
            Post.committee_id == committee.id,
            Post.role == to.role,
            Post.ended_at.is_(None),
        )
    )
    if any(runs(post, now) or post.starts_on >= to.starts_on for post in held):
        raise PostHeld
    post = Post(
        account_id=account.id,
        account=account,
        committee_id=committee.id,
        committee=committee,
        role=to.role,
        organisation_id=to.organisation.id if to.organisation else None,
        starts_on=to.starts_on,
        ends_on=to.ends_on,
        granted_by=actor.reference,
    )
    session.add(post)
    session.flush()
    record(actor, "appoint", "post", post.public_id, now=now, role=str(to.role), scope=post.scope)
    return post


def end_post(post: Post, *, actor: Actor, now: datetime) -> None:
    """End a post at once; the row stays for the record."""
    if post.ended_at is not None:
        return
    post.ended_at = now
    post.ended_by = actor.reference
    session.flush()
    record(actor, "end", "post", post.public_id, now=now, role=str(post.role), scope=post.scope)
