"""Experts, their nominations to committees and projects, and every step that was taken.

Source: ISO/IEC Directives, Part 1, 1.12 (experts act in a personal capacity), 1.17; measures of 2015, No. 36 (SAC).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.committees.models import Committee
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_
from forum.experts.states import OPEN, NominationState
from forum.people.models import Person
from forum.places.models import City, Organisation
from forum.standards.models import Standard, Topic


class ExpertProfile(Bilingual, Row, Base):
    """Somebody who works on international standards: a person with an account, or one who is entered by hand."""

    __tablename__ = "expert"
    __bilingual__: ClassVar = {"name": String(160), "unit": String(240)}

    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)  # the unit 单位
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    languages: Mapped[list[str]] = mapped_column(default=list)  # ISO 639-1
    qualification: Mapped[str] = mapped_column(Text, default="")  # short; never shown outside
    consented_on: Mapped[date | None]  # to be shown with name, unit and role
    consent_by: Mapped[str] = mapped_column(String(80), default="")  # who recorded it, as the audit names people
    entered_for_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)  # national committee
    fictitious: Mapped[bool] = mapped_column(default=False)  # demonstration
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    account: Mapped[Account | None] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    city: Mapped[City | None] = relationship()
    topics: Mapped[list[Topic]] = relationship(secondary="expert_topic", order_by=Topic.slug)

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this expert."""
        return f"expert:{self.public_id}"


class ExpertTopic(Base):
    """A topic that an expert knows."""

    __tablename__ = "expert_topic"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)


class ExpertRole(StrEnum):
    """What somebody is nominated for."""

    EXPERT = "expert"
    PROJECT_LEADER = "project_leader"
    CONVENOR = "convenor"
    WG_SECRETARY = "wg_secretary"
    CHAIR = "chair"
    COMMITTEE_MANAGER = "committee_manager"
    HEAD_OF_DELEGATION = "head_of_delegation"
    DELEGATE = "delegate"
    LIAISON_REPRESENTATIVE = "liaison_representative"
    VOTER = "voter"
    DOCUMENT_MONITOR = "document_monitor"


EXPERT_ROLES: dict[str, str] = {
    "expert": N_("Registered expert"),
    "project_leader": N_("Project leader"),
    "convenor": N_("Convenor"),
    "wg_secretary": N_("Secretary of a working group"),
    "chair": N_("Chair"),
    "committee_manager": N_("Committee manager"),
    "head_of_delegation": N_("Head of delegation"),
    "delegate": N_("Delegate"),
    "liaison_representative": N_("Liaison representative"),
    "voter": N_("Voter"),
    "document_monitor": N_("Document monitor"),
}


class Capacity(StrEnum):
    """For whom somebody speaks in this role; always said."""

    PERSONAL = "personal"
    DELEGATE = "delegate"
    ORGANISATION = "organisation"


CAPACITIES: dict[str, str] = {
    "personal": N_("In a personal capacity"),
    "delegate": N_("As a delegate, for the country"),
    "organisation": N_("For an organisation in liaison"),
}

_OPEN = text("state IN (" + ", ".join(f"'{state}'" for state in OPEN) + ")")


class Nomination(Row, Base):
    """A person, a role, and the committee or the project for which they are nominated; for a term."""

    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint("(committee_id IS NULL) <> (standard_id IS NULL)", name="one_target"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),
        # No two equal ones are open at once; what somebody has twice is either a mistake or a race.
        Index(
            "uq_nomination_open_committee",
            "expert_id",
            "role",
            "committee_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_nomination_open_project",
            "expert_id",
            "role",
            "standard_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        # Whoever monitors documents may not vote: both roles want the same place, and there is one.
        Index(
            "uq_nomination_open_ballot_role",
            "expert_id",
            "committee_id",
            "ballot_role",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_nomination_national_id_state", "national_id", "state"),
        Index("ix_nomination_state_ends_on", "state", "ends_on"),
    )

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"))
    national_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))  # the mirror committee that handles it
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"), index=True)
    role: Mapped[ExpertRole] = mapped_column(Word(ExpertRole))
    ballot_role: Mapped[str | None] = mapped_column(String(10))  # "ballot" for voters and document monitors
    capacity: Mapped[Capacity] = mapped_column(Word(Capacity))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)  # unit at the time
    qualification: Mapped[str] = mapped_column(Text, default="")
    interests: Mapped[str] = mapped_column(Text, default="")  # the statement on conflicts of interest
    interests_declared_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(String(300), default="")  # letter, receipt, entry in the directory
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    state: Mapped[NominationState] = mapped_column(Word(NominationState), default=NominationState.PROPOSED)
    state_since: Mapped[datetime] = mapped_column(Instant)
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    expert: Mapped[ExpertProfile] = relationship(lazy="joined")
    national: Mapped[Committee] = relationship(foreign_keys=[national_id])
    committee: Mapped[Committee | None] = relationship(foreign_keys=[committee_id])
    standard: Mapped[Standard | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    replaces: Mapped[Nomination | None] = relationship(remote_side="Nomination.id")
    steps: Mapped[list[NominationStep]] = relationship(
        back_populates="nomination", order_by="NominationStep.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this nomination."""
        return f"nomination:{self.public_id}"

    @property
    def target(self) -> str:
        """Return the reference of the committee or the project."""
        found = self.committee or self.standard
        return found.reference if found is not None else ""


class NominationStep(Row, Base):
    """A step of a nomination: who took it, as what, when, and why; append-only."""

    __tablename__ = "nomination_step"
    __table_args__ = (UniqueConstraint("nomination_id", "number"),)

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    action: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(String(20), default="")
    after: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    held: Mapped[str] = mapped_column(String(20), default="")  # the role in which it was taken
    reason: Mapped[str] = mapped_column(Text, default="")

    nomination: Mapped[Nomination] = relationship(back_populates="steps")
    account: Mapped[Account | None] = relationship()
