"""Form keys: sending a form twice does it once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, Instant, session
from forum.core.refusals import N_, Refusal


class FormKey(Base):
    """A form that was sent: its key, what stood in it (as a hash), and the answer it got."""

    __tablename__ = "form_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80))
    body_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class FormAlreadyUsed(Refusal):
    """The same key came with another content."""

    message = N_("This form was already sent with other content. Open it anew to send a second one.")
    status = 422


def claim(key: str, scope: str, body_hash: str, now: datetime) -> FormKey | None:
    """Claim a key inside the write transaction: None means "go on", a row means "already done".

    The insert comes before everything else, so that of two equal forms one waits for the other and
    then finds its answer.  Raises ``FormAlreadyUsed`` when the content differs.
    """
    upsert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    made = session.execute(
        upsert(FormKey)
        .values(key=key, scope=scope, body_hash=body_hash, answer="", at=now)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(FormKey.key)
    ).scalar_one_or_none()
    if made is not None:
        return None
    row = session.get_one(FormKey, key, populate_existing=True)
    if row.body_hash != body_hash or row.scope != scope:
        raise FormAlreadyUsed
    return row


def answer(key: str, words: str) -> None:
    """Keep what a form that was claimed in this transaction came to."""
    session.execute(update(FormKey).where(FormKey.key == key).values(answer=words))
