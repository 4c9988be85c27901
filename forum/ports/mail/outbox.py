"""Putting mail into the outbox, inside the transaction of the change that it tells of."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from forum.core.database import session
from forum.core.text import clean_line
from forum.ports.mail.compose import compose
from forum.ports.mail.models import Lane, OutboxMail


def post(
    template: str,
    recipient: str,
    language: str,
    *,
    now: datetime,
    key: str,
    lane: Lane = Lane.PERSONAL,
    forum_id: int | None = None,
    unsubscribe: str = "",
    **facts: Any,
) -> bool:
    """Write one mail to the outbox in the recipient's language; nothing leaves before the commit.

    ``template`` names ``templates/mail/<template>.txt``.  ``key`` identifies the occasion (such as
    ``"approved:<public id>:<version>"``): the Message-ID follows from it, so that the same occasion is
    never told twice.  ``unsubscribe`` is an address at which one POST stops such mail (RFC 8058).  Returns
    False when there is no address or the mail was already posted.
    """
    address = clean_line(recipient)
    if not address:
        return False
    identity = hashlib.sha256(f"{template}\n{key}\n{address}".encode()).hexdigest()[:40]
    subject, body = compose(template, language, **facts)
    upsert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(OutboxMail)
    posted = session.execute(
        upsert.values(
            lane=lane,
            kind=template,
            forum_id=forum_id,
            recipient=address,
            language=language,
            subject=subject,
            body=body,
            unsubscribe=unsubscribe,
            message_id=f"<{identity}@outbox.forum.invalid>",
            next_at=now,
        )
        .on_conflict_do_nothing(index_elements=["message_id"])
        .returning(OutboxMail.id)
    )
    return posted.first() is not None
