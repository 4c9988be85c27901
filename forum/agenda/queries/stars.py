"""What readers keep for themselves: starred sessions and the addresses of their own calendars."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from forum.agenda.models import CalendarSubscription, Star
from forum.core.database import session
from forum.core.identifiers import digest
from forum.core.refusals import N_
from forum.events.models import Forum


def starred(forum: Forum, account_id: int) -> frozenset[str]:
    """Return the guids of the slots that somebody starred."""
    return frozenset(
        session.scalars(select(Star.slot_guid).where(Star.forum_id == forum.id, Star.account_id == account_id))
    )


def stars_on(forum: Forum, guids: Collection[str]) -> dict[str, int]:
    """Return how many people starred each of these slots; slots without a star are left out."""
    if not guids:
        return {}
    rows = session.execute(
        select(Star.slot_guid, func.count())
        .where(Star.forum_id == forum.id, Star.slot_guid.in_(sorted(guids)))
        .group_by(Star.slot_guid)
    )
    return dict(rows.all())


def subscriptions(forum: Forum, account_id: int) -> Sequence[CalendarSubscription]:
    """Return the calendar addresses of somebody that still work, the newest first."""
    return session.scalars(
        select(CalendarSubscription)
        .where(
            CalendarSubscription.forum_id == forum.id,
            CalendarSubscription.account_id == account_id,
            CalendarSubscription.revoked_at.is_(None),
        )
        .order_by(CalendarSubscription.id.desc())
    ).all()


def by_secret(secret: str) -> CalendarSubscription | None:
    """Return the subscription of a secret, revoked or not; the database knows only its hash."""
    return session.scalar(select(CalendarSubscription).where(CalendarSubscription.token_hash == digest(secret)))


def own_sections(account_id: int, _now: datetime) -> list[dict[str, Any]]:
    """Return what the agenda holds about an account, for the page of one's own data."""
    forums = {forum.id: forum.slug for forum in session.scalars(select(Forum))}
    stars = session.scalars(select(Star).where(Star.account_id == account_id).order_by(Star.id)).all()
    kept = session.scalars(
        select(CalendarSubscription)
        .where(CalendarSubscription.account_id == account_id)
        .order_by(CalendarSubscription.id)
    ).all()
    entries = [(N_("Starred session"), f"{forums.get(star.forum_id, '')} {star.slot_guid}") for star in stars]
    entries += [
        (N_("Calendar address"), f"{forums.get(each.forum_id, '')} {each.created_at.isoformat()}") for each in kept
    ]
    return [{"title": N_("My agenda"), "entries": entries}] if entries else []
