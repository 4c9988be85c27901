"""Milestones with the rules that complete them, and deliverables."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.cooperation.models.activity import Activity
from forum.cooperation.models.evidence import EvidenceKind
from forum.cooperation.states import DeliverableState
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models import Partnership, Side


class DeliverableKind(StrEnum):
    """What is made."""

    DRAFT_STANDARD = "draft_standard"
    NEW_PROPOSAL = "new_proposal"
    COMPARISON = "comparison"
    GUIDELINE = "guideline"
    TRANSLATION = "translation"
    CASE = "case"
    DATASET = "dataset"


DELIVERABLE_KINDS: dict[str, str] = {
    "draft_standard": P_("cooperation", "Draft standard"),
    "new_proposal": P_("cooperation", "New work item proposal"),
    "comparison": P_("cooperation", "Comparison table"),
    "guideline": P_("cooperation", "Guideline"),
    "translation": P_("cooperation", "Translation"),
    "case": P_("cooperation", "Case"),
    "dataset": P_("cooperation", "Dataset"),
}


class Deliverable(Bilingual, Row, Base):
    """A deliverable 成果 that one side owns."""

    __tablename__ = "deliverable"
    __bilingual__: ClassVar = {"title": String(300)}

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DeliverableKind] = mapped_column(Word(DeliverableKind))
    owner: Mapped[Side] = mapped_column(Word(Side))
    due_on: Mapped[date]
    state: Mapped[DeliverableState] = mapped_column(Word(DeliverableState), default=DeliverableState.PLANNED)
    iso_stage: Mapped[str] = mapped_column(String(5), default="")  # international harmonized stage code
    national_project: Mapped[str] = mapped_column(String(30), default="")
    reason: Mapped[str] = mapped_column(Text, default="")  # of the last handing back or dropping
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship()

    __mapper_args__ = {"version_id_col": version}


class CompletionRule(StrEnum):
    """How many of its conditions complete a milestone."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


COMPLETION_RULES: dict[str, str] = {
    "all": P_("cooperation", "All conditions"),
    "any": P_("cooperation", "Any one condition"),
    "at_least": P_("cooperation", "At least a number of conditions"),
}


class ConditionKind(StrEnum):
    """What a condition asks for."""

    EVIDENCE = "evidence"
    DELIVERABLE = "deliverable"
    ACTIVITY = "activity"


CONDITION_KINDS: dict[str, str] = {
    "evidence": P_("cooperation", "Evidence"),
    "deliverable": P_("cooperation", "State of a deliverable"),
    "activity": P_("cooperation", "Activity held"),
}


class Milestone(Bilingual, Row, Base):
    """A milestone 里程碑.  Whether it is done follows from its rule; there is no percentage to type."""

    __tablename__ = "milestone"
    __bilingual__: ClassVar = {"title": String(300)}
    __table_args__ = (
        CheckConstraint("weight > 0", name="weight"),
        CheckConstraint("needed > 0", name="needed"),
    )

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date]
    weight: Mapped[int] = mapped_column(default=1)
    rule: Mapped[CompletionRule] = mapped_column(Word(CompletionRule), default=CompletionRule.ALL)
    needed: Mapped[int] = mapped_column(default=1)  # counts for "at least" alone
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship()
    conditions: Mapped[list[MilestoneCondition]] = relationship(
        order_by="MilestoneCondition.id", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How the audit and targets name this milestone."""
        return f"milestone:{self.public_id}"


class MilestoneCondition(Row, Base):
    """One condition of a milestone's completion rule."""

    __tablename__ = "milestone_condition"
    __table_args__ = (
        CheckConstraint("dated_to IS NULL OR dated_from IS NULL OR dated_to >= dated_from", name="dated"),
        Index("ix_milestone_condition_milestone", "milestone_id"),
    )

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id", ondelete="CASCADE"))
    kind: Mapped[ConditionKind] = mapped_column(Word(ConditionKind))
    evidence_kind: Mapped[EvidenceKind | None] = mapped_column(Word(EvidenceKind))
    accepted: Mapped[bool] = mapped_column(default=True)
    both_sides: Mapped[bool] = mapped_column(default=False)
    dated_from: Mapped[date | None]
    dated_to: Mapped[date | None]
    deliverable_id: Mapped[int | None] = mapped_column(ForeignKey("deliverable.id"), index=True)
    deliverable_state: Mapped[DeliverableState | None] = mapped_column(Word(DeliverableState))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)

    deliverable: Mapped[Deliverable | None] = relationship()
    activity: Mapped[Activity | None] = relationship()
