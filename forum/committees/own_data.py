"""What the committees hold about somebody with an account, for their own copy, and how posts end with the account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from forum.committees import operations
from forum.committees.models import POST_ROLES, LiaisonRelation, Post
from forum.committees.queries.desk import all_posts_of
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.refusals import N_, Word

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return every post that an account holds, held or will hold."""
    return [_section(post) for post in all_posts_of(account_id)]


def _section(post: Post) -> Section:
    unit = post.organisation
    entries: list[tuple[str, Any]] = [
        (N_("Post"), Word(POST_ROLES[post.role])),
        (N_("Committee"), post.committee.reference),
        (N_("Unit"), unit.text("name").joined() if unit is not None else ""),
        (N_("From"), post.starts_on.isoformat()),
        (N_("Until"), post.ends_on.isoformat() if post.ends_on else ""),
        (N_("Ended on"), post.ended_at.isoformat() if post.ended_at else ""),
    ]
    return {"title": N_("Post in a committee"), "entries": [entry for entry in entries if entry[1]]}


def erase_for(account_id: int, now: datetime) -> None:
    """End the posts of an account and its part in liaisons; that somebody held them stays, without a name."""
    for post in all_posts_of(account_id):
        operations.end_post(post, actor=SYSTEM, now=now)
    session.execute(
        update(LiaisonRelation)
        .where(LiaisonRelation.representative_id == account_id)
        .values(representative_id=None, version=LiaisonRelation.version + 1)
    )
