"""What was done: transitions, consents, approvals, who had a hand in a case, and its attachments."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.audit.models import immutable
from forum.core.database import Base, BigId, Instant, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models.partnership import PartnershipParty
from forum.partnerships.models.version import AgreementVersion
from forum.partnerships.states import VersionState
from forum.ports.files.models import StoredFile


class TransitionRecord(Base):
    """One step of a version's life 流转记录; append-only, held by triggers."""

    __tablename__ = "partnership_transition"
    __table_args__ = (UniqueConstraint("version_id", "seq"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    action: Mapped[str] = mapped_column(String(40))
    source: Mapped[VersionState] = mapped_column(Word(VersionState))
    target: Mapped[VersionState] = mapped_column(Word(VersionState))
    # No foreign key: the record outlives an account, whose removal mustn't alter it.
    account_id: Mapped[int | None] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(80))
    acting_for: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(40))
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    number_before: Mapped[int]
    number_after: Mapped[int]
    text_hash: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    case: Mapped[AgreementVersion] = relationship()


for _ddl in immutable("partnership_transition"):
    event.listen(TransitionRecord.__table__, "after_create", _ddl)


class ConsentKind(StrEnum):
    """To what a party says yes."""

    TEXT = "text"
    AGREE_TEXT = "agree_text"
    NEW_TERMS = "new_terms"
    LATE_RENEWAL = "late_renewal"
    RESUME = "resume"
    FINAL_REPORT = "final_report"  # of earlier cases; a report is confirmed in the plan
    ENDORSE = "endorse"
    EXPRESS_INTEREST = "express_interest"


class PartyConsent(Row, Base):
    """A party's yes, by one person: to a text (its hash) or to a step (the moves of the version at that time)."""

    __tablename__ = "partnership_consent"
    __table_args__ = (UniqueConstraint("version_id", "party_id", "kind", "moves", "text_hash"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id", ondelete="CASCADE"))
    party_id: Mapped[int] = mapped_column(ForeignKey("partnership_party.id", ondelete="CASCADE"))
    kind: Mapped[ConsentKind] = mapped_column(Word(ConsentKind))
    moves: Mapped[int] = mapped_column(default=0)
    text_hash: Mapped[str] = mapped_column(String(64), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Instant)

    party: Mapped[PartnershipParty] = relationship()


class Approval(Row, Base):
    """One person's approval 同意; two people make an approval of the office, one person never two."""

    __tablename__ = "partnership_approval"
    __table_args__ = (UniqueConstraint("version_id", "account_id", "moves"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id", ondelete="CASCADE"))
    # The decision stays when the account goes; only who it was is forgotten.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    moves: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    conditions: Mapped[str] = mapped_column(Text, default="")
    text_hash: Mapped[str] = mapped_column(String(64))
    void_at: Mapped[datetime | None] = mapped_column(Instant)


class CaseHand(Row, Base):
    """In which capacity somebody has had a hand in a case: one person, one capacity, held by the constraint."""

    __tablename__ = "partnership_hand"
    __table_args__ = (UniqueConstraint("version_id", "account_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    capacity: Mapped[str] = mapped_column(String(40))  # "drafter", or the role in which somebody decided
    moves: Mapped[int]  # of the version when this person last decided


class AttachmentKind(StrEnum):
    """What a file is for."""

    SCAN = "scan"
    OPINION = "opinion"
    RENEWAL_LETTER = "renewal_letter"
    FINAL_REPORT = "final_report"  # of earlier cases; a report is written in the plan
    OTHER = "other"


ATTACHMENT_KINDS: dict[str, str] = {
    "scan": P_("partnership", "Scan of a signed copy"),
    "opinion": P_("partnership", "Opinion"),
    "renewal_letter": P_("partnership", "Letter of renewal"),
    "final_report": P_("partnership", "Joint final report"),
    "other": P_("partnership", "Other attachment"),
}


class CaseAttachment(Row, Base):
    """A file of a case; a replaced one stays for the record."""

    __tablename__ = "partnership_attachment"

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id", ondelete="CASCADE"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_party.id", ondelete="SET NULL"))
    kind: Mapped[AttachmentKind] = mapped_column(Word(AttachmentKind))
    language: Mapped[str] = mapped_column(String(2), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)

    file: Mapped[StoredFile | None] = relationship(lazy="joined")
