"""Segments of the memory, where each was learnt, what was taken out, and the revision that caches compare."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.database import Base, BigId, Instant, Row, Word
from forum.core.refusals import N_
from forum.ports.files.models import StoredFile


class SegmentOrigin(StrEnum):
    """Who wrote the translation; whoever wrote it, somebody has reviewed it."""

    HUMAN = "human"
    MACHINE = "machine"
    IMPORTED = "imported"


SEGMENT_ORIGINS: dict[str, str] = {
    "human": N_("Written by a person"),
    "machine": N_("Machine draft, reviewed"),
    "imported": N_("Imported"),
}
# How far a translation is trusted where scores are equal: 0 to 100.
QUALITY = {SegmentOrigin.HUMAN: 100, SegmentOrigin.MACHINE: 90, SegmentOrigin.IMPORTED: 80}
QUALITY_OF_ANOTHER = 60  # imported beside a translation that the memory has already


def key_of(src_lang: str, tgt_lang: str, src_norm: str, context: str) -> str:
    """Return the hash of what makes a segment one: both languages, the normalised source and the context."""
    return hashlib.sha256(f"{src_lang}\0{tgt_lang}\0{src_norm}\0{context}".encode()).hexdigest()


def source_key_of(src_lang: str, tgt_lang: str, src_norm: str) -> str:
    """Return the hash of both languages and the normalised source, whatever the context."""
    return hashlib.sha256(f"{src_lang}\0{tgt_lang}\0{src_norm}".encode()).hexdigest()


class MemorySegment(Row, Base):
    """A source segment and its translation, as somebody has reviewed them.

    ``variant`` tells apart several translations of one source in one context; 0 came first.
    """

    __tablename__ = "memory_segment"
    __table_args__ = (
        UniqueConstraint("key", "variant"),
        CheckConstraint("quality BETWEEN 0 AND 100", name="quality"),
        CheckConstraint("src_lang <> tgt_lang", name="two_languages"),
        Index("ix_memory_segment_revision", "revision"),
        Index("ix_memory_segment_source_key", "source_key"),
    )

    src_lang: Mapped[str] = mapped_column(String(2))
    tgt_lang: Mapped[str] = mapped_column(String(2))
    src: Mapped[str] = mapped_column(Text)
    tgt: Mapped[str] = mapped_column(Text)
    src_norm: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(String(200), default="")
    key: Mapped[str] = mapped_column(String(64))
    source_key: Mapped[str] = mapped_column(String(64))  # the same without the context
    variant: Mapped[int] = mapped_column(default=0)
    origin: Mapped[SegmentOrigin] = mapped_column(Word(SegmentOrigin), default=SegmentOrigin.HUMAN)
    quality: Mapped[int] = mapped_column(default=100)
    by: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime] = mapped_column(Instant)
    used: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)  # of the memory, when this row came or changed

    sources: Mapped[list[SegmentSource]] = relationship(
        back_populates="segment", cascade="all, delete-orphan", passive_deletes=True, order_by="SegmentSource.id"
    )

    @property
    def reference(self) -> str:
        """How the audit names this segment."""
        return f"memory_segment:{self.public_id}"


class SegmentSource(Base):
    """A text in which a segment stands: when the last one goes, the segment goes."""

    __tablename__ = "memory_source"
    __table_args__ = (
        UniqueConstraint("segment_id", "entity", "entity_id", "field"),
        Index("ix_memory_source_text", "entity", "entity_id", "field"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("memory_segment.id", ondelete="CASCADE"))
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))

    segment: Mapped[MemorySegment] = relationship(back_populates="sources")


class SegmentRemoval(Base):
    """A segment that went: by a new review, or by somebody with a reason.  The texts themselves aren't kept."""

    __tablename__ = "memory_removal"
    __table_args__ = (Index("ix_memory_removal_revision", "revision"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    segment_id: Mapped[int] = mapped_column(BigId)
    segment_public_id: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(500), default="")  # empty: replaced by a new review
    by: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(default=0)


class MemoryState(Base):
    """The revision of the whole memory; its row is locked by every change, so that revisions come in order."""

    __tablename__ = "memory_state"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[str] = mapped_column(String(32), default="")  # of this database: another one has another history
    stamp: Mapped[str] = mapped_column(String(32), default="")  # of the last change: a restored copy shows


class MemoryImport(Row, Base):
    """A file that was handed in at the desk and waits for somebody to confirm what its preview shows."""

    __tablename__ = "memory_import"

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)

    file: Mapped[StoredFile] = relationship(lazy="joined")
