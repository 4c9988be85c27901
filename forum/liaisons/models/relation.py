"""What this country decides about a liaison relation, and who represents it there for how long."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.audit.models import immutable
from forum.committees.models import LiaisonRelation
from forum.core.database import Base, Instant, Row


class RelationReview(Row, Base):
    """One step of a relation's life with its reason; only added to."""

    __tablename__ = "liaison_relation_review"

    relation_id: Mapped[int] = mapped_column(ForeignKey("committee_liaison.id"), index=True)
    action: Mapped[str] = mapped_column(String(20))  # propose, accept, open_review, renew, end
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(80))
    before: Mapped[str] = mapped_column(String(20), default="")
    after: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    next_due_on: Mapped[date | None]

    relation: Mapped[LiaisonRelation] = relationship()


class Representative(Row, Base):
    """Somebody who represents one side of a relation, for a term; only ended, never overwritten."""

    __tablename__ = "liaison_representative"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),
        CheckConstraint("account_id IS NOT NULL OR name <> ''", name="who"),
    )

    relation_id: Mapped[int] = mapped_column(ForeignKey("committee_liaison.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(160), default="")  # of somebody without an account
    organisation: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    relation: Mapped[LiaisonRelation] = relationship()
    account: Mapped[Account | None] = relationship(lazy="joined")

    def held_on(self, day: date) -> bool:
        """Tell whether the term runs on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class LiaisonRule(Row, Base):
    """The numbers that hold from a day on: intervals, days of reminding, the hour of a deadline; only added to."""

    __tablename__ = "liaison_rule"
    __table_args__ = (UniqueConstraint("number"),)

    number: Mapped[int]  # from 1
    effective_from: Mapped[date]
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see liaisons.rules.terms
    source: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[str] = mapped_column(String(80), default="")


for _table in (RelationReview, LiaisonRule):
    for _ddl in immutable(_table.__tablename__):
        event.listen(_table.__table__, "after_create", _ddl)
