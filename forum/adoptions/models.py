"""Adoptions: which national standard takes over which dated edition, how far it follows, and what was seen to move.

Source: GB/T 1.2-2020 (degrees); GB/T 20000.2 and ISO/IEC Guide 21-1 (identification of differences).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.adoptions.states import AdoptionState, EntryState
from forum.committees.models import Committee, Confidence, Precision
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_
from forum.standards.models import Standard


class Degree(StrEnum):
    """How far a national standard follows the edition (GB/T 1.2-2020): only the first two are an adoption."""

    IDT = "idt"
    MOD = "mod"
    NEQ = "neq"


DEGREES: dict[str, str] = {
    "idt": N_("Identical (IDT)"),
    "mod": N_("Modified (MOD)"),
    "neq": N_("Not equivalent (NEQ)"),
}
ADOPTING = (Degree.IDT, Degree.MOD)


class Direction(StrEnum):
    """Which of the two came first."""

    ADOPTS = "adopts"  # the national standard is made from the international edition
    ORIGIN = "origin"  # the international one was made from the national standard


DIRECTIONS: dict[str, str] = {
    "adopts": N_("The national standard takes over the international edition"),
    "origin": N_("The international standard was made from the national one"),
}


class Adoption(Bilingual, Row, Base):
    """A national standard and a dated international edition; many to many."""

    __tablename__ = "adoption"
    __bilingual__: ClassVar = {"note": Text}
    __table_args__ = (
        UniqueConstraint("national_id", "international_id", "direction", name="uq_adoption_pair"),
        CheckConstraint("national_id <> international_id", name="two_standards"),
        Index("ix_adoption_international_id", "international_id"),
    )

    national_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    international_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    direction: Mapped[Direction] = mapped_column(Word(Direction), default=Direction.ADOPTS)
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)  # of the pair
    degree: Mapped[Degree | None] = mapped_column(Word(Degree))
    degree_confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)
    state: Mapped[AdoptionState] = mapped_column(Word(AdoptionState), default=AdoptionState.PLANNED)
    entry: Mapped[EntryState] = mapped_column(Word(EntryState), default=EntryState.PROPOSED, index=True)
    in_force_from: Mapped[date | None]
    in_force_precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.DAY)
    superseded_on: Mapped[date | None]
    mirror_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)  # that keeps the standard
    verified_by: Mapped[str] = mapped_column(String(80), default="")  # the degree, as the audit names people
    verified_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(String(300), default="")  # where the pair and the degree can be read
    source: Mapped[str] = mapped_column(String(300), default="")
    returned_because: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[str] = mapped_column(String(80), default="")  # as the audit names them
    drift: Mapped[str] = mapped_column(String(400), default="")  # what the last look saw, see rules.drift.signature
    drift_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    national: Mapped[Standard] = relationship(foreign_keys=[national_id])
    international: Mapped[Standard] = relationship(foreign_keys=[international_id])
    mirror: Mapped[Committee | None] = relationship()
    differences: Mapped[list[AdoptionDifference]] = relationship(
        back_populates="adoption", order_by="AdoptionDifference.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this adoption."""
        return f"adoption:{self.public_id}"

    @property
    def confirmed_degree(self) -> Degree | None:
        """Return the degree as far as it is a fact; an unconfirmed one is none."""
        return self.degree if self.degree_confidence is Confidence.VERIFIED else None


class DifferenceKind(StrEnum):
    """What a difference touches."""

    TECHNICAL = "technical"
    EDITORIAL = "editorial"


DIFFERENCE_KINDS: dict[str, str] = {
    "technical": N_("Technical difference"),
    "editorial": N_("Editorial change"),
}


class AdoptionDifference(Bilingual, Row, Base):
    """Where the national text departs from the edition, and why."""

    __tablename__ = "adoption_difference"
    __bilingual__: ClassVar = {"change": Text, "reason": Text}

    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DifferenceKind] = mapped_column(Word(DifferenceKind), default=DifferenceKind.TECHNICAL)
    clause: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)

    adoption: Mapped[Adoption] = relationship(back_populates="differences")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reasoned(self) -> bool:
        """Tell whether a reason stands in at least one language."""
        return bool(self.side("reason", "en") or self.side("reason", "zh"))


class AdoptionAlarm(Row, Base):
    """An alarm that was raised or cleared, when it was seen; append-only."""

    __tablename__ = "adoption_alarm"
    __table_args__ = (Index("ix_adoption_alarm_seen_at", "seen_at"),)

    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id", ondelete="CASCADE"), index=True)
    before: Mapped[str] = mapped_column(String(30), default="")  # the leading alarm, see rules.drift.Alarm
    after: Mapped[str] = mapped_column(String(30), default="")
    seen_at: Mapped[datetime] = mapped_column(Instant)
    signature: Mapped[str] = mapped_column(String(400), default="")

    adoption: Mapped[Adoption] = relationship()
