"""Concepts, the words for them in each language, and what was answered to a finding."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual, Language
from forum.core.database import Base, Instant, Row, Word
from forum.ports.files.models import StoredFile
from forum.terms.states import GOOD, Certainty, TermSubject, Use

_PREFERRED = text("use = 'preferred'")


class TermConcept(Bilingual, Row, Base):
    """What words stand for.  Its first words and their keys are copies for lists, see ``operations.settling``."""

    __tablename__ = "term_concept"
    __bilingual__: ClassVar = {"definition": Text, "note": Text}

    key: Mapped[str | None] = mapped_column(String(80), unique=True)  # of the seeds, so that they are taken once
    subject: Mapped[TermSubject] = mapped_column(Word(TermSubject), default=TermSubject.GENERAL, index=True)
    owner: Mapped[str] = mapped_column(String(160), default="")  # who decides; empty is the national office
    definition_source: Mapped[str] = mapped_column(String(300), default="")
    head_en: Mapped[str] = mapped_column(String(200), default="")
    head_zh: Mapped[str] = mapped_column(String(200), default="")
    sort_en: Mapped[str] = mapped_column(String(300), default="", index=True)
    sort_zh: Mapped[str] = mapped_column(String(300), default="", index=True)
    letter_en: Mapped[str] = mapped_column(String(1), default="#")
    letter_zh: Mapped[str] = mapped_column(String(1), default="#")
    search: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    renderings: Mapped[list[TermRendering]] = relationship(
        back_populates="concept", order_by="TermRendering.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class TermRendering(Row, Base):
    """A word for a concept in one language.  Several may be preferred, each by an owner of its own."""

    __tablename__ = "term_rendering"
    __table_args__ = (
        UniqueConstraint("concept_id", "lang", "folded", "owner", name="uq_term_rendering_word"),
        Index(
            "uq_term_rendering_preferred",
            "concept_id",
            "lang",
            "owner",
            unique=True,
            sqlite_where=_PREFERRED,
            postgresql_where=_PREFERRED,
        ),
        CheckConstraint("lang IN ('en', 'zh')", name="lang"),
        Index("ix_term_rendering_folded", "folded"),
        Index("ix_term_rendering_updated_at", "updated_at"),
    )

    concept_id: Mapped[int] = mapped_column(ForeignKey("term_concept.id", ondelete="CASCADE"))
    lang: Mapped[Language] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    use: Mapped[Use] = mapped_column(Word(Use), default=Use.ADMITTED)
    owner: Mapped[str] = mapped_column(String(160), default="")  # the document or body whose usage it is
    source: Mapped[str] = mapped_column(String(300), default="")
    certainty: Mapped[Certainty] = mapped_column(Word(Certainty), default=Certainty.TO_CONFIRM, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it is not to be used
    entered_by: Mapped[str] = mapped_column(String(80), default="")  # as the audit names people
    confirmed_by: Mapped[str] = mapped_column(String(80), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    concept: Mapped[TermConcept] = relationship(back_populates="renderings")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_sure(self) -> bool:
        """Tell whether a person has confirmed it."""
        return self.certainty is Certainty.VERIFIED

    @property
    def is_good(self) -> bool:
        """Tell whether it may be used."""
        return self.use in GOOD


class TermAnswer(Row, Base):
    """What somebody answered to a finding in one side of a text: it stays, for a reason."""

    __tablename__ = "term_answer"
    __table_args__ = (UniqueConstraint("entity", "entity_id", "field", "lang", "finding", name="uq_term_answer"),)

    entity: Mapped[str] = mapped_column(String(60))
    entity_id: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(60))
    lang: Mapped[Language] = mapped_column(String(2))
    finding: Mapped[str] = mapped_column(String(64))  # key of the finding, see rules.findings
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime] = mapped_column(Instant)


class TermIntake(Row, Base):
    """A file of terms that somebody handed in: looked at first, taken in once."""

    __tablename__ = "term_intake"

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    by: Mapped[str] = mapped_column(String(80), default="")
    taken_at: Mapped[datetime | None] = mapped_column(Instant)

    file: Mapped[StoredFile] = relationship(lazy="joined")
