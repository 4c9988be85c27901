"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, or_, select

from forum.core.database import session
from forum.core.text import search_pattern
from forum.ports.mail.models import MailState, OutboxMail


def _of(forum_id: int | None) -> Select[OutboxMail]:
    wanted = select(OutboxMail)
    return wanted if forum_id is None else wanted.where(OutboxMail.forum_id == forum_id)


def page(
    forum_id: int | None, *, state: MailState | None, words: str, skip: int, most: int
) -> tuple[Sequence[OutboxMail], int]:
    """Return one page of the mail of a forum (of the whole site without one), newest first, and the count."""
    wanted = _of(forum_id)
    if state is not None:
        wanted = wanted.where(OutboxMail.state == state)
    if words:
        pattern = search_pattern(words)
        wanted = wanted.where(
            or_(
                func.lower(OutboxMail.recipient).like(pattern, escape="\\"),
                func.lower(OutboxMail.subject).like(pattern, escape="\\"),
            )
        )
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    newest = wanted.order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc())
    return session.scalars(newest.offset(skip).limit(most)).all(), count


def counts(forum_id: int | None) -> Mapping[MailState, int]:
    """Return how many mails are in each state."""
    wanted = select(OutboxMail.state, func.count()).group_by(OutboxMail.state)
    if forum_id is not None:
        wanted = wanted.where(OutboxMail.forum_id == forum_id)
    return dict(session.execute(wanted).all())


def one(forum_id: int | None, public_id: str) -> OutboxMail | None:
    """Return one mail of a forum, or of the whole site."""
    return session.scalar(_of(forum_id).where(OutboxMail.public_id == public_id))
