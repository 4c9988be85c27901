"""Committees, their dated names, memberships, mirrors, posts and succession, and the liaisons that they list.

Nothing here is overwritten: a name, a post, a mirror or a membership ends, and the next one begins.
Source: ISO/IEC Directives, Part 1, 1.5-1.9 (committees), 1.17 (liaisons).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_, P_
from forum.places.models import Organisation


class Body(StrEnum):
    """Whose committee it is."""

    ISO = "iso"
    IEC = "iec"
    ISO_IEC = "iso_iec"
    ITU_T = "itu_t"
    SAC = "sac"


BODIES: dict[Body, str] = {
    Body.ISO: "ISO",
    Body.IEC: "IEC",
    Body.ISO_IEC: "ISO/IEC",
    Body.ITU_T: "ITU-T",
    Body.SAC: "SAC",
}


class CommitteeKind(StrEnum):
    """What kind of group it is."""

    TC = "tc"
    SC = "sc"
    PC = "pc"
    JTC = "jtc"
    SYC = "syc"
    SG = "sg"
    WG = "wg"
    JWG = "jwg"
    TG = "tg"
    AG = "ag"
    CAG = "cag"
    NATIONAL = "national"
    OTHER = "other"


COMMITTEE_KINDS: dict[CommitteeKind, str] = {
    CommitteeKind.TC: N_("Technical committee"),
    CommitteeKind.SC: N_("Subcommittee"),
    CommitteeKind.PC: N_("Project committee"),
    CommitteeKind.JTC: N_("Joint technical committee"),
    CommitteeKind.SYC: N_("Systems committee"),
    CommitteeKind.SG: N_("Study group"),
    CommitteeKind.WG: N_("Working group"),
    CommitteeKind.JWG: N_("Joint working group"),
    CommitteeKind.TG: N_("Task group"),
    CommitteeKind.AG: N_("Advisory group"),
    CommitteeKind.CAG: N_("Chair’s advisory group"),
    CommitteeKind.NATIONAL: N_("National technical committee"),
    CommitteeKind.OTHER: N_("Group"),
}


class CommitteeState(StrEnum):
    """Whether a committee works."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    DISBANDED = "disbanded"


COMMITTEE_STATES: dict[str, str] = {
    "proposed": P_("standards", "Proposed"),
    "active": N_("Active"),
    "suspended": N_("Suspended"),
    "transferred": N_("Transferred"),
    "disbanded": N_("Disbanded"),
}


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Confidence(StrEnum):
    """How sure a fact is."""

    VERIFIED = "verified"
    INFERRED = "inferred"
    TO_CONFIRM = "to_confirm"


CONFIDENCES: dict[str, str] = {
    "verified": N_("Verified"),
    "inferred": N_("Inferred"),
    "to_confirm": N_("To be confirmed"),
}


class TitleStatus(StrEnum):
    """Whether a title in a language is the publisher's own or ours."""

    OFFICIAL = "official"
    IN_USE = "in_use"
    UNOFFICIAL = "unofficial"  # ours; never shown or exported without saying so
    TO_CONFIRM = "to_confirm"
    RECHECK = "recheck"  # the English title changed after it was made
    NONE = "none"


TITLE_STATUSES: dict[str, str] = {
    "official": N_("Official title"),
    "in_use": N_("Title in common use"),
    "unofficial": N_("Unofficial translation"),
    "to_confirm": N_("Title to be confirmed"),
    "recheck": N_("Unofficial translation, to be checked again"),
    "none": N_("No title"),
}


class Committee(Row, Base):
    """A committee, subcommittee, working group or study group, whoever runs it."""

    __tablename__ = "committee"
    __table_args__ = (Index("ix_committee_sort_key", "sort_key"),)

    reference: Mapped[str] = mapped_column(String(80), unique=True)  # canonical: ISO/TC 268/SC 1
    slug: Mapped[str] = mapped_column(String(80), unique=True)  # iso-tc-268-sc-1
    body: Mapped[Body] = mapped_column(Word(Body))
    kind: Mapped[CommitteeKind] = mapped_column(Word(CommitteeKind))
    state: Mapped[CommitteeState] = mapped_column(Word(CommitteeState), default=CommitteeState.ACTIVE)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    parent_iso_id: Mapped[int | None]  # as imported, where the parent itself isn't here
    iso_id: Mapped[int | None] = mapped_column(unique=True)
    sort_key: Mapped[str] = mapped_column(String(120), default="")  # zero-padded; never shown
    secretariat: Mapped[str] = mapped_column(String(200), default="")
    country_iso2: Mapped[str | None] = mapped_column(ForeignKey("country.iso2"))
    created_on: Mapped[date | None]
    created_precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.DAY)
    disbanded_on: Mapped[date | None]
    scope_en: Mapped[str] = mapped_column(Text, default="")  # our own short words, never the publisher's text
    scope_zh: Mapped[str] = mapped_column(Text, default="")
    # Counts as printed by the publisher on ``as_of``; where IEC administers a committee they are no quorum.
    p_members: Mapped[int | None]
    o_members: Mapped[int | None]
    p_complete: Mapped[bool] = mapped_column(default=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))  # who keeps the secretariat here
    as_of: Mapped[date | None]
    as_of_precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.DAY)
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)
    source: Mapped[str] = mapped_column(String(300), default="")
    note_en: Mapped[str] = mapped_column(Text, default="")
    note_zh: Mapped[str] = mapped_column(Text, default="")
    unreviewed: Mapped[bool] = mapped_column(default=False)  # made by an import, nobody has looked yet
    public_code: Mapped[str] = mapped_column(String(40), default="")  # the scheme's own code, such as SG20
    first_import: Mapped[int | None]  # the run that first brought deliverables of it; what it brought is told nobody
    imported: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # the publisher's values at the last import, by field
    edited_fields: Mapped[list[str]] = mapped_column(
        default=list
    )  # set here by hand; an import doesn't touch them without a word
    absent_since: Mapped[date | None]  # dataset date from which the publisher's file no longer holds it
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped[Committee | None] = relationship(remote_side="Committee.id")
    organisation: Mapped[Organisation | None] = relationship()
    names: Mapped[list[CommitteeName]] = relationship(
        back_populates="committee",
        # A name whose first day isn't known is the oldest, whatever the database thinks of nothing.
        order_by="(CommitteeName.starts_on.is_not(None), CommitteeName.starts_on, CommitteeName.id)",
        cascade="all, delete-orphan",
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this committee."""
        return f"committee:{self.public_id}"


class CommitteeName(Row, Base):
    """A title that a committee carries from one day to another."""

    __tablename__ = "committee_name"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"), index=True)
    title_en: Mapped[str] = mapped_column(String(300), default="")
    title_fr: Mapped[str] = mapped_column(String(300), default="")
    title_zh: Mapped[str] = mapped_column(String(300), default="")
    zh_status: Mapped[TitleStatus] = mapped_column(Word(TitleStatus), default=TitleStatus.NONE)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    committee: Mapped[Committee] = relationship(back_populates="names")


class CommitteeAlias(Row, Base):
    """Another spelling under which a committee is found; old slugs too."""

    __tablename__ = "committee_alias"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"), index=True)
    spelling: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120), unique=True)


class MemberKind(StrEnum):
    """How a member body takes part."""

    P = "p"
    O = "o"  # noqa: E741 - the Directives' own letter


class Membership(Row, Base):
    """A member body that takes part in a committee (P or O), from dated imports."""

    __tablename__ = "committee_membership"
    __table_args__ = (Index("ix_committee_membership_committee_id_acronym", "committee_id", "acronym"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"))
    acronym: Mapped[str] = mapped_column(String(40))  # of the member body, such as SAC
    body_iso_id: Mapped[int | None]
    kind: Mapped[MemberKind] = mapped_column(Word(MemberKind))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    committee: Mapped[Committee] = relationship()


class SuccessionKind(StrEnum):
    """What happened between committees."""

    CREATED = "created"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    TRANSFERRED = "transferred"
    PARTLY_TRANSFERRED = "partly_transferred"
    UMBRELLA = "umbrella"
    DISBANDED = "disbanded"


SUCCESSION_KINDS: dict[str, str] = {
    "created": N_("Created"),
    "renamed": N_("Renamed"),
    "merged": P_("standards", "Merged"),
    "split": N_("Split"),
    "transferred": N_("Transferred"),
    "partly_transferred": N_("Partly transferred"),
    "umbrella": N_("Umbrella"),
    "disbanded": N_("Disbanded"),
}


class Succession(Bilingual, Row, Base):
    """What one committee became, or came from, on a day."""

    __tablename__ = "committee_succession"
    __bilingual__: ClassVar = {"note": Text}
    __table_args__ = (CheckConstraint("from_id IS NOT NULL OR to_id IS NOT NULL", name="one_end"),)

    from_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    from_name: Mapped[str] = mapped_column(String(120), default="")  # a body that isn't kept here
    kind: Mapped[SuccessionKind] = mapped_column(Word(SuccessionKind))
    effective_on: Mapped[date | None]
    precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.DAY)
    evidence_url: Mapped[str] = mapped_column(String(300), default="")
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)

    source: Mapped[Committee | None] = relationship(foreign_keys=[from_id])
    target: Mapped[Committee | None] = relationship(foreign_keys=[to_id])


class MirrorRole(StrEnum):
    """How a national committee answers for an international one."""

    FIRST = "first"
    JOINT = "joint"
    GROUP = "group"


MIRROR_ROLES: dict[str, str] = {
    "first": N_("First mirror committee"),
    "joint": N_("Joint mirror committee"),
    "group": N_("Mirror working group"),
}


class Mirror(Row, Base):
    """A national committee that answers for an international one, for a time; many to many."""

    __tablename__ = "committee_mirror"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"), index=True)
    national_id: Mapped[int] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"), index=True)
    role: Mapped[MirrorRole] = mapped_column(Word(MirrorRole), default=MirrorRole.FIRST)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)
    basis: Mapped[str] = mapped_column(String(300), default="")

    committee: Mapped[Committee] = relationship(foreign_keys=[committee_id])
    national: Mapped[Committee] = relationship(foreign_keys=[national_id])


class PostRole(StrEnum):
    """What somebody with an account is in a national committee; each is a right while the term runs."""

    MIRROR_SECRETARY = "mirror_secretary"
    MIRROR_CHAIR = "mirror_chair"
    MIRROR_MEMBER = "mirror_member"
    UNIT_CONTACT = "unit_contact"


POST_ROLES: dict[str, str] = {
    "mirror_secretary": N_("Mirror committee secretary"),
    "mirror_chair": N_("Mirror committee chair"),
    "mirror_member": N_("Mirror committee expert"),
    "unit_contact": N_("Contact of a unit"),
}


def scope_of(committee_id: int) -> str:
    """Return how grants name a committee: ``committee:<id>``."""
    return f"committee:{committee_id}"


class Post(Row, Base):
    """A post 职务 of an account in a national committee, for a term; only ended, never overwritten."""

    __tablename__ = "committee_post"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),
        Index("ix_committee_post_committee_id_role", "committee_id", "role"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    role: Mapped[PostRole] = mapped_column(Word(PostRole))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))  # the unit 单位
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    granted_by: Mapped[str] = mapped_column(String(80), default="")
    ended_by: Mapped[str] = mapped_column(String(80), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[Account] = relationship(lazy="joined")
    committee: Mapped[Committee] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")

    @property
    def scope(self) -> str:
        """The committee as grants name it."""
        return scope_of(self.committee_id)


class Officer(Row, Base):
    """Somebody who leads an international committee, as published: chair, manager, convenor; with a term."""

    __tablename__ = "committee_officer"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(40))  # chair, manager, convenor, secretary
    name: Mapped[str] = mapped_column(String(160))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)
    source: Mapped[str] = mapped_column(String(300), default="")

    committee: Mapped[Committee] = relationship()


class RelationCategory(StrEnum):
    """How two bodies are in liaison; category D was renamed C."""

    A = "a"
    B = "b"
    C = "c"
    INTERNAL = "internal"
    ITU_A4 = "itu_a4"
    ITU_A5 = "itu_a5"
    ITU_A6 = "itu_a6"
    JTC1 = "jtc1"
    UNSTATED = "unstated"  # the list that was read doesn't say


RELATION_CATEGORIES: dict[str, str] = {
    "a": N_("Category A"),
    "b": N_("Category B"),
    "c": N_("Category C"),
    "internal": N_("Between committees"),
    "itu_a4": "ITU-T A.4",
    "itu_a5": "ITU-T A.5",
    "itu_a6": "ITU-T A.6",
    "jtc1": "JTC 1",
    "unstated": N_("Category not stated"),
}


class RelationState(StrEnum):
    """Whether a liaison stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    UNDER_REVIEW = "under_review"
    ENDED = "ended"


class LiaisonRelation(Row, Base):
    """A liaison as one side lists it: directional, never made symmetric (Directives Part 1, 1.17)."""

    __tablename__ = "committee_liaison"
    __table_args__ = (Index("ix_committee_liaison_committee_id_partner_id", "committee_id", "partner_id"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    external_iso_id: Mapped[int | None]  # "external body, id n" where the list names no reference
    external_name: Mapped[str] = mapped_column(String(160), default="")  # an organisation, or a reference not kept here
    category: Mapped[RelationCategory] = mapped_column(Word(RelationCategory), default=RelationCategory.INTERNAL)
    state: Mapped[RelationState] = mapped_column(Word(RelationState), default=RelationState.ACTIVE)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    review_due_on: Mapped[date | None]
    representative_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    source: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    committee: Mapped[Committee] = relationship(foreign_keys=[committee_id])
    partner: Mapped[Committee | None] = relationship(foreign_keys=[partner_id])
    representative: Mapped[Account | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
