"""Evidence, and what each piece counts for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models import Partnership, PartnershipParty, Side
from forum.ports.files.models import StoredFile


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    MINUTES = "minutes"
    ATTENDANCE = "attendance"
    PHOTOGRAPH = "photograph"
    PUBLICATION = "publication"
    STANDARD_TEXT = "standard_text"
    CERTIFICATE = "certificate"
    DATASET = "dataset"
    REPORT = "report"
    OTHER = "other"


EVIDENCE_KINDS: dict[str, str] = {
    "minutes": P_("cooperation", "Minutes"),
    "attendance": P_("cooperation", "List of participants"),
    "photograph": P_("cooperation", "Photograph"),
    "publication": P_("cooperation", "Publication"),
    "standard_text": P_("cooperation", "Text of a standard"),
    "certificate": P_("cooperation", "Certificate"),
    "dataset": P_("cooperation", "Dataset"),
    "report": P_("cooperation", "Report"),
    "other": P_("cooperation", "Other"),
}


class EvidenceVerdict(StrEnum):
    """What the checker says."""

    ACCEPTED = "accepted"
    WEAK = "weak"
    REJECTED = "rejected"


EVIDENCE_VERDICTS: dict[str, str] = {
    "accepted": P_("cooperation", "Evidence accepted"),
    "weak": P_("cooperation", "Evidence is weak"),
    "rejected": P_("cooperation", "Evidence rejected"),
}


class EvidenceVisibility(StrEnum):
    """Who may open a piece of evidence."""

    PARTIES = "parties"
    LEVELS = "levels"
    PUBLIC = "public"


EVIDENCE_VISIBILITIES: dict[str, str] = {
    "parties": P_("cooperation", "The cities alone"),
    "levels": P_("cooperation", "The cities and the reviewing levels"),
    "public": P_("cooperation", "Everybody"),
}


class Evidence(Row, Base):
    """A piece of evidence 证据: a file, where it comes from, and what its checker says."""

    __tablename__ = "evidence"
    __table_args__ = (
        # A file is superseded by one other; both stay readable.
        UniqueConstraint("supersedes_id"),
        CheckConstraint("checked_by IS NULL OR uploaded_by IS NULL OR checked_by <> uploaded_by", name="checker"),
        CheckConstraint("(verdict IS NULL) = (checked_at IS NULL)", name="verdict"),
        Index("ix_evidence_sha256", "sha256"),
    )

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[EvidenceKind] = mapped_column(Word(EvidenceKind))
    dated_on: Mapped[date]
    party_id: Mapped[int] = mapped_column(ForeignKey("partnership_party.id"))
    side: Mapped[Side] = mapped_column(Word(Side))
    language: Mapped[str] = mapped_column(String(8), default="")
    visibility: Mapped[EvidenceVisibility] = mapped_column(Word(EvidenceVisibility), default=EvidenceVisibility.LEVELS)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    verdict: Mapped[EvidenceVerdict | None] = mapped_column(Word(EvidenceVerdict))
    reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship()
    party: Mapped[PartnershipParty] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")
    supersedes: Mapped[Evidence | None] = relationship(remote_side="Evidence.id", back_populates="superseded_by")
    superseded_by: Mapped[Evidence | None] = relationship(back_populates="supersedes", uselist=False)
    uses: Mapped[list[EvidenceUse]] = relationship(back_populates="evidence", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How stored files name this piece."""
        return f"evidence:{self.public_id}"


class CountedObject(Row, Base):
    """A thing that a target counts, such as one standard for one aim: each target counts an object once."""

    __tablename__ = "counted_object"
    __table_args__ = (UniqueConstraint("target", "counted"),)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    target: Mapped[str] = mapped_column(String(80))  # "milestone:<public id>", "activity:…", "outcome:…"
    counted: Mapped[str] = mapped_column(String(120))  # "standard:GB/T 36749-2018", "activity:…", "city:…"


class EvidenceUse(Row, Base):
    """A piece of evidence that supports a counted object; several may support one."""

    __tablename__ = "evidence_use"
    __table_args__ = (UniqueConstraint("evidence_id", "object_id"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    object_id: Mapped[int] = mapped_column(ForeignKey("counted_object.id", ondelete="CASCADE"), index=True)

    evidence: Mapped[Evidence] = relationship(back_populates="uses")
    supported: Mapped[CountedObject] = relationship(lazy="joined")
