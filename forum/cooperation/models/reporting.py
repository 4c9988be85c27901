"""Reports, what the counterpart says to them, and outcomes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.audit.models import immutable
from forum.cooperation.models.activity import Activity
from forum.cooperation.models.evidence import Evidence
from forum.cooperation.states import ReportState
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models import Partnership, PartnershipParty, Side


class ReportKind(StrEnum):
    """What a report is about."""

    ACTIVITY = "activity"
    ANNUAL = "annual"
    FINAL = "final"


REPORT_KINDS: dict[str, str] = {
    "activity": P_("cooperation", "Activity report"),
    "annual": P_("cooperation", "Annual report"),
    "final": P_("cooperation", "Joint final report"),
}


class Report(Bilingual, Row, Base):
    """A report 报告: what was promised, done and not done in a period."""

    __tablename__ = "cooperation_report"
    __bilingual__: ClassVar = {"promised": Text, "done": Text, "not_done": Text}
    __table_args__ = (
        CheckConstraint("period_to >= period_from", name="period"),
        Index("ix_cooperation_report_partnership", "partnership_id", "state"),
        # One report of a side for each kind, period and activity.
        UniqueConstraint("partnership_id", "written_by", "kind", "period_from", "period_to", "subject"),
    )

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    kind: Mapped[ReportKind] = mapped_column(Word(ReportKind))
    subject: Mapped[str] = mapped_column(String(80), default="")  # "activity:<public id>", or empty for the whole
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    period_from: Mapped[date]
    period_to: Mapped[date]
    party_id: Mapped[int] = mapped_column(ForeignKey("partnership_party.id"))
    written_by: Mapped[Side] = mapped_column(Word(Side))  # which side
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    state: Mapped[ReportState] = mapped_column(Word(ReportState), default=ReportState.DRAFT)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    returned_because: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship()
    party: Mapped[PartnershipParty] = relationship()
    activity: Mapped[Activity | None] = relationship()
    answers: Mapped[list[ReportAnswer]] = relationship(order_by="ReportAnswer.id", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}


class ReportAnswer(Row, Base):
    """The counterpart's confirmation or dissent; kept as it was given."""

    __tablename__ = "cooperation_report_answer"

    report_id: Mapped[int] = mapped_column(ForeignKey("cooperation_report.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("partnership_party.id"))
    confirms: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None]  # no foreign key: an answer stays as it is when an account goes
    given_at: Mapped[datetime] = mapped_column(Instant)

    party: Mapped[PartnershipParty] = relationship()


for _ddl in immutable("cooperation_report_answer"):
    event.listen(ReportAnswer.__table__, "after_create", _ddl)


class Outcome(Bilingual, Row, Base):
    """An outcome 成效: an indicator with its baseline and its target."""

    __tablename__ = "outcome"
    __bilingual__: ClassVar = {"indicator": String(300), "unit": String(60), "source": String(300)}

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    baseline: Mapped[str] = mapped_column(String(40))  # decimal
    baseline_year: Mapped[int]
    target: Mapped[str] = mapped_column(String(40))
    target_year: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship()
    values: Mapped[list[OutcomeValue]] = relationship(order_by="OutcomeValue.year", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How the audit and targets name this outcome."""
        return f"outcome:{self.public_id}"


class OutcomeValue(Row, Base):
    """What an indicator came to in a year, with the evidence for it."""

    __tablename__ = "outcome_value"
    __table_args__ = (UniqueConstraint("outcome_id", "year"),)

    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id", ondelete="CASCADE"))
    year: Mapped[int]
    value: Mapped[str] = mapped_column(String(40))  # decimal
    parts: Mapped[list[Any]] = mapped_column(default=list)  # disaggregation: [label en, label zh, value]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))

    evidence: Mapped[Evidence] = relationship()
