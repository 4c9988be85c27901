"""Reading committees for the desk: posts, and the committees that forms name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.committees.models import Body, Committee, CommitteeKind, Mirror, Post
from forum.committees.queries import by_spelling
from forum.core.database import session


def named(reference: str) -> Committee | None:
    """Return the committee that somebody means by a reference, in any spelling."""
    return by_spelling(reference) if reference else None


def references() -> Sequence[str]:
    """Return the references of all committees, for the lists that forms offer."""
    return session.scalars(select(Committee.reference).order_by(Committee.sort_key, Committee.reference)).all()


def posts(committee_id: int) -> Sequence[Post]:
    """Return every post of a national committee, those that run first."""
    return session.scalars(
        select(Post)
        .where(Post.committee_id == committee_id)
        .order_by(Post.ended_at.is_not(None), Post.ends_on.is_not(None), Post.role, Post.starts_on, Post.id)
    ).all()


def post(committee_id: int, post_id: str) -> Post | None:
    """Return a post of a committee."""
    return session.scalar(select(Post).where(Post.committee_id == committee_id, Post.public_id == post_id))


def mirror(committee_id: int, mirror_id: str) -> Mirror | None:
    """Return a mirror of a committee."""
    return session.scalar(select(Mirror).where(Mirror.committee_id == committee_id, Mirror.public_id == mirror_id))


def all_posts_of(account_id: int) -> Sequence[Post]:
    """Return every post that an account holds, held or will hold."""
    return session.scalars(select(Post).where(Post.account_id == account_id).order_by(Post.starts_on, Post.id)).all()


def is_national(committee: Committee) -> bool:
    """Tell whether posts and mirrors may be held in a committee."""
    return committee.body is Body.SAC and committee.kind is CommitteeKind.NATIONAL
