"""Reviews by level, opinions, and the itemised points of a return."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import P_
from forum.offices.models import Line
from forum.partnerships.models.version import AgreementVersion


class Level(IntEnum):
    """The levels of the domestic line; a foreign side has the city alone."""

    NONE = 0
    CITY = 1
    PROVINCE = 2
    NATION = 3


LEVELS: dict[int, str] = {
    1: P_("partnership", "City level"),
    2: P_("partnership", "Provincial level"),
    3: P_("partnership", "National level"),
}


class Verdict(StrEnum):
    """What came of a review."""

    ENDORSED = "endorsed"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"
    VOID = "void"  # taken back, or the text changed under it


class CaseReview(Row, Base):
    """One level's time with a case 审核; there is one open review for each level."""

    __tablename__ = "partnership_review"
    __table_args__ = (
        Index(
            "uq_partnership_review_open",
            "version_id",
            "level",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id", ondelete="CASCADE"), index=True)
    level: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    verdict: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    conditions: Mapped[str] = mapped_column(Text, default="")
    text_hash: Mapped[str] = mapped_column(String(64), default="")  # of the text that was reviewed
    part_hashes: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of each part as it was then
    new_points_allowed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    new_points_allowed_at: Mapped[datetime | None] = mapped_column(Instant)  # stays when the account goes
    new_points_reason: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[AgreementVersion] = relationship()


class OpinionKind(StrEnum):
    """Who is asked for an opinion."""

    FOREIGN_AFFAIRS = "foreign_affairs"
    LINE = "line"
    EXPERT = "expert"


class CaseOpinion(Row, Base):
    """An opinion: asked for, answered, or marked overdue; never altered once given."""

    __tablename__ = "partnership_opinion"

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id", ondelete="CASCADE"), index=True)
    kind: Mapped[OpinionKind] = mapped_column(Word(OpinionKind))
    line: Mapped[Line | None] = mapped_column(Word(Line))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    question: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    given_on: Mapped[date | None]
    favourable: Mapped[bool] = mapped_column(default=True)
    valid_until: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(120), default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    overdue_at: Mapped[datetime | None] = mapped_column(Instant)  # marked by somebody, so that the case can go on

    case: Mapped[AgreementVersion] = relationship()


class PointCategory(StrEnum):
    """What a point is about."""

    MISSING = "missing"
    WRONG = "wrong"
    UNCLEAR = "unclear"
    LANGUAGE = "language"
    FOREIGN_AFFAIRS = "foreign_affairs"
    FINANCE = "finance"


POINT_CATEGORIES: dict[str, str] = {
    "missing": P_("partnership", "Missing"),
    "wrong": P_("partnership", "Wrong"),
    "unclear": P_("partnership", "Unclear"),
    "language": P_("partnership", "Language"),
    "foreign_affairs": P_("partnership", "Foreign affairs"),
    "finance": P_("partnership", "Finance"),
}


# What a point may be about; the keys of clauses are those of the clause library.
PARTS: dict[str, str] = {
    "text": P_("partnership", "The whole text"),
    "clause:purpose": P_("partnership", "Purpose"),
    "clause:scope": P_("partnership", "Scope"),
    "clause:forms": P_("partnership", "Forms of cooperation"),
    "clause:contacts": P_("partnership", "Contact points"),
    "clause:action_plan": P_("partnership", "Joint action plan"),
    "clause:costs": P_("partnership", "Costs"),
    "clause:copyright": P_("partnership", "Intellectual property and copyright of standards"),
    "clause:data_privacy": P_("partnership", "Data and privacy"),
    "clause:confidentiality": P_("partnership", "Confidentiality"),
    "clause:publicity": P_("partnership", "Publicity and logo"),
    "clause:non_binding": P_("partnership", "Legal nature"),
    "clause:disputes": P_("partnership", "Settlement of differences"),
    "clause:effect_term": P_("partnership", "Effect and term"),
    "clause:continuation": P_("partnership", "Renewal, notice and continuing projects"),
    "clause:automatic_renewal": P_("partnership", "Automatic renewal"),
    "clause:languages": P_("partnership", "Languages"),
    "clause:signature": P_("partnership", "Signature"),
    "attachment:scan": P_("partnership", "Scans of the signed copies"),
    "attachment:opinion": P_("partnership", "Foreign-affairs opinion"),
    "attachment:other": P_("partnership", "Other attachments"),
}


class Severity(StrEnum):
    """Whether a point must be answered by a change."""

    MUST = "must"
    SHOULD = "should"


SEVERITIES: dict[str, str] = {"must": P_("partnership", "Must"), "should": P_("partnership", "Should")}


class AnswerKind(StrEnum):
    """How the city answers a point."""

    CHANGED = "changed"
    EXPLAINED = "explained"
    ATTACHED = "attached"


ANSWER_KINDS: dict[str, str] = {
    "changed": P_("partnership", "Changed"),
    "explained": P_("partnership", "Explained"),
    "attached": P_("partnership", "Attached"),
}


class ReturnPoint(Row, Base):
    """One point of a return 补正事项: seen by the domestic line, never by the counterpart."""

    __tablename__ = "partnership_return_point"

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id", ondelete="CASCADE"), index=True)
    level: Mapped[int]
    moves: Mapped[int]  # of the version when it was returned
    part: Mapped[str] = mapped_column(String(80))  # "clause:scope", "attachment:scan", "text"
    part_hash: Mapped[str] = mapped_column(String(64), default="")  # of that part when the point was raised
    category: Mapped[PointCategory] = mapped_column(Word(PointCategory))
    severity: Mapped[Severity] = mapped_column(Word(Severity), default=Severity.MUST)
    text: Mapped[str] = mapped_column(Text)
    rule_reference: Mapped[str] = mapped_column(String(200), default="")
    late: Mapped[bool] = mapped_column(default=False)  # new on unchanged text, with the lead's consent; counted
    raised_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    raised_at: Mapped[datetime] = mapped_column(Instant)
    answer_kind: Mapped[AnswerKind | None] = mapped_column(Word(AnswerKind))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[AgreementVersion] = relationship()
