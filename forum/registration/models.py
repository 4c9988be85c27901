"""Categories, delegations, participations, seats, waiting lists, consents and sealed fields."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.bilingual import Bilingual
from forum.core.database import Base, BigId, Instant, Row, Word
from forum.events.models import Forum
from forum.people.models import Person
from forum.places.models import City, Country, Organisation
from forum.registration.states import DelegationState, ParticipationState, SeatState, WaitingState


class Chain(StrEnum):
    """Who approves a participation of a category, in order."""

    FOCAL_THEN_SECRETARIAT = "focal_then_secretariat"
    SECRETARIAT = "secretariat"
    STRAIGHT = "straight"


class Category(Bilingual, Row, Base):
    """A category of participants 参会类别, with its fields, documents, quota and approvals."""

    __tablename__ = "category"
    __bilingual__: ClassVar = {"name": String(120), "description": Text}
    __table_args__ = (UniqueConstraint("forum_id", "code"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    order: Mapped[int] = mapped_column(default=0)
    chain: Mapped[Chain] = mapped_column(Word(Chain), default=Chain.SECRETARIAT)
    fields: Mapped[list[str]] = mapped_column(default=list)  # optional field groups asked for
    required_documents: Mapped[list[str]] = mapped_column(default=list)
    needs_delegation: Mapped[bool] = mapped_column(default=False)
    self_registration: Mapped[bool] = mapped_column(default=True)
    needs_confirmation: Mapped[bool] = mapped_column(default=True)
    in_list_of_participants: Mapped[bool] = mapped_column(default=True)
    waiting_list: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()

    __mapper_args__ = {"version_id_col": version}


class DelegationKind(StrEnum):
    """What a delegation stands for."""

    COUNTRY = "country"
    CITY = "city"
    ORGANISATION = "organisation"


class Delegation(Bilingual, Row, Base):
    """A delegation 代表团 to one forum."""

    __tablename__ = "delegation"
    __bilingual__: ClassVar = {"name": String(240)}
    __table_args__ = (UniqueConstraint("forum_id", "kind", "represents"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DelegationKind] = mapped_column(Word(DelegationKind))
    represents: Mapped[str] = mapped_column(String(40))  # iso2, city or organisation public id
    country_iso2: Mapped[str | None] = mapped_column(ForeignKey("country.iso2"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[DelegationState] = mapped_column(Word(DelegationState), default=DelegationState.INVITED)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id", use_alter=True))
    mail_policy: Mapped[str] = mapped_column(String(20), default="registrant")  # registrant | focal | person
    note_verbale: Mapped[str] = mapped_column(String(120), default="")
    sort_key: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()
    country: Mapped[Country | None] = relationship()
    city: Mapped[City | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    head: Mapped[Participation | None] = relationship(foreign_keys=[head_id], post_update=True)
    members: Mapped[list[Participation]] = relationship(
        back_populates="delegation", foreign_keys="Participation.delegation_id", order_by="Participation.order"
    )
    focal_points: Mapped[list[FocalPoint]] = relationship(back_populates="delegation")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How the audit and the seat counters name this delegation."""
        return f"delegation:{self.public_id}"


class FocalPoint(Row, Base):
    """An account that acts for a delegation."""

    __tablename__ = "focal_point"
    __table_args__ = (UniqueConstraint("delegation_id", "account_id"),)

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    proof: Mapped[str] = mapped_column(String(200), default="")
    granted_by: Mapped[str] = mapped_column(String(80), default="")

    delegation: Mapped[Delegation] = relationship(back_populates="focal_points")
    account: Mapped[Account] = relationship(lazy="joined")


class Attendance(StrEnum):
    """How somebody takes part."""

    ONSITE = "onsite"
    REMOTE = "remote"
    UNDECIDED = "undecided"


_ENDED = "state NOT IN ('withdrawn', 'refused', 'replaced', 'revoked')"


class Participation(Bilingual, Row, Base):
    """A participation 参会登记: one person at one forum in one category."""

    __tablename__ = "participation"
    __bilingual__: ClassVar = {"function": String(240), "organisation_name": String(240)}
    __table_args__ = (
        UniqueConstraint("forum_id", "number"),
        Index(
            "uq_participation_active",
            "forum_id",
            "person_id",
            unique=True,
            sqlite_where=text(_ENDED),
            postgresql_where=text(_ENDED),
        ),
        Index("ix_participation_forum_state", "forum_id", "state"),
        Index("ix_participation_forum_sort", "forum_id", "sort_key"),
    )

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    state: Mapped[ParticipationState] = mapped_column(Word(ParticipationState), default=ParticipationState.DRAFT)
    state_since: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="")  # of the last decision; the person reads it
    country_iso2: Mapped[str | None] = mapped_column(ForeignKey("country.iso2"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    mail_language: Mapped[str] = mapped_column(String(2), default="en")
    attendance: Mapped[Attendance] = mapped_column(Word(Attendance), default=Attendance.ONSITE)
    order: Mapped[int] = mapped_column(default=0)
    is_alternate: Mapped[bool] = mapped_column(default=False)
    listening_languages: Mapped[list[str]] = mapped_column(default=list)
    needs_letter: Mapped[bool] = mapped_column(default=False)  # invitation letter for a visa
    in_list: Mapped[bool] = mapped_column(default=False)  # consents to the list of participants
    scopes: Mapped[list[str]] = mapped_column(default=list)  # seat counters held
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # personal link, no account needed
    link_serial: Mapped[int] = mapped_column(default=0)  # a new number makes a new link
    sort_key: Mapped[str] = mapped_column(String(300), default="")
    search: Mapped[str] = mapped_column(String(1500), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id"))
    version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()
    person: Mapped[Person] = relationship(lazy="joined")
    category: Mapped[Category] = relationship(lazy="joined")
    delegation: Mapped[Delegation | None] = relationship(back_populates="members", foreign_keys=[delegation_id])
    registrant: Mapped[Account | None] = relationship()
    country: Mapped[Country | None] = relationship()
    city: Mapped[City | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How the audit and links name this participation."""
        return f"participation:{self.public_id}"


class SeatCounter(Base):
    """How many seats of one scope are taken.  Only ever changed by a conditional update."""

    __tablename__ = "seat_counter"
    __table_args__ = (CheckConstraint("taken >= 0 AND (cap IS NULL OR taken <= cap)", name="taken"),)

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)  # see forum.registration.seats
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    cap: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)


class WaitingEntry(Row, Base):
    """A place in line for a scope, and the offer that holds a seat for a while."""

    __tablename__ = "waiting_entry"
    __table_args__ = (
        Index("ix_waiting_entry_turn", "scope", "state", "priority", "joined_at"),
        Index(
            "uq_waiting_entry_open",
            "scope",
            "participation_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'offered')"),
            postgresql_where=text("state IN ('waiting', 'offered')"),
        ),
    )

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str] = mapped_column(String(120))  # the one that was full
    scopes: Mapped[list[str]] = mapped_column(default=list)  # all that the seat needs
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_session.id", ondelete="CASCADE"))
    state: Mapped[WaitingState] = mapped_column(Word(WaitingState), default=WaitingState.WAITING)
    priority: Mapped[int] = mapped_column(default=0)
    priority_reason: Mapped[str] = mapped_column(String(300), default="")
    joined_at: Mapped[datetime] = mapped_column(Instant)
    offer_until: Mapped[datetime | None] = mapped_column(Instant)
    offer_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    skipped: Mapped[int] = mapped_column(default=0)

    participation: Mapped[Participation] = relationship()


class SessionSeat(Row, Base):
    """A booked seat of a bookable session."""

    __tablename__ = "session_seat"
    __table_args__ = (UniqueConstraint("session_id", "participation_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_session.id", ondelete="CASCADE"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    state: Mapped[SeatState] = mapped_column(Word(SeatState), default=SeatState.GRANTED)

    participation: Mapped[Participation] = relationship()


class FieldClass(StrEnum):
    """Classes of sealed fields; each has its consent and its retention."""

    IDENTITY = "identity"  # passport number, date of birth
    CONTACT = "contact"  # phone
    TRAVEL = "travel"  # arrival, departure
    HEALTH = "health"  # diet, allergies, access needs
    MEDICAL = "medical"  # note for the doctor on duty


class SealedField(Base):
    """One personal value, encrypted with its person's key and bound to its place."""

    __tablename__ = "sealed_field"
    __table_args__ = (UniqueConstraint("participation_id", "field"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    field_class: Mapped[FieldClass] = mapped_column(Word(FieldClass), index=True)
    sealed: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(String(8), default="")  # last four characters, where shown
    blind: Mapped[str | None] = mapped_column(String(64), index=True)  # blind index for duplicates
    set_at: Mapped[datetime] = mapped_column(Instant)


class Consent(Row, Base):
    """A consent, given or withdrawn; never changed, only followed by a newer one."""

    __tablename__ = "consent"

    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    given: Mapped[bool]
    text_version: Mapped[str] = mapped_column(String(64))  # hash of the notice as shown
    language: Mapped[str] = mapped_column(String(2))
    by: Mapped[str] = mapped_column(String(80))  # self, or the assistant's reference
    at: Mapped[datetime] = mapped_column(Instant)


class RequiredDocument(Row, Base):
    """A document handed in for a participation or a delegation."""

    __tablename__ = "required_document"

    participation_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))  # note_verbale, nomination_letter, …
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    checked_by: Mapped[str] = mapped_column(String(80), default="")
    superseded: Mapped[bool] = mapped_column(default=False)


class StaffNote(Row, Base):
    """A note of the desk on a participation; participants never see it."""

    __tablename__ = "staff_note"

    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)

    author: Mapped[Account | None] = relationship()


class Tombstone(Base):
    """That something personal was here and was deleted when its time was over; never what it said."""

    __tablename__ = "tombstone"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    object_id: Mapped[str] = mapped_column(String(80), index=True)  # "participation:<public id>"
    what: Mapped[str] = mapped_column(String(40))  # a class of fields, "draft", "photo", "mail"
    at: Mapped[datetime] = mapped_column(Instant)


class DelegationImport(Row, Base):
    """A delegation file that was read and checked, waiting to be applied as a whole."""

    __tablename__ = "delegation_import"

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    filename: Mapped[str] = mapped_column(String(200))
    sealed_rows: Mapped[str] = mapped_column(Text)  # sealed with the master key
    applied_at: Mapped[datetime | None] = mapped_column(Instant)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
