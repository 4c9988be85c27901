"""Reading forums: always through what the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from forum.core.database import session
from forum.events.models import Forum, ForumRole, ForumState, PracticalSection

# Asked with every request of somebody who has signed in, so it is made once.
_HELD = select(ForumRole.role, ForumRole.forum_id).where(ForumRole.account_id == bindparam("account"))


def grants_of(account_id: int, now: datetime) -> Iterable[tuple[str, str]]:  # noqa: ARG001 - forum roles have no term
    """Return the roles of an account on forums, as grants."""
    rows = session.execute(_HELD, {"account": account_id})
    return [(str(role), f"forum:{forum_id}") for role, forum_id in rows]


def by_slug(slug: str) -> Forum | None:
    """Return a forum by its slug, whatever its state."""
    return session.scalar(select(Forum).where(Forum.slug == slug))


def public_forums() -> Sequence[Forum]:
    """Return the forums that the public may know of, the next one first."""
    return session.scalars(select(Forum).where(Forum.state != ForumState.DRAFT).order_by(Forum.first_day.desc())).all()


def forums_of(account_id: int, *, is_admin: bool) -> Sequence[Forum]:
    """Return the forums on which an account works."""
    query = select(Forum).order_by(Forum.first_day.desc())
    if not is_admin:
        query = query.where(Forum.id.in_(select(ForumRole.forum_id).where(ForumRole.account_id == account_id)))
    return session.scalars(query).all()


def practical_sections(forum: Forum) -> Sequence[PracticalSection]:
    """Return the sections of the practical information in order."""
    return session.scalars(
        select(PracticalSection).where(PracticalSection.forum_id == forum.id).order_by(PracticalSection.order)
    ).all()


def bump_revision(forum: Forum) -> None:
    """Say that something the public can see has changed; in the same transaction as the change."""
    session.execute(
        update(Forum)
        .where(Forum.id == forum.id)
        .values(revision=Forum.revision + 1)
        .execution_options(synchronize_session=False)
    )
