"""What is known of each side of a bilingual field beyond its text."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, BigId, Instant, Word


class Origin(StrEnum):
    """Who wrote a translation."""

    MACHINE = "machine"
    HUMAN = "human"


class TranslationState(Base):
    """The source a translation was made from, by whom, and who reviewed it."""

    __tablename__ = "translation_state"
    __table_args__ = (UniqueConstraint("entity", "entity_id", "field", "lang"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    lang: Mapped[str] = mapped_column(String(2))
    source_lang: Mapped[str] = mapped_column(String(2))
    source_hash: Mapped[str] = mapped_column(String(64))
    source_text: Mapped[str] = mapped_column(Text, default="")
    origin: Mapped[Origin] = mapped_column(Word(Origin), default=Origin.HUMAN)
    engine: Mapped[str] = mapped_column(String(60), default="")
    by: Mapped[str] = mapped_column(String(80), default="")
    reviewed_by: Mapped[str | None] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
