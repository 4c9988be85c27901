"""Drafts that were asked for, what an engine used up, whether it is in order, and what never leaves the house.

No table here holds a text: a job knows its source by its hash alone.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, BigId, Instant, Word
from forum.core.refusals import P_


class JobState(StrEnum):
    """How far a draft has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


JOB_STATES: dict[str, str] = {
    "queued": P_("machine draft", "Waiting"),
    "running": P_("machine draft", "At the engine"),
    "done": P_("machine draft", "Drafted"),
    "failed": P_("machine draft", "Failed"),
    "dropped": P_("machine draft", "Not needed any more"),
}


class TranslationJob(Base):
    """A draft that was asked for: one for each text, however often it is asked for."""

    __tablename__ = "translation_job"
    __table_args__ = (
        UniqueConstraint("entity", "entity_id", "field", "lang", "source_hash"),
        Index("ix_translation_job_due", "state", "next_at"),
        Index("ix_translation_job_scope", "scope", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    lang: Mapped[str] = mapped_column(String(2))  # into which it is drafted
    source_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[JobState] = mapped_column(Word(JobState), default=JobState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    alone: Mapped[bool] = mapped_column(default=False)  # the engine refused the batch that it was in
    next_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    claim: Mapped[str] = mapped_column(String(16), default="")  # of the worker that has it now
    error: Mapped[str] = mapped_column(String(300), default="")  # never an address, a key or a whole text
    asked_by: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(80), default="")  # "forum:<public id>"; empty: of no forum
    asked_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


class EngineUse(Base):
    """What an engine was sent in one month."""

    __tablename__ = "engine_use"

    engine: Mapped[str] = mapped_column(String(40), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)  # 2027-03, in UTC
    calls: Mapped[int] = mapped_column(default=0)
    characters: Mapped[int] = mapped_column(default=0)


class BreakerState(StrEnum):
    """Whether an engine is called."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


BREAKER_STATES: dict[str, str] = {
    "closed": P_("engine", "In order"),
    "open": P_("engine", "Paused after failures"),
    "half_open": P_("engine", "Being tried again"),
}


class EngineBreaker(Base):
    """Whether an engine is in order, and how often it was called in this minute; one row for each engine."""

    __tablename__ = "engine_breaker"

    engine: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[BreakerState] = mapped_column(Word(BreakerState), default=BreakerState.CLOSED)
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    pause: Mapped[int] = mapped_column(default=0)  # seconds, of the latest opening
    until: Mapped[datetime | None] = mapped_column(Instant)  # end of the pause, or of the trial call
    last_error: Mapped[str] = mapped_column(String(120), default="")
    last_error_at: Mapped[datetime | None] = mapped_column(Instant)
    minute: Mapped[datetime | None] = mapped_column(Instant)
    calls: Mapped[int] = mapped_column(default=0)  # in that minute


class KeptInside(Base):
    """A record of which somebody said that it is never sent outside."""

    __tablename__ = "kept_inside"

    entity: Mapped[str] = mapped_column(String(40), primary_key=True)
    entity_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)


class ClearedProgramme(Base):
    """A forum of which somebody decided that its confirmed, public sessions may go to an engine before a release."""

    __tablename__ = "cleared_programme"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), primary_key=True)
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
