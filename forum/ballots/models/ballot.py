"""Ballots, the rules they opened under, this country's case with its dates, positions, and votes as events.

Source: ISO/IEC Directives, Part 1, 2.3-2.9; durations, answers and thresholds are rows with a date, never constants.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.committees.models import Committee
from forum.core.bilingual import Bilingual
from forum.core.clock import system_clock
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_, P_
from forum.ports.files.models import StoredFile
from forum.standards.models import Standard


class BallotKind(StrEnum):
    """What is voted on."""

    NP = "np"
    WD_STUDY = "wd_study"
    CD = "cd"
    DIS = "dis"
    FDIS = "fdis"
    DTS = "dts"
    DTR = "dtr"
    DPAS = "dpas"
    SR = "sr"
    WDRL = "wdrl"
    CIB = "cib"
    VAM = "vam"
    CDV = "cdv"
    AAP_LC = "aap_lc"
    AAP_AR = "aap_ar"
    NPOS = "npos"
    NCIB = "ncib"


class CaseState(StrEnum):
    """Where this country's handling of a ballot stands 国内办理状态; never derived from the international stage."""

    OPEN = "open"
    ENQUIRY = "enquiry"
    CONSOLIDATING = "consolidating"
    POSITION_DRAFT = "position_draft"
    POSITION_APPROVED = "position_approved"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    DISPOSITIONED = "dispositioned"
    NO_POSITION = "no_position"
    MISSED = "missed"
    CANCELLED = "cancelled"


BALLOT_KINDS: dict[str, str] = {
    "np": N_("New work item proposal (NP)"),
    "wd_study": N_("Working draft study (WD)"),
    "cd": N_("Committee draft consultation (CD)"),
    "dis": N_("Draft International Standard (DIS)"),
    "fdis": N_("Final draft International Standard (FDIS)"),
    "dts": N_("Draft Technical Specification (DTS)"),
    "dtr": N_("Draft Technical Report (DTR)"),
    "dpas": N_("Draft Publicly Available Specification (DPAS)"),
    "sr": N_("Systematic review (SR)"),
    "wdrl": N_("Withdrawal (WDRL)"),
    "cib": N_("Committee internal ballot (CIB)"),
    "vam": N_("New field of work (VAM)"),
    "cdv": N_("Committee draft for vote of IEC (CDV)"),
    "aap_lc": N_("Last call of ITU-T (AAP)"),
    "aap_ar": N_("Additional review of ITU-T (AAP)"),
    "npos": N_("National position ballot"),
    "ncib": N_("National internal ballot"),
}
NATIONAL_KINDS = frozenset({BallotKind.NPOS, BallotKind.NCIB})  # of the mirror committee; the public never sees them

CASE_STATES: dict[str, str] = {
    "open": N_("To be taken up"),
    "enquiry": N_("National enquiry"),
    "consolidating": N_("Consolidating comments"),
    "position_draft": N_("Drafting the position"),
    "position_approved": N_("Position approved"),
    "submitted": N_("Submitted"),
    "closed": P_("ballots", "Closed"),
    "dispositioned": N_("Answers received"),
    "no_position": N_("No position taken"),
    "missed": N_("Missed"),
    "cancelled": N_("Cancelled"),
}


class BallotRule(Bilingual, Row, Base):
    """The configuration of a ballot type from a day on: durations, answers, criteria; a ballot keeps its version."""

    __tablename__ = "ballot_rule"
    __bilingual__: ClassVar = {"name": String(160)}
    __table_args__ = (UniqueConstraint("kind", "number"),)

    kind: Mapped[BallotKind] = mapped_column(Word(BallotKind))
    number: Mapped[int]  # version of the rule, from 1
    effective_from: Mapped[date]
    certainty: Mapped[str] = mapped_column(String(20), default="to_confirm")
    source: Mapped[str] = mapped_column(String(300), default="")
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see ballots.rules.terms
    by: Mapped[str] = mapped_column(String(80), default="")


class Ballot(Row, Base):
    """A ballot of an international committee, or of the mirror committee, and how it is handled here."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="order"),
        Index("ix_ballot_closes_at", "closes_at"),
    )

    kind: Mapped[BallotKind] = mapped_column(Word(BallotKind))
    rule_id: Mapped[int] = mapped_column(ForeignKey("ballot_rule.id"))
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"), index=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)  # that opened it; it stays so
    national_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)  # mirror that answers
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("ballot.id"))  # the vote that this one repeats
    title_en: Mapped[str] = mapped_column(String(300), default="")  # where there is no deliverable
    title_zh: Mapped[str] = mapped_column(String(300), default="")
    document_number: Mapped[str] = mapped_column(String(60), default="")  # N number
    summary_zh: Mapped[str] = mapped_column(Text, default="")  # what it is about, for the units that are asked
    summary_en: Mapped[str] = mapped_column(Text, default="")
    outline: Mapped[list[str]] = mapped_column(default=list)  # the clauses of the draft, in order
    mandatory: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    closes_zone: Mapped[str] = mapped_column(String(64), default="Europe/Zurich")
    state: Mapped[CaseState] = mapped_column(Word(CaseState), default=CaseState.OPEN)
    state_since: Mapped[datetime] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar entries (RFC 5545, 3.8.7.4)
    changed_at: Mapped[datetime] = mapped_column(
        Instant, default=system_clock
    )  # what everybody may know of it; our case leaves no trace
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))  # whose case it is
    compressed: Mapped[bool] = mapped_column(default=False)  # fewer working days for the enquiry than there must be
    compressed_by: Mapped[str] = mapped_column(String(80), default="")  # the chair who signed for that
    too_short: Mapped[bool] = mapped_column(default=False)  # the steps don't fit before the closing instant
    provisional: Mapped[bool] = mapped_column(default=False)  # planned before the working days were announced
    version: Mapped[int] = mapped_column(default=1)

    rule: Mapped[BallotRule] = relationship(lazy="joined")
    standard: Mapped[Standard | None] = relationship()
    committee: Mapped[Committee] = relationship(foreign_keys=[committee_id])
    national: Mapped[Committee | None] = relationship(foreign_keys=[national_id])
    secretary: Mapped[Account | None] = relationship()
    steps: Mapped[list[BallotStep]] = relationship(
        back_populates="ballot", order_by="BallotStep.order", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this ballot."""
        return f"ballot:{self.public_id}"


class StepKind(StrEnum):
    """What has to happen here before a ballot closes."""

    TRIAGE = "triage"
    ENQUIRY = "enquiry"
    CONSOLIDATE = "consolidate"
    APPROVE = "approve"
    SUBMIT = "submit"


STEP_KINDS: dict[str, str] = {
    "triage": N_("Take the ballot up"),
    "enquiry": N_("End of the national enquiry"),
    "consolidate": N_("Consolidate the comments"),
    "approve": N_("Approve the position"),
    "submit": N_("Submit the vote"),
}


class BallotStep(Row, Base):
    """A step of the timetable counted back from the closing instant, due on a working day."""

    __tablename__ = "ballot_step"
    __table_args__ = (UniqueConstraint("ballot_id", "kind"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"))
    kind: Mapped[StepKind] = mapped_column(Word(StepKind))
    order: Mapped[int]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar entry

    ballot: Mapped[Ballot] = relationship(back_populates="steps")


class BallotDocument(Row, Base):
    """A file of a ballot: the draft, a receipt, a compiled table; never shown outside."""

    __tablename__ = "ballot_document"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # draft, receipt, position, comments, compiled
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    title: Mapped[str] = mapped_column(String(200), default="")
    by: Mapped[str] = mapped_column(String(80), default="")

    ballot: Mapped[Ballot] = relationship()
    file: Mapped[StoredFile] = relationship()


class Enquired(Row, Base):
    """Somebody who is asked in the national enquiry on a ballot."""

    __tablename__ = "ballot_enquired"
    __table_args__ = (UniqueConstraint("ballot_id", "account_id"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    unit: Mapped[str] = mapped_column(String(200), default="")  # as it was then
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(String(30), default="")  # approve, disapprove, abstain, no_comment
    remark: Mapped[str] = mapped_column(Text, default="")  # in the language in which it was written
    late: Mapped[bool] = mapped_column(default=False)  # answered after the enquiry was over
    version: Mapped[int] = mapped_column(default=1)

    ballot: Mapped[Ballot] = relationship()
    account: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}
