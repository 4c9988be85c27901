"""What the addresses of committees name, on one's own side (SAC/TC 567) and on another one (SAC/TC 28)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Account
from forum.committees import operations
from forum.committees.models import Committee, Mirror, Post, PostRole
from forum.core.actor import SYSTEM
from forum.core.database import session
from tests.cast import Cast

SIDES = (("own", "SAC/TC 567", "ISO/TC 268"), ("other", "SAC/TC 28", "ISO/IEC JTC 1"))


def furnish(_cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Load the committees, give each side a post that nobody of the cast holds, and return what addresses name."""
    operations.seed(actor=SYSTEM, now=now)
    values: dict[str, dict[str, str]] = {}
    for side, home, abroad in SIDES:
        national = session.scalars(select(Committee).where(Committee.reference == home)).one()
        international = session.scalars(select(Committee).where(Committee.reference == abroad)).one()
        mirror = session.scalars(select(Mirror).where(Mirror.committee_id == international.id).limit(1)).one()
        account = Account(email=f"holder-{side}@forum.test", name=f"Holder {side}", language="en")
        session.add(account)
        session.flush()
        post = Post(account_id=account.id, committee_id=national.id, role=PostRole.UNIT_CONTACT, starts_on=now.date())
        session.add(post)
        session.flush()
        values[side] = {
            "committee_slug": national.slug,
            "post_id": post.public_id,
            "committees.end_mirror.committee_slug": international.slug,
            "mirror_id": mirror.public_id,
        }
    return values
