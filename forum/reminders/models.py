"""Reminders: a due date as one person is told of it, the days of telling, and the one mail of a day."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word


class ReminderState(StrEnum):
    """Whether somebody still waits for something."""

    OPEN = "open"
    MOVED = "moved"  # the date was changed: another reminder stands for the new one
    SETTLED = "settled"  # done, withdrawn, or no longer this person's


class NoticeState(StrEnum):
    """How far one telling has come."""

    PLANNED = "planned"
    TOLD = "told"
    COVERED = "covered"  # a later one was told on the same day
    CANCELLED = "cancelled"


class Reminder(Bilingual, Row, Base):
    """A due date 到期事项 that one person is told of.

    Sentences are catalogue keys, facts what is filled in (``wording.packed``): each reader gets them in the
    language of the day.
    """

    __tablename__ = "reminder"
    __bilingual__: ClassVar = {"title": Text}
    __table_args__ = (
        UniqueConstraint("object_reference", "kind", "due_on", "account_id"),
        Index("ix_reminder_account_state", "account_id", "state"),
    )

    source: Mapped[str] = mapped_column(String(60))  # the room that asked for it
    object_reference: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(60))
    due_on: Mapped[date]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    sentence: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    next_step: Mapped[str] = mapped_column(Text, default="")
    step_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    link: Mapped[str] = mapped_column(Text, default="")  # path without the language
    state: Mapped[ReminderState] = mapped_column(Word(ReminderState), default=ReminderState.OPEN, index=True)

    notices: Mapped[list[Notice]] = relationship(back_populates="reminder", order_by="Notice.offset_days")


class Notice(Base):
    """One telling 提醒: so many days before or after the due date, moved to a working day."""

    __tablename__ = "reminder_notice"
    __table_args__ = (
        UniqueConstraint("reminder_id", "offset_days"),
        Index("ix_reminder_notice_state_on", "state", "tell_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id", ondelete="CASCADE"))
    offset_days: Mapped[int]  # negative before the due date
    tell_on: Mapped[date]
    state: Mapped[NoticeState] = mapped_column(Word(NoticeState), default=NoticeState.PLANNED)
    told_at: Mapped[datetime | None] = mapped_column(Instant)

    reminder: Mapped[Reminder] = relationship(back_populates="notices")


class ReminderDigest(Base):
    """The one mail 每日提醒 that somebody gets on a day; the row is what makes it one."""

    __tablename__ = "reminder_digest"
    __table_args__ = (UniqueConstraint("account_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    day: Mapped[date]  # by the recipient's calendar
    lines: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)


class ReminderOffset(Base):
    """On which days before and after the due date a kind is told, where the national office wants others."""

    __tablename__ = "reminder_offset"

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    days: Mapped[list[Any]] = mapped_column(default=list)  # whole numbers, rising
