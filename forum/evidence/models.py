"""Ideas, the links of the evidence chain, and what cities say of their use of a standard.

A link names its ends by kind and public id, so that every end is loaded through its own room and what that room
lets the reader see.  Nothing is deleted: a link or a use is withdrawn.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession
from forum.cities.models import Pilot
from forum.committees.models import Committee, Confidence
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.evidence.states import (
    Capacity,
    IdeaState,
    LinkState,
    LinkVisibility,
    Relation,
    UseConsent,
    UseState,
    UseWay,
)
from forum.places.models import City
from forum.standards.models import Standard


class Idea(Bilingual, Row, Base):
    """An idea for a standard 标准建议, from a forum's outcome or from a city; the public reads it once screened."""

    __tablename__ = "idea"
    __bilingual__: ClassVar = {"title": String(300), "problem": Text, "proposer": String(200)}
    __table_args__ = (
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged"),
        Index("ix_idea_state_raised_on", "state", "raised_on"),
    )

    state: Mapped[IdeaState] = mapped_column(Word(IdeaState), default=IdeaState.RAISED)
    raised_on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))  # that raised it
    raised_as: Mapped[Capacity] = mapped_column(Word(Capacity))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_session.id", ondelete="SET NULL"), index=True)
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)  # that proposes it
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)  # suggested
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"), index=True)  # what it became
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"), index=True)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    account: Mapped[Account | None] = relationship()
    agenda_session: Mapped[AgendaSession | None] = relationship()
    city: Mapped[City | None] = relationship()
    committee: Mapped[Committee | None] = relationship()
    standard: Mapped[Standard | None] = relationship()
    merged_into: Mapped[Idea | None] = relationship(remote_side="Idea.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How links and the audit name this idea."""
        return f"idea:{self.public_id}"


class WillingCity(Row, Base):
    """A city that is willing to try an idea out, said by the city itself."""

    __tablename__ = "idea_city"
    __table_args__ = (UniqueConstraint("idea_id", "city_id"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    said_on: Mapped[date]

    city: Mapped[City] = relationship()


class IdeaStep(Row, Base):
    """A step in the life of an idea: append-only."""

    __tablename__ = "idea_step"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(String(20))
    source: Mapped[IdeaState] = mapped_column(Word(IdeaState))
    target: Mapped[IdeaState] = mapped_column(Word(IdeaState))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(80))
    capacity: Mapped[Capacity] = mapped_column(Word(Capacity))
    reason: Mapped[str] = mapped_column(Text, default="")


class EvidenceLink(Row, Base):
    """An arrow of the chain: what was what for what, who says so, since when, and who may read it."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        Index(
            "uq_evidence_link_standing",
            "subject",
            "relation",
            "target",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_evidence_link_target", "target"),
        CheckConstraint("subject <> target", name="two_ends"),
    )

    subject: Mapped[str] = mapped_column(String(40))  # "session:<public id>"
    relation: Mapped[Relation] = mapped_column(Word(Relation))
    target: Mapped[str] = mapped_column(String(40))  # the object: "standard:<public id>"
    happened_on: Mapped[date]
    state: Mapped[LinkState] = mapped_column(Word(LinkState), default=LinkState.ASSERTED, index=True)
    visibility: Mapped[LinkVisibility] = mapped_column(Word(LinkVisibility), default=LinkVisibility.PUBLIC)
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.VERIFIED)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    asserted_by: Mapped[str] = mapped_column(String(80))
    asserted_as: Mapped[Capacity] = mapped_column(Word(Capacity))
    asserted_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_by: Mapped[str] = mapped_column(String(80), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[str] = mapped_column(String(80), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="")  # of the withdrawal
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CityUse(Bilingual, Row, Base):
    """A city uses a standard 城市应用案例: case, clauses, period, result, and how far the city lets it travel."""

    __tablename__ = "city_use"
    __bilingual__: ClassVar = {"title": String(300), "result": Text}
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        Index("ix_city_use_standard_id_state", "standard_id", "state"),
    )

    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("city_pilot.id", ondelete="SET NULL"))
    way: Mapped[UseWay] = mapped_column(Word(UseWay), default=UseWay.APPLIED)
    clauses: Mapped[str] = mapped_column(String(200), default="")  # "4.2, 6.1, Annex A"
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    website: Mapped[str] = mapped_column(String(300), default="")
    consent: Mapped[UseConsent] = mapped_column(Word(UseConsent), default=UseConsent.NONE)
    consented_on: Mapped[date | None]
    state: Mapped[UseState] = mapped_column(Word(UseState), default=UseState.FILED)
    filed_by: Mapped[str] = mapped_column(String(80), default="")
    confirmed_by: Mapped[str] = mapped_column(String(80), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    city: Mapped[City] = relationship(lazy="joined")
    standard: Mapped[Standard] = relationship(lazy="joined")
    pilot: Mapped[Pilot | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ReviewRule(Row, Base):
    """What a systematic review asks for, from a day on (Directives Part 1, 2.9; the number is to be confirmed)."""

    __tablename__ = "review_rule"

    effective_from: Mapped[date] = mapped_column(unique=True)
    min_countries: Mapped[int]
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)
