"""Reading committees and who holds a post in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, or_, select

from forum.committees.models import Committee, CommitteeAlias, Post, PostRole, scope_of
from forum.committees.references import folded
from forum.core.database import session
from forum.offices.rules import in_term

_DAY = timedelta(days=1)
# Asked with every request of somebody who has signed in: made once, and no more columns than the answer needs.
_HELD = select(Post.role, Post.committee_id, Post.starts_on, Post.ends_on).where(
    Post.account_id == bindparam("account"),
    Post.starts_on <= bindparam("until"),
    or_(Post.ends_on.is_(None), Post.ends_on >= bindparam("from")),
    Post.ended_at.is_(None),
)


def _around(query: Select[Post], now: datetime) -> Select[Post]:
    day = now.date()
    return query.where(
        Post.starts_on <= day + timedelta(days=1),
        or_(Post.ends_on.is_(None), Post.ends_on >= day - timedelta(days=1)),
        Post.ended_at.is_(None),
    )


def runs(post: Post, now: datetime) -> bool:
    """Tell whether a post is held now, by the calendar of Beijing."""
    if post.ended_at is not None and post.ended_at <= now:
        return False
    return in_term(post.starts_on, post.ends_on, now=now)


def posts_of(account_id: int, now: datetime) -> Sequence[Post]:
    """Return the posts that an account holds now."""
    rows = session.scalars(_around(select(Post).where(Post.account_id == account_id), now).order_by(Post.id))
    return [post for post in rows if runs(post, now)]


def grants_of(account_id: int, now: datetime) -> Iterable[tuple[str, str]]:
    """Return the posts of an account as grants, such as ``("mirror_secretary", "committee:12")``."""
    rows = session.execute(_HELD, {"account": account_id, "from": now.date() - _DAY, "until": now.date() + _DAY})
    return [
        (str(role), scope_of(committee_id))
        for role, committee_id, starts_on, ends_on in rows
        if in_term(starts_on, ends_on, now=now)
    ]


def post_holders(committee_id: int, roles: Iterable[PostRole], now: datetime) -> Sequence[Post]:
    """Return who holds one of these posts in a national committee now, those longest in post first."""
    query = select(Post).where(Post.committee_id == committee_id, Post.role.in_(list(roles)))
    rows = session.scalars(_around(query, now).order_by(Post.starts_on, Post.id))
    return [post for post in rows if runs(post, now)]


def by_slug(slug: str) -> Committee | None:
    """Return a committee by what its address calls it now."""
    return session.scalar(select(Committee).where(Committee.slug == slug))


def by_spelling(reference: str) -> Committee | None:
    """Return a committee by any known spelling of its reference."""
    key = folded(reference)
    return session.scalar(
        select(Committee)
        .join(CommitteeAlias, CommitteeAlias.committee_id == Committee.id)
        .where(CommitteeAlias.folded == key)
    )
