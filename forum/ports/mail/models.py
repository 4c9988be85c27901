"""The outbox: mail that was promised in the transaction of a change and leaves after it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_


class MailState(StrEnum):
    """How far a mail has come."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"  # no mail server is configured: staff read it on a page
    DEAD = "dead"  # refused for good; staff can send it again


MAIL_STATES: dict[str, str] = {
    "queued": N_("Waiting"),
    "sending": N_("Being sent"),
    "sent": N_("Sent"),
    "kept": N_("Kept here, not sent"),
    "dead": N_("Refused by the mail server"),
}


class Lane(StrEnum):
    """Which mail goes first."""

    URGENT = "a_urgent"  # sign-in links
    PERSONAL = "b_personal"  # decisions, offers
    BULK = "c_bulk"  # digests


class OutboxMail(Row, Base):
    """One mail to one recipient, already written in the recipient's language."""

    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_due", "state", "lane", "next_at"),)

    lane: Mapped[Lane] = mapped_column(Word(Lane), default=Lane.PERSONAL)
    kind: Mapped[str] = mapped_column(String(60))
    forum_id: Mapped[int | None] = mapped_column(index=True)  # no foreign key: mail outlives a forum
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    unsubscribe: Mapped[str] = mapped_column(String(300), default="")  # address that stops such mail, with its secret
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[MailState] = mapped_column(Word(MailState), default=MailState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(String(300), default="")
