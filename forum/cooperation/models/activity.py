"""Activities with their people and their money."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.cooperation.states import ActivityState
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, WallTime, Word
from forum.core.refusals import P_
from forum.partnerships.models import Partnership, Side


class ActivityKind(StrEnum):
    """The ten kinds of activity."""

    VISIT = "visit"
    TRAINING = "training"
    JOINT_STANDARD = "joint_standard"
    JOINT_PILOT = "joint_pilot"
    STAFF_EXCHANGE = "staff_exchange"
    WEBINAR = "webinar"
    PARALLEL = "parallel"
    MUTUAL_REVIEW = "mutual_review"
    TRANSLATION = "translation"
    JOINT_CASE = "joint_case"


ACTIVITY_KINDS: dict[str, str] = {
    "visit": P_("cooperation", "Visit"),
    "training": P_("cooperation", "Training"),
    "joint_standard": P_("cooperation", "Joint standard"),
    "joint_pilot": P_("cooperation", "Joint pilot"),
    "staff_exchange": P_("cooperation", "Staff exchange"),
    "webinar": P_("cooperation", "Webinar"),
    "parallel": P_("cooperation", "Parallel implementation"),
    "mutual_review": P_("cooperation", "Mutual review"),
    "translation": P_("cooperation", "Translation of a standard"),
    "joint_case": P_("cooperation", "Joint case"),
}


class Decision(StrEnum):
    """What becomes of an activity when its partnership is suspended or terminated."""

    FINISH = "finish"
    TRANSFER = "transfer"
    STOP = "stop"


DECISIONS: dict[str, str] = {
    "finish": P_("cooperation", "Finish"),
    "transfer": P_("cooperation", "Transfer"),
    "stop": P_("cooperation", "Stop"),
}


class ParticipantRole(StrEnum):
    """As what somebody took part."""

    OFFICIAL = "official"
    EXPERT = "expert"
    STAFF = "staff"
    INTERPRETER = "interpreter"
    ENTERPRISE = "enterprise"
    OTHER = "other"


PARTICIPANT_ROLES: dict[str, str] = {
    "official": P_("cooperation", "Officials"),
    "expert": P_("cooperation", "Experts"),
    "staff": P_("cooperation", "Staff"),
    "interpreter": P_("cooperation", "Interpreters"),
    "enterprise": P_("cooperation", "Enterprises"),
    "other": P_("cooperation", "Others"),
}


class Stage(StrEnum):
    """Whether an amount was planned or spent."""

    PLANNED = "planned"
    ACTUAL = "actual"


STAGES: dict[str, str] = {
    "planned": P_("cooperation", "Planned budget"),
    "actual": P_("cooperation", "Actual cost"),
}


class Activity(Bilingual, Row, Base):
    """An activity 活动 under a partnership; its times are on the wall of its place, the instants derived."""

    __tablename__ = "activity"
    __bilingual__: ClassVar = {"title": String(300), "agenda": Text, "outputs": Text}
    __table_args__ = (
        CheckConstraint("actual_to IS NULL OR actual_to >= actual_from", name="actual"),
        CheckConstraint("ends_at > begins_at", name="planned"),
        CheckConstraint("transferred_to_id IS NULL OR transferred_to_id <> partnership_id", name="transferred"),
        CheckConstraint("satisfaction_domestic BETWEEN 1 AND 5", name="satisfaction_domestic"),
        CheckConstraint("satisfaction_foreign BETWEEN 1 AND 5", name="satisfaction_foreign"),
        Index("ix_activity_partnership_state", "partnership_id", "state"),
    )

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    kind: Mapped[ActivityKind] = mapped_column(Word(ActivityKind))
    state: Mapped[ActivityState] = mapped_column(Word(ActivityState), default=ActivityState.PLANNED)
    zone_name: Mapped[str] = mapped_column(String(64))  # of the place; for a webinar of the inviting side
    planned_from: Mapped[datetime] = mapped_column(WallTime)
    planned_to: Mapped[datetime] = mapped_column(WallTime)
    begins_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    actual_from: Mapped[date | None]
    actual_to: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    travel_approval: Mapped[str] = mapped_column(String(120), default="")  # the reference; travel is approved elsewhere
    report_due_on: Mapped[date | None]
    satisfaction_domestic: Mapped[int | None]
    satisfaction_foreign: Mapped[int | None]
    remark_domestic: Mapped[str] = mapped_column(Text, default="")
    remark_foreign: Mapped[str] = mapped_column(Text, default="")
    cancelled_because: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[Decision | None] = mapped_column(Word(Decision))
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    transferred_to_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))  # that takes it over
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), unique=True)  # taken over from there
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship(foreign_keys=[partnership_id])
    transferred_to: Mapped[Partnership | None] = relationship(foreign_keys=[transferred_to_id])
    continues: Mapped[Activity | None] = relationship(remote_side="Activity.id", foreign_keys=[continues_id])
    participants: Mapped[list[ActivityParticipants]] = relationship(
        order_by="ActivityParticipants.id", cascade="all, delete-orphan", lazy="selectin"
    )
    budgets: Mapped[list[ActivityBudget]] = relationship(
        order_by="ActivityBudget.id", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How the audit and targets name this activity."""
        return f"activity:{self.public_id}"


class ActivityParticipants(Row, Base):
    """How many took part from one side in one role."""

    __tablename__ = "activity_participants"
    __table_args__ = (
        UniqueConstraint("activity_id", "side", "role"),
        CheckConstraint("number >= 0 AND women >= 0 AND women <= number", name="number"),
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(Word(Side))
    role: Mapped[ParticipantRole] = mapped_column(Word(ParticipantRole))
    number: Mapped[int]
    women: Mapped[int] = mapped_column(default=0)


class ActivityBudget(Row, Base):
    """What one side plans to spend or has spent, in its own currency, with a dated rate if there is one."""

    __tablename__ = "activity_budget"
    __table_args__ = (
        UniqueConstraint("activity_id", "side", "stage"),
        CheckConstraint("hundredths >= 0", name="amount"),
        CheckConstraint("(rate IS NULL) = (rate_on IS NULL) AND (rate IS NULL) = (rate_into IS NULL)", name="rate"),
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(Word(Side))
    stage: Mapped[Stage] = mapped_column(Word(Stage))
    hundredths: Mapped[int] = mapped_column(BigInteger)  # of one unit of the currency
    currency: Mapped[str] = mapped_column(String(3))  # ISO 4217
    rate: Mapped[str | None] = mapped_column(String(30))  # decimal: units of rate_into for one of the currency
    rate_into: Mapped[str | None] = mapped_column(String(3))
    rate_on: Mapped[date | None]
