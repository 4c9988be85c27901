"""What this country says in a ballot: positions with their approvals, votes as events, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.audit.models import immutable
from forum.ballots.models.ballot import Ballot, BallotDocument, BallotRule
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_


class BallotTerms(Row, Base):
    """What the office set for every ballot from a day on: closing hours, timetable, duties; only ever added."""

    __tablename__ = "ballot_terms"

    number: Mapped[int] = mapped_column(unique=True)
    effective_from: Mapped[date]
    certainty: Mapped[str] = mapped_column(String(20), default="to_confirm")
    source: Mapped[str] = mapped_column(String(300), default="")
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see ballots.rules.terms
    by: Mapped[str] = mapped_column(String(80), default="")


class Position(Bilingual, Row, Base):
    """One wording of the position 立场; a changed one is the next number, and what was approved stays as it was."""

    __tablename__ = "ballot_position"
    __bilingual__: ClassVar = {"reason": Text}
    __table_args__ = (UniqueConstraint("ballot_id", "number"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"))
    number: Mapped[int]
    answer: Mapped[str] = mapped_column(String(30))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # commits, experts, not_used: what the kind asks
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 over what stands in it
    voided_at: Mapped[datetime | None] = mapped_column(Instant)  # approvals count no more
    objections: Mapped[int] = mapped_column(default=0)  # of the guard, when it was last asked; for lists

    ballot: Mapped[Ballot] = relationship()
    author: Mapped[Account] = relationship()
    approvals: Mapped[list[PositionApproval]] = relationship(
        back_populates="position", order_by="PositionApproval.id", cascade="all, delete-orphan"
    )


class Capacity(StrEnum):
    """As what somebody approves."""

    CHAIR = "chair"
    OFFICE = "office"


CAPACITIES: dict[str, str] = {"chair": N_("Chair of the mirror committee"), "office": N_("National office")}


class PositionApproval(Row, Base):
    """An approval of one wording, bound to its digest; one for each capacity, and each by another person."""

    __tablename__ = "ballot_approval"
    __table_args__ = (UniqueConstraint("position_id", "capacity"), UniqueConstraint("position_id", "account_id"))

    position_id: Mapped[int] = mapped_column(ForeignKey("ballot_position.id", ondelete="CASCADE"))
    capacity: Mapped[Capacity] = mapped_column(Word(Capacity))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(64))

    position: Mapped[Position] = relationship(back_populates="approvals")
    account: Mapped[Account] = relationship()


class GuardSignature(Row, Base):
    """A warning of the coherence guard that somebody answered with a signed reason, for one wording."""

    __tablename__ = "ballot_guard_signature"
    __table_args__ = (UniqueConstraint("position_id", "code"),)

    position_id: Mapped[int] = mapped_column(ForeignKey("ballot_position.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Instant)

    position: Mapped[Position] = relationship()
    account: Mapped[Account] = relationship()


class Vote(Row, Base):
    """What was submitted abroad; append-only, the latest one counts, and none at or after the closing instant."""

    __tablename__ = "ballot_vote"
    __table_args__ = (UniqueConstraint("ballot_id", "number"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    number: Mapped[int]
    position_id: Mapped[int] = mapped_column(ForeignKey("ballot_position.id"))
    answer: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    receipt_id: Mapped[int] = mapped_column(ForeignKey("ballot_document.id"))
    digest: Mapped[str] = mapped_column(String(64))  # of the position as it was approved

    ballot: Mapped[Ballot] = relationship()
    position: Mapped[Position] = relationship()
    account: Mapped[Account] = relationship()
    receipt: Mapped[BallotDocument] = relationship()


class BallotEvent(Row, Base):
    """One step of a case 办理记录: who, as what, when, from where to where, and why; append-only."""

    __tablename__ = "ballot_event"
    __table_args__ = (Index("ix_ballot_event_ballot_id_at", "ballot_id", "at"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    action: Mapped[str] = mapped_column(String(30))
    before: Mapped[str] = mapped_column(String(30))
    after: Mapped[str] = mapped_column(String(30))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # None: by itself
    role: Mapped[str] = mapped_column(String(30), default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    ballot: Mapped[Ballot] = relationship()
    account: Mapped[Account | None] = relationship()


class BallotIncident(Row, Base):
    """A mandatory ballot without a vote at its closing: somebody has to say how that came about."""

    __tablename__ = "ballot_incident"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), unique=True)
    raised_at: Mapped[datetime] = mapped_column(Instant)
    state_before: Mapped[str] = mapped_column(String(30))
    report: Mapped[str] = mapped_column(Text, default="")
    reported_at: Mapped[datetime | None] = mapped_column(Instant)
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    ballot: Mapped[Ballot] = relationship()
    reported_by: Mapped[Account | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class BallotResult(Row, Base):
    """The international result as it was entered, reckoned by the rule under which the ballot opened; append-only."""

    __tablename__ = "ballot_result"
    __table_args__ = (UniqueConstraint("ballot_id", "number"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    tallies: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see ballots.rules.acceptance.Tallies
    outcome: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(5), default="")  # the stage that was declared, of the lawful ones
    source: Mapped[str] = mapped_column(String(300), default="")

    ballot: Mapped[Ballot] = relationship()
    account: Mapped[Account] = relationship()


class BallotFeed(Row, Base):
    """The secret calendar address of somebody; only the hash of the secret is kept."""

    __tablename__ = "ballot_feed"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)

    account: Mapped[Account] = relationship()


for _table in (Vote, BallotEvent, BallotResult, BallotRule, BallotTerms):
    for _ddl in immutable(_table.__tablename__):
        event.listen(_table.__table__, "after_create", _ddl)


class RuleFixed(Exception):
    """A ballot was about to lose the rule under which it opened: a fault of ours, never a person's."""


@event.listens_for(Ballot, "before_update")
def _keep_the_rule(_mapper: Any, _connection: Any, ballot: Ballot) -> None:
    """Hold the rule of a ballot, whoever assigns another one."""
    if inspect(ballot).attrs.rule_id.history.has_changes():
        raise RuleFixed
