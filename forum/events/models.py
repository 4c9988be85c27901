"""A forum, where it takes place, its parts, and the people who run it."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.identifiers import guid
from forum.core.refusals import N_
from forum.core.workflow import Transition, Workflow
from forum.events.kinds import SegmentKind
from forum.places.models import City


class ForumState(StrEnum):
    """Where a forum is in its life."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    RUNNING = "running"
    CLOSED = "closed"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


FORUM_STATES: dict[str, str] = {
    "draft": N_("Draft"),
    "announced": N_("Announced"),
    "open": N_("Registration open"),
    "running": N_("Under way"),
    "closed": N_("Closed"),
    "archived": N_("Archived"),
    "cancelled": N_("Cancelled"),
}

_ORGANISERS = frozenset({"organiser", "admin"})
FORUM_LIFE = Workflow(
    ForumState,
    FORUM_STATES,
    [
        Transition(("draft",), "announce", "announced", _ORGANISERS, N_("Announce"), primary=True),
        Transition(("announced",), "open_registration", "open", _ORGANISERS, N_("Open registration"), primary=True),
        Transition(("open", "announced"), "start", "running", _ORGANISERS | {"system"}, N_("Start the forum")),
        Transition(("running",), "close", "closed", _ORGANISERS | {"system"}, N_("Close the forum"), primary=True),
        Transition(("closed",), "archive", "archived", _ORGANISERS, N_("Archive")),
        Transition(
            ("draft", "announced", "open", "running"),
            "cancel",
            "cancelled",
            _ORGANISERS,
            N_("Cancel the forum"),
            needs_reason=True,
        ),
    ],
)


class Role(StrEnum):
    """What somebody does for one forum."""

    ORGANISER = "organiser"
    PROTOCOL = "protocol"
    REGISTRATION = "registration"
    AGENDA = "agenda"
    DOOR = "door"
    VIEWER = "viewer"


ROLES: dict[str, str] = {
    "organiser": N_("Organiser"),
    "protocol": N_("Protocol officer"),
    "registration": N_("Registration officer"),
    "agenda": N_("Agenda editor"),
    "door": N_("Door staff"),
    "viewer": N_("Viewer"),
}


class Forum(Bilingual, Row, Base):
    """A forum: a public event of some days, with delegations, an agenda and a registration."""

    __tablename__ = "forum"
    __bilingual__: ClassVar = {
        "title": String(200),
        "theme": String(300),
        "summary": Text,
        "organiser": String(300),
    }
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days"),)

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)  # ^[a-z0-9_]{4,}$
    state: Mapped[ForumState] = mapped_column(Word(ForumState), default=ForumState.DRAFT)
    zone_name: Mapped[str] = mapped_column(String(64))
    first_day: Mapped[date]
    last_day: Mapped[date]
    day_change: Mapped[time] = mapped_column(default=time(4, 0))
    day_starts: Mapped[time] = mapped_column(default=time(8, 0))  # bounds of a normal day
    day_ends: Mapped[time] = mapped_column(default=time(22, 0))
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    host_city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    registration_opens_at: Mapped[datetime | None] = mapped_column(Instant)
    registration_closes_at: Mapped[datetime | None] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(default=1)  # bumped by every change the public can see
    next_number: Mapped[int] = mapped_column(default=1)  # next slot number, never reused
    next_participation: Mapped[int] = mapped_column(default=1)
    demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    host_city: Mapped[City | None] = relationship(lazy="joined")
    venue: Mapped[Venue | None] = relationship(back_populates="forum", uselist=False, lazy="joined")
    rooms: Mapped[list[Room]] = relationship(back_populates="forum", order_by="Room.order")
    tracks: Mapped[list[Track]] = relationship(back_populates="forum", order_by="Track.order")
    segments: Mapped[list[Segment]] = relationship(back_populates="forum", order_by="Segment.order")

    __mapper_args__ = {"version_id_col": version}

    @property
    def chain(self) -> str:
        """The audit chain of this forum."""
        return f"forum:{self.public_id}"


class Venue(Bilingual, Row, Base):
    """Where a forum takes place."""

    __tablename__ = "venue"
    __bilingual__: ClassVar = {"name": String(200), "address": String(400)}

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), unique=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    forum: Mapped[Forum] = relationship(back_populates="venue")


class Room(Bilingual, Row, Base):
    """A room 会场 of the venue."""

    __tablename__ = "room"
    __bilingual__: ClassVar = {"name": String(120)}
    __table_args__ = (UniqueConstraint("forum_id", "code"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    guid: Mapped[str] = mapped_column(String(36), unique=True, default=guid)
    code: Mapped[str] = mapped_column(String(60))
    order: Mapped[int] = mapped_column(default=0)
    layouts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # layout code -> seats
    layout: Mapped[str] = mapped_column(String(20), default="theatre")  # the one in use
    hard_max: Mapped[int | None]  # fire limit, persons
    booths: Mapped[int] = mapped_column(default=0)
    languages: Mapped[list[str]] = mapped_column(default=list)
    turnaround_minutes: Mapped[int] = mapped_column(default=10)
    step_free: Mapped[bool] = mapped_column(default=True)
    hearing_loop: Mapped[bool] = mapped_column(default=False)
    source_id: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship(back_populates="rooms")

    __mapper_args__ = {"version_id_col": version}

    @property
    def capacity(self) -> int | None:
        """Seats in the layout in use."""
        seats = self.layouts.get(self.layout)
        return int(seats) if seats else None


class Track(Bilingual, Row, Base):
    """A theme 专题 that sessions share."""

    __tablename__ = "track"
    __bilingual__: ClassVar = {"name": String(120)}
    __table_args__ = (UniqueConstraint("forum_id", "slug"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(60))  # [a-z][a-z0-9-]+
    colour: Mapped[str] = mapped_column(String(7), default="#23407a")
    order: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship(back_populates="tracks")

    __mapper_args__ = {"version_id_col": version}


class Segment(Bilingual, Row, Base):
    """A part of the forum 活动单元 with one window of time."""

    __tablename__ = "segment"
    __bilingual__: ClassVar = {"name": String(160)}
    __table_args__ = (UniqueConstraint("forum_id", "code"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[SegmentKind] = mapped_column(Word(SegmentKind), default=SegmentKind.PARALLEL)
    order: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship(back_populates="segments")

    __mapper_args__ = {"version_id_col": version}


class PracticalSection(Bilingual, Row, Base):
    """One section of the practical information, in Markdown."""

    __tablename__ = "practical_section"
    __bilingual__: ClassVar = {"title": String(160), "body": Text}

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    order: Mapped[int] = mapped_column(default=0)


class ForumRole(Row, Base):
    """A role of an account on one forum."""

    __tablename__ = "forum_role"
    __table_args__ = (UniqueConstraint("forum_id", "account_id", "role"),)

    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(Word(Role))

    forum: Mapped[Forum] = relationship()
