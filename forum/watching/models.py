"""What somebody follows, what they are told of it, and the mails that told it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.committees.models import Committee
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_, P_
from forum.standards.models import Standard, Topic


class WatchKind(StrEnum):
    """What is followed: one thing with what belongs to it, or whatever fits a rule."""

    STANDARD = "standard"
    COMMITTEE = "committee"
    TOPIC = "topic"
    RULE = "rule"


WATCH_KINDS: dict[str, str] = {
    "standard": P_("watching", "Standard"),
    "committee": P_("watching", "Committee"),
    "topic": P_("watching", "Topic"),
    "rule": P_("watching", "Rule"),
}


class Frequency(StrEnum):
    """How soon somebody is told by mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


FREQUENCIES: dict[str, str] = {
    "at_once": N_("At once"),
    "daily": N_("Once a day, at eight in the morning"),
    "weekly": N_("Once a week, on Monday at eight in the morning"),
    "off": N_("No mail"),
}


class Level(StrEnum):
    """How much somebody is told."""

    ALL = "all"
    SIGNIFICANT = "significant"


LEVELS: dict[str, str] = {
    "all": N_("Every change"),
    "significant": N_("Only what is significant: ballots, approval, publication, review, withdrawal, transfer"),
}


class Watch(Row, Base):
    """Something that an account follows 关注, with how often and how much it is told."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        CheckConstraint(
            "kind = 'rule' OR standard_id IS NOT NULL OR committee_id IS NOT NULL OR topic_id IS NOT NULL", name="thing"
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[WatchKind] = mapped_column(Word(WatchKind))
    key: Mapped[str] = mapped_column(String(40))  # "standard:12"; of a rule "rule:<public id>"
    name: Mapped[str] = mapped_column(String(120), default="")  # of a rule
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    ics: Mapped[str] = mapped_column(String(20), default="")  # prefix
    stage_from: Mapped[str] = mapped_column(String(5), default="")
    stage_to: Mapped[str] = mapped_column(String(5), default="")
    type: Mapped[str] = mapped_column(String(40), default="")
    word: Mapped[str] = mapped_column(String(80), default="")  # in a title
    adopted: Mapped[bool] = mapped_column(default=False)  # only what is adopted nationally
    frequency: Mapped[Frequency] = mapped_column(Word(Frequency), default=Frequency.DAILY, index=True)
    level: Mapped[Level] = mapped_column(Word(Level), default=Level.ALL)
    since: Mapped[datetime] = mapped_column(Instant)  # nothing that was before is told
    version: Mapped[int] = mapped_column(default=1)

    account: Mapped[Account] = relationship()
    standard: Mapped[Standard | None] = relationship()
    committee: Mapped[Committee | None] = relationship()
    topic: Mapped[Topic | None] = relationship()
    exclusions: Mapped[list[WatchExclusion]] = relationship(cascade="all, delete-orphan", order_by="WatchExclusion.id")

    __mapper_args__ = {"version_id_col": version}


class WatchExclusion(Base):
    """A deliverable that is left out of what is followed."""

    __tablename__ = "watch_exclusion"
    __table_args__ = (UniqueConstraint("watch_id", "standard_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    watch_id: Mapped[int] = mapped_column(ForeignKey("watch.id", ondelete="CASCADE"))
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), index=True)

    standard: Mapped[Standard] = relationship(lazy="joined")


class WatchNotice(Base):
    """One thing that one person is told; the row is what makes it once, whichever rules it fits."""

    __tablename__ = "watch_notice"
    __table_args__ = (
        UniqueConstraint("account_id", "event"),
        Index("ix_watch_notice_told_at_due_at", "told_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(String(40))  # "stage:12" or "event:7"
    watch_id: Mapped[int | None] = mapped_column(ForeignKey("watch.id", ondelete="CASCADE"), index=True)
    due_at: Mapped[datetime] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)


class WatchDigest(Row, Base):
    """A mail that told somebody; the hash is of the secret by which they stop these mails without signing in."""

    __tablename__ = "watch_digest"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    lines: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)


class WatchRound(Base):
    """Up to which instant everything was gathered; a round that was cut off is made once more."""

    __tablename__ = "watch_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(Instant)
