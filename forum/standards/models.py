"""Deliverables, the record of their stages, relations and topics, and the runs that imported them.

One row is one edition: one project of its publisher, one ``iso_id`` for ISO.  Its reference changes on the way
(CD, DIS, ISO nnn:yyyy); the id stays.  Stages are observed or declared, one row each, and none is ever removed.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.committees.models import Committee, Confidence, Precision, TitleStatus
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_, P_
from forum.ports.files.models import StoredFile
from forum.standards.references import printed


class Scheme(StrEnum):
    """Whose stage codes a deliverable carries; codes of two schemes are never mixed."""

    ISO = "iso"
    IEC = "iec"
    ITU = "itu"
    SAC = "sac"


class Track(StrEnum):
    """Development track (Directives Part 1, 2.1.6): months from registration to publication."""

    M18 = "18"
    M24 = "24"
    M36 = "36"


TRACKS: dict[str, str] = {"18": N_("18 months"), "24": N_("24 months"), "36": N_("36 months")}


class Standing(StrEnum):
    """What a reader may make of a deliverable today."""

    UNDER_DEVELOPMENT = "under_development"
    PUBLISHED = "published"
    UNDER_REVIEW = "under_review"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"


STANDINGS: dict[str, str] = {
    "under_development": N_("Under development"),
    "published": N_("Published"),
    "under_review": P_("standards", "Under review"),
    "withdrawn": P_("standards", "Withdrawn"),
    "deleted": N_("Project deleted"),
}


_NARROWED = ("standing", "kind", "published_on", "committee_id", "stage_equivalent", "id")


class Standard(Row, Base):
    """One edition of a standard, report, recommendation or supplement, published or on its way."""

    __tablename__ = "standard"
    __table_args__ = (
        Index("ix_standard_committee_id_sort_key", "committee_id", "sort_key"),
        Index("ix_standard_standing_sort_key", "standing", "sort_key", *_NARROWED[1:]),
        # All that a list is filtered by, in its order: one narrow index to walk instead of the wide rows.
        Index(
            "ix_standard_list", "sort_key", "standing", "kind", "published_on", "committee_id", "stage_equivalent", "id"
        ),
        Index(
            "ix_standard_moves",
            "moved_on",
            "standing",
            "kind",
            "published_on",
            "committee_id",
            "stage_equivalent",
            "id",
        ),
    )

    slug: Mapped[str] = mapped_column(String(120), unique=True)  # iso-37101, or with the year where two editions are
    scheme: Mapped[Scheme] = mapped_column(Word(Scheme))
    reference: Mapped[str] = mapped_column(
        String(160), index=True
    )  # as it is now, with a hyphen before the year in GB/T
    folded_reference: Mapped[str] = mapped_column(String(160), default="", index=True)  # letters and digits alone
    number: Mapped[str] = mapped_column(String(40), default="", index=True)  # 37155-1, Y.4900, 36749
    sort_key: Mapped[str] = mapped_column(String(160), default="", index=True)
    iso_id: Mapped[int | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))  # IS, TS, TR, PAS, IWA, Guide, SRD, Rec, Suppl, GB/T …
    supplement: Mapped[str] = mapped_column(String(10), default="")  # Amd, Cor
    base_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"), index=True)  # what it supplements
    title_en: Mapped[str] = mapped_column(Text, default="")
    title_fr: Mapped[str] = mapped_column(Text, default="")
    title_zh: Mapped[str] = mapped_column(Text, default="")
    en_status: Mapped[TitleStatus] = mapped_column(Word(TitleStatus), default=TitleStatus.OFFICIAL)
    fr_status: Mapped[TitleStatus] = mapped_column(Word(TitleStatus), default=TitleStatus.OFFICIAL)
    zh_status: Mapped[TitleStatus] = mapped_column(Word(TitleStatus), default=TitleStatus.NONE)
    zh_source: Mapped[str] = mapped_column(String(300), default="")
    edition: Mapped[int | None]
    published_on: Mapped[date | None]
    published_precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.DAY)
    stability_on: Mapped[date | None]  # IEC: not changed before this day
    pages: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    scope_extract: Mapped[str] = mapped_column(String(400), default="")  # plain text; never the publisher's whole scope
    committee_id: Mapped[int | None] = mapped_column(
        ForeignKey("committee.id"), index=True
    )  # now; the past in Assignment
    stage: Mapped[str] = mapped_column(String(20), default="")  # code in its scheme, such as 40.20 or in-force
    stage_equivalent: Mapped[str] = mapped_column(
        String(5), default="", index=True
    )  # harmonised, where a mapping is known
    stage_on: Mapped[date | None]
    standing: Mapped[Standing] = mapped_column(Word(Standing), default=Standing.UNDER_DEVELOPMENT)
    track: Mapped[Track | None] = mapped_column(Word(Track))
    targets: Mapped[dict[str, Any]] = mapped_column(default=dict)  # stage label -> ISO date
    origin: Mapped[str] = mapped_column(String(40), default="")  # national, forum, partnership
    replaces: Mapped[list[Any]] = mapped_column(default=list)  # ids as imported, resolved or not
    replaced_by: Mapped[list[Any]] = mapped_column(default=list)
    as_of: Mapped[date | None] = mapped_column(index=True)
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.TO_CONFIRM)
    source: Mapped[str] = mapped_column(String(300), default="")
    note_en: Mapped[str] = mapped_column(Text, default="")
    note_zh: Mapped[str] = mapped_column(Text, default="")
    imported: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # the publisher's values at the last import, by field
    edited_fields: Mapped[list[str]] = mapped_column(
        default=list
    )  # set here by hand; an import asks before touching them
    absent_since: Mapped[date | None]  # dataset date from which the publisher's file no longer holds it
    search: Mapped[str] = mapped_column(Text, default="")  # folded words, bigrams of Chinese: see search_index
    moved_on: Mapped[date] = mapped_column(default=date.min)  # by which the newest come first: see ordering
    version: Mapped[int] = mapped_column(default=1)

    committee: Mapped[Committee | None] = relationship()
    base: Mapped[Standard | None] = relationship(remote_side="Standard.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this deliverable."""
        return f"standard:{self.public_id}"

    @property
    def printed(self) -> str:
        """The reference as it is printed: national ones with an em dash before the year."""
        return printed(self.reference)


class FormerSlug(Row, Base):
    """An address under which a deliverable was found before; it leads on for ever."""

    __tablename__ = "standard_former_slug"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)


class StandardIcs(Base):
    """An ICS code of a deliverable."""

    __tablename__ = "standard_ics"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class ReferenceRecord(Row, Base):
    """A reference that a deliverable carried, and since when it is known."""

    __tablename__ = "standard_reference"
    __table_args__ = (UniqueConstraint("standard_id", "reference"),)

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"))
    reference: Mapped[str] = mapped_column(String(160))
    folded: Mapped[str] = mapped_column(String(160), default="", index=True)
    seen_on: Mapped[date | None]


class StageKind(StrEnum):
    """How a stage became known."""

    OBSERVED = "observed"  # read from a dated source
    DECLARED = "declared"  # set here by somebody


class StageEvent(Row, Base):
    """A stage that a deliverable entered; append-only."""

    __tablename__ = "stage_event"
    __table_args__ = (
        Index("ix_stage_event_standard_id_on", "standard_id", "on"),
        Index("ix_stage_event_on", "on"),
        Index("ix_stage_event_as_of", "as_of"),
    )

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"))
    scheme: Mapped[Scheme] = mapped_column(Word(Scheme))
    code: Mapped[str] = mapped_column(String(20))
    on: Mapped[date | None]
    precision: Mapped[Precision] = mapped_column(Word(Precision), default=Precision.DAY)
    kind: Mapped[StageKind] = mapped_column(Word(StageKind))
    source: Mapped[str] = mapped_column(String(300), default="")
    as_of: Mapped[date | None]
    unusual: Mapped[bool] = mapped_column(default=False)  # not a step of the matrix; shown with a mark
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80), default="")
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"), index=True)
    silent: Mapped[bool] = mapped_column(default=False)  # of a committee's first import: those who watch aren't told

    standard: Mapped[Standard] = relationship()


class RelationKind(StrEnum):
    """How one deliverable stands to another."""

    REPLACES = "replaces"
    REVISES = "revises"
    AMENDS = "amends"
    RELATED = "related"


# How a relation reads from its own side, and from the other one.
RELATION_KINDS: dict[str, str] = {
    "replaces": N_("Replaces"),
    "revises": N_("Revises"),
    "amends": N_("Amends"),
    "related": N_("Related"),
}
RELATIONS_BACK: dict[str, str] = {
    "replaces": P_("standards", "Replaced by"),
    "revises": N_("Revised by"),
    "amends": N_("Amended by"),
    "related": N_("Related"),
}


class StandardRelation(Row, Base):
    """A relation from one deliverable to another, or to a reference not kept here."""

    __tablename__ = "standard_relation"
    __table_args__ = (Index("ix_standard_relation_standard_id_kind", "standard_id", "kind"),)

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"))
    kind: Mapped[RelationKind] = mapped_column(Word(RelationKind))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), index=True)
    other_iso_id: Mapped[int | None] = mapped_column(index=True)
    other_reference: Mapped[str] = mapped_column(String(160), default="")
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.VERIFIED)

    standard: Mapped[Standard] = relationship(foreign_keys=[standard_id])
    other: Mapped[Standard | None] = relationship(foreign_keys=[other_id])


class Assignment(Row, Base):
    """Which committee owned a work item from one day to another."""

    __tablename__ = "standard_assignment"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), index=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(300), default="")
    confidence: Mapped[Confidence] = mapped_column(Word(Confidence), default=Confidence.VERIFIED)

    committee: Mapped[Committee] = relationship()
    standard: Mapped[Standard] = relationship()


class Topic(Bilingual, Row, Base):
    """A subject by which work of several committees is found together, such as indicators or data models."""

    __tablename__ = "topic"
    __bilingual__: ClassVar = {"name": String(120)}

    slug: Mapped[str] = mapped_column(String(60), unique=True)


class StandardTopic(Base):
    """A deliverable under a topic."""

    __tablename__ = "standard_topic"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)


class RunState(StrEnum):
    """Where an import stands; one that was cut off is taken up again from its last batch."""

    WAITING = "waiting"  # handed in at the desk, the preview is still to come
    PREVIEWED = "previewed"  # the preview is there, somebody has to confirm
    CONFIRMED = "confirmed"
    RUNNING = "running"
    FINISHED = "finished"
    REFUSED = "refused"
    DROPPED = "dropped"  # not confirmed, or given up for another file


RUN_STATES: dict[str, str] = {
    "waiting": N_("Preview is being made"),
    "previewed": N_("To be confirmed"),
    "confirmed": N_("Waiting to begin"),
    "running": N_("Running"),
    "finished": N_("Finished"),
    "refused": N_("Refused"),
    "dropped": N_("Dropped"),
}

RUN_KINDS: dict[str, str] = {
    "deliverables": P_("standards", "Deliverables"),
    "committees": P_("standards", "Committees"),
}

NOTE_KINDS: dict[str, str] = {
    "new": N_("New"),
    "changed": N_("Changed"),
    "quarantined": N_("Put aside"),
    "kept_ours": N_("Kept as edited here"),
    "unusual_stage": N_("Unusual stage"),
    "new_committee": N_("New committee"),
    "absent": N_("No longer in the file"),
}


class ImportRun(Row, Base):
    """One import of a published file: what was read, what changed, what was put aside, who signed for it."""

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_kind_digest", "kind", "digest"),)

    kind: Mapped[str] = mapped_column(String(20))  # deliverables, committees
    file_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the file
    dataset_on: Mapped[date]
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[RunState] = mapped_column(Word(RunState), default=RunState.RUNNING)
    position: Mapped[int] = mapped_column(default=0)  # rows that are behind a commit
    read: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    quarantined: Mapped[int] = mapped_column(default=0)
    kept_ours: Mapped[int] = mapped_column(default=0)  # fields edited here that the file would have changed
    absent: Mapped[int] = mapped_column(default=0)
    operator: Mapped[str] = mapped_column(String(80), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    signature: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 over the canonical summary
    forced: Mapped[bool] = mapped_column(default=False)  # an older dataset than the last one, on purpose
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))  # from the desk
    preview: Mapped[dict[str, Any]] = mapped_column(default=dict)  # counts, signature and first notes of the preview
    sentence: Mapped[str] = mapped_column(String(300), default="")  # catalogue key: why the file was refused
    sentence_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    account: Mapped[Account | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    @property
    def audit_reference(self) -> str:
        """How the audit names this import."""
        return f"import_run:{self.public_id}"


class ImportNote(Row, Base):
    """A row that an import changed, put aside, or left as it was edited here."""

    __tablename__ = "import_note"
    __table_args__ = (Index("ix_import_note_run_id_kind", "run_id", "kind"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    line: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # a key of NOTE_KINDS
    key: Mapped[str] = mapped_column(String(40), default="")  # the publisher's id
    reference: Mapped[str] = mapped_column(String(160), default="")
    field: Mapped[str] = mapped_column(String(40), default="")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    sentence: Mapped[str] = mapped_column(String(300), default="")  # catalogue key: what is wrong

    run: Mapped[ImportRun] = relationship()
