"""The version of an agreement's text, which is what the life cycle runs on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.identifiers import public_id
from forum.partnerships.models.partnership import Instrument, Partnership
from forum.partnerships.states import VersionState


class AgreementVersion(Bilingual, Row, Base):
    """A text version 文本版本 of a partnership with its state, dates and hashes."""

    __tablename__ = "agreement_version"
    # As they were on the day of the registration: what is rewritten for a successor isn't public before its own.
    __bilingual__: ClassVar = {"registered_title": String(300), "registered_objectives": Text}
    __table_args__ = (
        UniqueConstraint("partnership_id", "number"),
        CheckConstraint("ends_on IS NULL OR effective_on IS NULL OR ends_on >= effective_on", name="term"),
        CheckConstraint("ends_on IS NOT NULL OR registry_number IS NULL OR auto_renew", name="end"),
        Index("ix_agreement_version_state", "state", "answer_by"),
    )

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1)
    instrument: Mapped[Instrument] = mapped_column(Word(Instrument))
    state: Mapped[VersionState] = mapped_column(Word(VersionState), default=VersionState.DRAFT)
    state_since: Mapped[datetime] = mapped_column(Instant)
    # When the other side's word for the state last changed: the dates of the domestic review are none of its affair.
    shared_since: Mapped[datetime] = mapped_column(Instant)
    moves: Mapped[int] = mapped_column(default=0)  # transitions so far; told to nobody outside, for a count tells
    stamp: Mapped[str] = mapped_column(String(16), default=public_id)  # renewed by each one: what a form has seen
    reached: Mapped[int] = mapped_column(default=0)  # the widest circle that has seen it: see rules.seeing.Circle
    circle: Mapped[int] = mapped_column(default=0, index=True)  # who sees that it exists now
    returned_from: Mapped[VersionState | None] = mapped_column(Word(VersionState))

    # The text: a row of the agreements room, or the two columns beside it.
    text_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_text.id"), index=True)
    text_en: Mapped[str] = mapped_column(Text, default="")
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_locked: Mapped[bool] = mapped_column(default=False)
    matched_hash: Mapped[str] = mapped_column(String(64), default="")  # of both texts when last found to agree
    notice_months: Mapped[int] = mapped_column(default=3)
    auto_renew: Mapped[bool] = mapped_column(default=False)

    # SHA-256 of each text and of both, as signed off by the city and as approved.
    signed_off_en: Mapped[str] = mapped_column(String(64), default="")
    signed_off_zh: Mapped[str] = mapped_column(String(64), default="")
    signed_off_both: Mapped[str] = mapped_column(String(64), default="")
    approved_en: Mapped[str] = mapped_column(String(64), default="")
    approved_zh: Mapped[str] = mapped_column(String(64), default="")
    approved_both: Mapped[str] = mapped_column(String(64), default="")

    answer_by: Mapped[date | None]
    approved_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    delegation_reference: Mapped[str] = mapped_column(String(80), default="")
    signed_on: Mapped[date | None]
    signed_at_place: Mapped[str] = mapped_column(String(200), default="")
    signatories: Mapped[list[Any]] = mapped_column(default=list)
    effective_on: Mapped[date | None]
    registered_on: Mapped[date | None]
    registered_areas: Mapped[list[str]] = mapped_column(default=list)
    registry_number: Mapped[str | None] = mapped_column(String(30), unique=True)  # given once, never again
    ends_on: Mapped[date | None]
    suspended_on: Mapped[date | None]
    review_again_on: Mapped[date | None]
    notice_on: Mapped[date | None]
    stopped_on: Mapped[date | None]  # the effect date of a termination
    ended_on: Mapped[date | None]

    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_version.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship(back_populates="versions", lazy="joined")
    predecessor: Mapped[AgreementVersion | None] = relationship(remote_side="AgreementVersion.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How the audit and stored files name this version."""
        return f"agreement:{self.public_id}"
