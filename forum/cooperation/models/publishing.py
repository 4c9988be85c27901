"""What of a partnership is shown to everybody, and the consent of each party to it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.cooperation.models.evidence import Evidence
from forum.cooperation.models.linking import StandardLink
from forum.cooperation.states import OutcomeState
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models import Partnership, PartnershipParty


class OutcomeKind(StrEnum):
    """What came of a partnership."""

    STANDARD = "standard"
    PILOT = "pilot"
    COMPARISON = "comparison"
    GUIDELINE = "guideline"
    CASE = "case"
    TRAINING = "training"
    DATASET = "dataset"
    CERTIFICATE = "certificate"
    OTHER = "other"


OUTCOME_KINDS: dict[str, str] = {
    "standard": P_("cooperation", "Standard published"),
    "pilot": P_("cooperation", "Pilot completed"),
    "comparison": P_("cooperation", "Comparison of results"),
    "guideline": P_("cooperation", "Guideline"),
    "case": P_("cooperation", "Joint case"),
    "training": P_("cooperation", "People trained"),
    "dataset": P_("cooperation", "Dataset"),
    "certificate": P_("cooperation", "Certificate"),
    "other": P_("cooperation", "Other outcome"),
}


class PublishedOutcome(Bilingual, Row, Base):
    """An outcome 合作成果 as the public may read it: proposed by one side, public once each party has consented."""

    __tablename__ = "published_outcome"
    __bilingual__: ClassVar = {"title": String(300), "summary": Text}
    __table_args__ = (Index("ix_published_outcome_state", "state", "published_at"),)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("partnership_party.id"))  # that proposed it
    kind: Mapped[OutcomeKind] = mapped_column(Word(OutcomeKind))
    happened_on: Mapped[date]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_standard.id", ondelete="SET NULL"))
    state: Mapped[OutcomeState] = mapped_column(Word(OutcomeState), default=OutcomeState.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(Instant)  # anew after it was taken back or reworded
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship()
    party: Mapped[PartnershipParty] = relationship()
    evidence: Mapped[Evidence] = relationship(lazy="joined")
    standard: Mapped[StandardLink | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How consents name this outcome."""
        return f"outcome:{self.public_id}"


class ContactOffice(Bilingual, Row, Base):
    """The office 联络机构 that a party names for everybody: an office, never a person."""

    __tablename__ = "contact_office"
    __bilingual__: ClassVar = {"name": String(200)}
    __table_args__ = (UniqueConstraint("party_id"),)

    party_id: Mapped[int] = mapped_column(ForeignKey("partnership_party.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    party: Mapped[PartnershipParty] = relationship()

    __mapper_args__ = {"version_id_col": version}


class PublicationConsent(Row, Base):
    """The consent 同意公开 of one party to show one thing, in the words that it read; one record a party and thing."""

    __tablename__ = "publication_consent"
    __table_args__ = (UniqueConstraint("party_id", "thing"),)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("partnership_party.id", ondelete="CASCADE"))
    thing: Mapped[str] = mapped_column(String(80))  # "summary", "contact", "activity:<public id>", "outcome:…"
    fingerprint: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was read
    given_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    given_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
