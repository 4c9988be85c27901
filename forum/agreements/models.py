"""Agreement texts, their clauses with a history that only grows, proposals, confirmations and freezings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.agreements.kinds import Instrument, Party, ProposalState, Rank, TextStage
from forum.audit.models import immutable
from forum.core.bilingual import Bilingual
from forum.core.database import Base, BigId, Instant, Row, Word


class AgreementText(Bilingual, Row, Base):
    """The text of one agreement version 协议文本 in two languages, clause by clause.

    ``revision`` grows with every change of anything that the text says; ``parties`` holds key, name in both
    languages and the rank of the signatory.
    """

    __tablename__ = "agreement_text"
    __bilingual__: ClassVar = {"title": String(300)}
    __table_args__ = (
        CheckConstraint("term_months IS NULL OR term_months > 0", name="term"),
        CheckConstraint("notice_months IS NULL OR notice_months > 0", name="notice"),
    )

    instrument: Mapped[Instrument] = mapped_column(Word(Instrument))
    parties: Mapped[list[Any]]
    authentic: Mapped[list[str]] = mapped_column(default=lambda: ["en", "zh"])
    prevailing: Mapped[str | None] = mapped_column(String(2))
    term_months: Mapped[int | None]
    ends_on: Mapped[date | None]
    notice_months: Mapped[int | None]
    automatic_renewal: Mapped[bool] = mapped_column(default=False)
    budget_reference: Mapped[str] = mapped_column(String(200), default="")
    licence_reference: Mapped[str] = mapped_column(String(200), default="")
    stage: Mapped[TextStage] = mapped_column(Word(TextStage), default=TextStage.OPEN)
    revision: Mapped[int] = mapped_column(default=1)
    hash_en: Mapped[str | None] = mapped_column(String(64))
    hash_zh: Mapped[str | None] = mapped_column(String(64))
    hash_both: Mapped[str | None] = mapped_column(String(64))
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    clauses: Mapped[list[Clause]] = relationship(back_populates="agreement", order_by="(Clause.order, Clause.id)")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_frozen(self) -> bool:
        """Tell whether the text may no longer change."""
        return self.stage is TextStage.FROZEN

    @property
    def party_list(self) -> tuple[Party, ...]:
        """The parties in their order."""
        return parties_of(self.parties)

    @property
    def reference(self) -> str:
        """How the audit names this text."""
        return f"agreement_text:{self.public_id}"


def parties_of(stored: list[Any]) -> tuple[Party, ...]:
    """Return parties as they are stored, as values."""
    return tuple(
        Party(each["key"], each["name_en"], each["name_zh"], Rank(each["rank"]) if each.get("rank") else None)
        for each in stored
    )


class Clause(Row, Base):
    """One clause 条款: both wordings, the revision of each side, and which revisions were matched.

    ``matched_hash`` is the fingerprint of both wordings when they were matched, so that a change that went past the
    product is out of step as well.
    """

    __tablename__ = "agreement_clause"
    __table_args__ = (UniqueConstraint("text_id", "key"), Index("ix_agreement_clause_order", "text_id", "order"))

    text_id: Mapped[int] = mapped_column(ForeignKey("agreement_text.id"))
    key: Mapped[str] = mapped_column(String(40))
    order: Mapped[int] = mapped_column(default=0)
    heading_en: Mapped[str] = mapped_column(String(200), default="")
    heading_zh: Mapped[str] = mapped_column(String(200), default="")
    en: Mapped[str] = mapped_column(Text, default="")
    zh: Mapped[str] = mapped_column(Text, default="")
    revision_en: Mapped[int] = mapped_column(default=1)
    revision_zh: Mapped[int] = mapped_column(default=1)
    matched_en: Mapped[int | None]
    matched_zh: Mapped[int | None]
    matched_hash: Mapped[str | None] = mapped_column(String(64))
    matched_by: Mapped[str] = mapped_column(String(80), default="")
    matched_at: Mapped[datetime | None] = mapped_column(Instant)
    library_version: Mapped[int | None]
    variant: Mapped[str] = mapped_column(String(40), default="")
    deviation_note: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)

    agreement: Mapped[AgreementText] = relationship(back_populates="clauses")

    __mapper_args__ = {"version_id_col": version}

    def side(self, language: str) -> str:
        """Return the wording in that language."""
        return self.zh if language == "zh" else self.en

    def heading(self, language: str) -> str:
        """Return the heading in that language, or in the other one."""
        return (self.heading_zh or self.heading_en) if language == "zh" else (self.heading_en or self.heading_zh)


class ClauseRevision(Base):
    """One change of one side of a clause, kept for ever: who, for which party, what it said after."""

    __tablename__ = "agreement_clause_revision"
    __table_args__ = (Index("ix_agreement_clause_revision_text", "text_id", "clause_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("agreement_text.id"))
    clause_key: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    revision: Mapped[int]
    deed: Mapped[str] = mapped_column(String(20))  # added, edited, accepted, removed
    actor: Mapped[str] = mapped_column(String(80))
    party_key: Mapped[str] = mapped_column(String(80), default="")
    before_hash: Mapped[str] = mapped_column(String(64), default="")
    after_hash: Mapped[str] = mapped_column(String(64), default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Instant)


for _ddl in immutable("agreement_clause_revision"):
    event.listen(ClauseRevision.__table__, "after_create", _ddl)


class Proposal(Row, Base):
    """A wording that one party proposes for a clause, until it is accepted, replaced or withdrawn."""

    __tablename__ = "agreement_proposal"
    __table_args__ = (
        Index(
            "uq_agreement_proposal_open",
            "clause_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    clause_id: Mapped[int] = mapped_column(ForeignKey("agreement_clause.id", ondelete="CASCADE"), index=True)
    en: Mapped[str] = mapped_column(Text, default="")
    zh: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    party_key: Mapped[str] = mapped_column(String(80))
    actor: Mapped[str] = mapped_column(String(80))
    state: Mapped[ProposalState] = mapped_column(Word(ProposalState), default=ProposalState.OPEN)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_proposal.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    version: Mapped[int] = mapped_column(default=1)

    clause: Mapped[Clause] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def side(self, language: str) -> str:
        """Return the proposed wording in that language."""
        return self.zh if language == "zh" else self.en


class Confirmation(Row, Base):
    """A party's word that this revision of the text is what it agrees to; void once anything has changed."""

    __tablename__ = "agreement_confirmation"
    __table_args__ = (UniqueConstraint("text_id", "party_key", "revision", "hash_both"),)

    text_id: Mapped[int] = mapped_column(ForeignKey("agreement_text.id"), index=True)
    party_key: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int]
    hash_both: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)


class Freezing(Row, Base):
    """A time during which the text was frozen, with its seal: what a signature copy is checked against."""

    __tablename__ = "agreement_freezing"
    __table_args__ = (
        Index(
            "uq_agreement_freezing_current",
            "text_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    text_id: Mapped[int] = mapped_column(ForeignKey("agreement_text.id"), index=True)
    short: Mapped[str] = mapped_column(String(16), index=True)
    hash_en: Mapped[str] = mapped_column(String(64))
    hash_zh: Mapped[str] = mapped_column(String(64))
    hash_both: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    frozen_at: Mapped[datetime] = mapped_column(Instant)
    frozen_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(String(80), default="")

    agreement: Mapped[AgreementText] = relationship()
