"""Sessions, their slots, the people on them, releases, and what readers keep for themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.agenda.programme import SessionState, SpeakerRole, SpeakerState, Visibility
from forum.audit.models import immutable
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, WallTime, Word
from forum.core.identifiers import guid
from forum.core.refusals import N_
from forum.core.workflow import Transition, Workflow
from forum.events.models import Forum, Room, Segment, Track
from forum.people.models import Person

SESSION_STATES: dict[str, str] = {
    "idea": N_("Idea"),
    "tentative": N_("Tentative"),
    "confirmed": N_("Confirmed"),
    "cancelled": N_("Cancelled"),
}
_EDITORS = frozenset({"organiser", "agenda", "admin"})
SESSION_LIFE = Workflow(
    SessionState,
    SESSION_STATES,
    [
        Transition(("idea",), "plan", "tentative", _EDITORS, N_("Mark as tentative"), primary=True),
        Transition(("idea", "tentative"), "confirm", "confirmed", _EDITORS, N_("Confirm"), primary=True),
        Transition(("confirmed",), "doubt", "tentative", _EDITORS, N_("Back to tentative")),
        Transition(
            ("idea", "tentative", "confirmed"),
            "cancel",
            "cancelled",
            _EDITORS,
            N_("Cancel the session"),
            needs_reason=True,
        ),
        Transition(("cancelled",), "reinstate", "tentative", _EDITORS, N_("Reinstate"), needs_reason=True),
    ],
)

SPEAKER_ROLES: dict[str, str] = {
    "chair": N_("Chair"),
    "moderator": N_("Moderator"),
    "keynote": N_("Keynote speaker"),
    "remarks": N_("Remarks"),
    "panellist": N_("Panellist"),
    "discussant": N_("Discussant"),
    "rapporteur": N_("Rapporteur"),
    "signatory": N_("Signatory"),
    "witness": N_("Witness"),
    "mc": N_("Master of ceremonies"),
}
SPEAKER_STATES: dict[str, str] = {
    "proposed": N_("Proposed"),
    "invited": N_("Invited"),
    "tentative": N_("Tentative"),
    "confirmed": N_("Confirmed"),
    "declined": N_("Declined"),
    "replaced": N_("Replaced"),
}
VISIBILITIES: dict[str, str] = {
    "public": N_("Public"),
    "registered": N_("Registered participants"),
    "heads": N_("Heads of delegation"),
    "staff": N_("Staff only"),
}


class AgendaSession(Bilingual, Row, Base):
    """A session 场次: what is said, by whom, in which language.  When and where is its slots' matter."""

    __tablename__ = "agenda_session"
    __bilingual__: ClassVar = {
        "title": String(300),
        "abstract": Text,
        "description": Text,
        "placeholder": String(200),  # shown to those who may not see the session
    }
    __table_args__ = (UniqueConstraint("forum_id", "source", "source_id"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    segment_id: Mapped[int | None] = mapped_column(ForeignKey("segment.id"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"), index=True)
    state: Mapped[SessionState] = mapped_column(Word(SessionState), default=SessionState.TENTATIVE)
    floor_language: Mapped[str] = mapped_column(String(8), default="en")
    interpretation: Mapped[list[str]] = mapped_column(default=list)
    visibility: Mapped[Visibility] = mapped_column(Word(Visibility), default=Visibility.PUBLIC)
    embargo_until: Mapped[datetime | None] = mapped_column(Instant)
    bookable: Mapped[bool] = mapped_column(default=False)  # seats are booked one by one
    capacity: Mapped[int | None]  # bookable seats
    source: Mapped[str | None] = mapped_column(String(40))  # where an import found it
    source_id: Mapped[str | None] = mapped_column(String(200))
    source_hash: Mapped[str] = mapped_column(String(64), default="")
    edited_by: Mapped[str] = mapped_column(String(80), default="")  # account:<public id> of the last editor
    version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship()
    segment: Mapped[Segment | None] = relationship()
    track: Mapped[Track | None] = relationship()
    slots: Mapped[list[Slot]] = relationship(
        back_populates="agenda_session", order_by="Slot.local_start", cascade="all, delete-orphan"
    )
    contributions: Mapped[list[Contribution]] = relationship(
        back_populates="agenda_session", order_by="Contribution.order", cascade="all, delete-orphan"
    )
    materials: Mapped[list[Material]] = relationship(
        back_populates="agenda_session", order_by="Material.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class Slot(Row, Base):
    """A slot 时段: the session's place in time and space.  Its guid is the calendar's UID, for ever."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("forum_id", "number"),
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_slot_room_start", "room_id", "starts_at"),
    )

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_session.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    guid: Mapped[str] = mapped_column(String(36), unique=True, default=guid)
    number: Mapped[int]
    local_start: Mapped[datetime] = mapped_column(WallTime)  # naive wall time at the venue
    fold: Mapped[int] = mapped_column(default=0)
    fold_chosen: Mapped[bool] = mapped_column(default=False)  # somebody said which of two equal times
    minutes: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(Instant)  # derived from wall time, zone and fold
    ends_at: Mapped[datetime] = mapped_column(Instant)
    released: Mapped[bool] = mapped_column(default=False)  # was part of a release: never deleted
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)  # taken out of the draft after a release
    version: Mapped[int] = mapped_column(default=1)

    agenda_session: Mapped[AgendaSession] = relationship(back_populates="slots")
    room: Mapped[Room | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Contribution(Bilingual, Row, Base):
    """A person (or a named place still to be filled) on a session."""

    __tablename__ = "contribution"
    __bilingual__: ClassVar = {"placeholder": String(200), "topic": String(300)}
    __table_args__ = (UniqueConstraint("session_id", "person_id", "role"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_session.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[SpeakerRole] = mapped_column(Word(SpeakerRole), default=SpeakerRole.PANELLIST)
    state: Mapped[SpeakerState] = mapped_column(Word(SpeakerState), default=SpeakerState.PROPOSED)
    order: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(8), default="")
    remote: Mapped[bool] = mapped_column(default=False)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    agenda_session: Mapped[AgendaSession] = relationship(back_populates="contributions")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="joined")


class Material(Bilingual, Row, Base):
    """A document tied to a session: a stored file, or an https link."""

    __tablename__ = "material"
    __bilingual__: ClassVar = {"title": String(200)}

    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_session.id", ondelete="CASCADE"), index=True)
    guid: Mapped[str] = mapped_column(String(36), unique=True, default=guid)
    link: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    visibility: Mapped[Visibility] = mapped_column(Word(Visibility), default=Visibility.PUBLIC)

    agenda_session: Mapped[AgendaSession] = relationship(back_populates="materials")


class AgendaRelease(Bilingual, Base):
    """A release 发布版本: the whole programme frozen as canonical JSON, for ever."""

    __tablename__ = "agenda_release"
    __bilingual__: ClassVar = {"note": Text}
    __table_args__ = (UniqueConstraint("forum_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(60), default="")
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    acknowledged: Mapped[list[Any]] = mapped_column(default=list)  # warnings, each with who and why
    released_by: Mapped[str] = mapped_column(String(80))
    released_at: Mapped[datetime] = mapped_column(Instant)

    changes: Mapped[list[AgendaChange]] = relationship(order_by="AgendaChange.id")


class AgendaChange(Base):
    """One change of a release against the one before, stored when it was made."""

    __tablename__ = "agenda_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("agenda_release.id"), index=True)
    slot_guid: Mapped[str] = mapped_column(String(36), default="")
    kind: Mapped[str] = mapped_column(String(30))
    weight: Mapped[str] = mapped_column(String(10))
    body: Mapped[dict[str, Any]]  # forum.agenda.rules.changes.to_plain


for _table in (AgendaRelease, AgendaChange):
    for _ddl in immutable(_table.__tablename__):
        event.listen(_table.__table__, "after_create", _ddl)


class Star(Row, Base):
    """A session that somebody put on their own agenda."""

    __tablename__ = "star"
    __table_args__ = (UniqueConstraint("account_id", "slot_guid"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    slot_guid: Mapped[str] = mapped_column(String(36))


class CalendarSubscription(Row, Base):
    """The secret, revocable address of somebody's own agenda; only the hash of the secret is kept."""

    __tablename__ = "calendar_subscription"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class DraftUndo(Row, Base):
    """The inverse of one operation on the draft, so that its author can undo it."""

    __tablename__ = "draft_undo"

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    actor: Mapped[str] = mapped_column(String(80), index=True)
    label: Mapped[str] = mapped_column(String(120))
    inverse: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
