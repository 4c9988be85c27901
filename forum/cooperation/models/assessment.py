"""The yearly blind assessment.  Answers are read through ``queries.assessments`` alone."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models import Partnership, Side


class Principle(StrEnum):
    """The ten principles of the G20 Rome conference, as the OECD asks them of city-to-city partnerships."""

    TERRITORIAL = "territorial"
    GOVERNANCE = "governance"
    RURAL_URBAN = "rural_urban"
    DATA = "data"
    MONITORING = "monitoring"
    PEER_LEARNING = "peer_learning"
    CAPACITY = "capacity"
    STAKEHOLDERS = "stakeholders"
    FINANCING = "financing"
    DIGITALIZATION = "digitalization"


PRINCIPLES: dict[str, str] = {
    "territorial": P_("cooperation", "Territorial approach"),
    "governance": P_("cooperation", "Multi-level governance"),
    "rural_urban": P_("cooperation", "Rural–urban links"),
    "data": P_("cooperation", "Data and indicators"),
    "monitoring": P_("cooperation", "Monitoring and evaluation"),
    "peer_learning": P_("cooperation", "Peer learning"),
    "capacity": P_("cooperation", "Capacity"),
    "stakeholders": P_("cooperation", "Stakeholders"),
    "financing": P_("cooperation", "Financing"),
    "digitalization": P_("cooperation", "Digitalization"),
}


class Assessment(Row, Base):
    """The assessment 年度背靠背评估 of one partnership in one year."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("partnership_id", "year"),)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    year: Mapped[int]
    due_on: Mapped[date]

    partnership: Mapped[Partnership] = relationship()


class AssessmentAnswer(Row, Base):
    """One side's answer: ten marks with reasons.  Given once, whole."""

    __tablename__ = "assessment_answer"
    __table_args__ = (UniqueConstraint("assessment_id", "side"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(Word(Side))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    given_at: Mapped[datetime] = mapped_column(Instant)

    marks: Mapped[list[AssessmentMark]] = relationship(cascade="all, delete-orphan", order_by="AssessmentMark.id")


class AssessmentMark(Bilingual, Row, Base):
    """The mark for one principle, with its reason."""

    __tablename__ = "assessment_mark"
    __bilingual__: ClassVar = {"reason": Text}
    __table_args__ = (
        UniqueConstraint("answer_id", "principle"),
        CheckConstraint("mark BETWEEN 1 AND 5", name="mark"),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("assessment_answer.id", ondelete="CASCADE"))
    principle: Mapped[Principle] = mapped_column(Word(Principle))
    mark: Mapped[int]
