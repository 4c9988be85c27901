"""A liaison statement 联络函 with its groups, contacts, files, relatives and sendings.

What was posted is never changed: triggers refuse another text, another group or a file that came later.
Source: ITU-T A.1, appendix II; ISO/IEC Directives, Part 1, 1.17.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.audit.models import immutable
from forum.committees.models import Committee
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_, P_
from forum.liaisons.models.guarding import frozen_once_posted, frozen_with_statement
from forum.liaisons.states import StatementState
from forum.ports.files.models import StoredFile


class Direction(StrEnum):
    """Whether we wrote it or got it."""

    IN = "in"
    OUT = "out"


DIRECTIONS: dict[str, str] = {"in": P_("liaison", "Incoming"), "out": P_("liaison", "Outgoing")}


class Confidentiality(StrEnum):
    """Who may read it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


CONFIDENTIALITIES: dict[str, str] = {
    "public": N_("Public once it is posted"),
    "internal": N_("For those who work in the committees"),
    "confidential": N_("Confidential: the committees’ leaders and the national office"),
}


class ActionTag(StrEnum):
    """Whether something had to be done about it, and was; kept apart from the state."""

    NONE = "none"
    REQUIRED = "required"
    TAKEN = "taken"


ACTION_TAGS: dict[str, str] = {
    "none": P_("liaison", "No action needed"),
    "required": P_("liaison", "Action required"),
    "taken": P_("liaison", "Action taken"),
}


class Side(StrEnum):
    """On which side of a statement a group stands."""

    FROM = "from"
    TO = "to"


class Purpose(StrEnum):
    """What a group is asked for; each addressee has its own."""

    ACTION = "action"
    COMMENT = "comment"
    INFORMATION = "information"
    RESPONSE = "response"


PURPOSES: dict[str, str] = {
    "action": P_("liaison", "For action"),
    "comment": P_("liaison", "For comment"),
    "information": P_("liaison", "For information"),
    "response": P_("liaison", "In response"),
}
CALLING = frozenset({Purpose.ACTION, Purpose.COMMENT})  # these ask for an answer, by a deadline


class ContactRole(StrEnum):
    """What a contact is there for."""

    FROM = "from"
    TO = "to"
    CC = "cc"
    TECHNICAL = "technical"
    RESPONSE = "response"
    ACTION_HOLDER = "action_holder"


CONTACT_ROLES: dict[str, str] = {
    "from": P_("liaison", "Writes"),
    "to": P_("liaison", "Receives"),
    "cc": P_("liaison", "Receives a copy"),
    "technical": P_("liaison", "Answers technical questions"),
    "response": P_("liaison", "Takes the answer"),
    "action_holder": P_("liaison", "Has to act"),
}
MAILED = frozenset({ContactRole.TO, ContactRole.CC, ContactRole.ACTION_HOLDER})


class LinkKind(StrEnum):
    """How one statement is related to an earlier one."""

    REPLY_TO = "reply_to"
    FOLLOWS = "follows"
    SUPERSEDES = "supersedes"


LINK_KINDS: dict[str, str] = {
    "reply_to": P_("liaison", "Reply to"),
    "follows": P_("liaison", "Follows"),
    "supersedes": P_("liaison", "Supersedes"),
}
BACK_LINKS: dict[str, str] = {
    "reply_to": P_("liaison", "Answered by"),
    "follows": P_("liaison", "Followed by"),
    "supersedes": P_("liaison", "Superseded by"),
}


class Statement(Bilingual, Row, Base):
    """A statement from one or several groups to others; the Chinese text is our working copy."""

    __tablename__ = "liaison_statement"
    __bilingual__: ClassVar = {"title": String(300), "body": Text}
    __table_args__ = (
        CheckConstraint("deadline_at IS NULL OR deadline_zone <> ''", name="zone"),
        CheckConstraint("state <> 'posted' OR posted_at IS NOT NULL", name="posted"),
        Index("ix_liaison_statement_state_confidentiality", "state", "confidentiality"),
    )

    direction: Mapped[Direction] = mapped_column(Word(Direction))
    number: Mapped[str] = mapped_column(String(60), default="")  # as its source writes it: SG20-LS 12, N 345, TD 67
    register_number: Mapped[str | None] = mapped_column(String(30), unique=True)  # ours, given when posted
    confidentiality: Mapped[Confidentiality] = mapped_column(Word(Confidentiality), default=Confidentiality.INTERNAL)
    state: Mapped[StatementState] = mapped_column(Word(StatementState))
    state_since: Mapped[datetime] = mapped_column(Instant)
    action: Mapped[ActionTag] = mapped_column(Word(ActionTag), default=ActionTag.NONE)
    action_at: Mapped[datetime | None] = mapped_column(Instant)
    deadline_at: Mapped[datetime | None] = mapped_column(Instant)
    deadline_zone: Mapped[str] = mapped_column(String(64), default="")
    dated_on: Mapped[date | None]
    from_name: Mapped[str] = mapped_column(String(200), default="")  # who speaks for the groups it comes from
    meeting: Mapped[str] = mapped_column(String(200), default="")
    meeting_place: Mapped[str] = mapped_column(String(160), default="")
    meeting_from: Mapped[date | None]
    meeting_to: Mapped[date | None]
    questions_from: Mapped[list[str]] = mapped_column(default=list)
    questions_to: Mapped[list[str]] = mapped_column(default=list)
    approval: Mapped[str] = mapped_column(String(200), default="")  # "agreed at the 12th meeting of …"
    tags: Mapped[list[str]] = mapped_column(default=list)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    writer_ids: Mapped[list[Any]] = mapped_column(default=list)  # every account that has had a hand in the text
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was shelved
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    posted_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    version: Mapped[int] = mapped_column(default=1)

    drafted_by: Mapped[Account | None] = relationship(foreign_keys=[drafted_by_id])
    approved_by: Mapped[Account | None] = relationship(foreign_keys=[approved_by_id])
    addressees: Mapped[list[Addressee]] = relationship(
        back_populates="statement", order_by="(Addressee.side, Addressee.position)", cascade="all, delete-orphan"
    )
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="statement", order_by="Contact.position", cascade="all, delete-orphan"
    )
    attachments: Mapped[list[Attachment]] = relationship(back_populates="statement", order_by="Attachment.id")
    sendings: Mapped[list[Sending]] = relationship(back_populates="statement", order_by="Sending.number")
    links: Mapped[list[StatementLink]] = relationship(foreign_keys="StatementLink.from_id", back_populates="source")
    back_links: Mapped[list[StatementLink]] = relationship(foreign_keys="StatementLink.to_id", back_populates="target")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this statement."""
        return f"statement:{self.public_id}"

    @property
    def from_groups(self) -> list[Addressee]:
        """The groups that it comes from."""
        return [one for one in self.addressees if one.side is Side.FROM]

    @property
    def to_groups(self) -> list[Addressee]:
        """The groups that it goes to, each with its purpose."""
        return [one for one in self.addressees if one.side is Side.TO]

    @property
    def present_attachments(self) -> list[Attachment]:
        """The files that weren't taken out."""
        return [one for one in self.attachments if one.removed_at is None]

    @property
    def calls(self) -> bool:
        """Whether somebody is asked for action or comment."""
        return any(one.purpose in CALLING for one in self.to_groups)

    @property
    def deadline_wall(self) -> datetime | None:
        """The deadline as the clock of its own zone shows it."""
        if self.deadline_at is None:
            return None
        return self.deadline_at.astimezone(ZoneInfo(self.deadline_zone)).replace(tzinfo=None)

    @property
    def cited_number(self) -> str:
        """How others quote it: its source's own number, else ours."""
        return self.number or self.register_number or ""


class Addressee(Row, Base):
    """A group on either side of a statement: a committee, or an organisation by its name."""

    __tablename__ = "liaison_addressee"
    __table_args__ = (
        UniqueConstraint("statement_id", "side", "position"),
        CheckConstraint("committee_id IS NOT NULL OR external_name <> ''", name="group"),
        CheckConstraint("(side = 'to') = (purpose IS NOT NULL)", name="purpose"),
    )

    statement_id: Mapped[int] = mapped_column(ForeignKey("liaison_statement.id", ondelete="CASCADE"), index=True)
    side: Mapped[Side] = mapped_column(Word(Side))
    position: Mapped[int]
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    external_name: Mapped[str] = mapped_column(String(200), default="")
    purpose: Mapped[Purpose | None] = mapped_column(Word(Purpose))

    statement: Mapped[Statement] = relationship(back_populates="addressees")
    committee: Mapped[Committee | None] = relationship(lazy="joined")

    @property
    def name(self) -> str:
        """How the group is called: its reference, or the name that was written."""
        return self.committee.reference if self.committee is not None else self.external_name


class Contact(Row, Base):
    """Somebody who is named on a statement; never shown to the public."""

    __tablename__ = "liaison_contact"

    statement_id: Mapped[int] = mapped_column(ForeignKey("liaison_statement.id", ondelete="CASCADE"), index=True)
    role: Mapped[ContactRole] = mapped_column(Word(ContactRole))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="en")

    statement: Mapped[Statement] = relationship(back_populates="contacts")


class Attachment(Row, Base):
    """A file of a statement; taken out it stays on record with who did so and why."""

    __tablename__ = "liaison_attachment"

    statement_id: Mapped[int] = mapped_column(ForeignKey("liaison_statement.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    title: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(80), default="")
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    removed_by: Mapped[str] = mapped_column(String(80), default="")
    removed_reason: Mapped[str] = mapped_column(Text, default="")

    statement: Mapped[Statement] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship(lazy="joined")


class StatementLink(Row, Base):
    """A statement that answers, follows or supersedes an earlier one; read from both ends."""

    __tablename__ = "liaison_statement_link"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id", "kind"),
        CheckConstraint("from_id <> to_id", name="other"),
    )

    from_id: Mapped[int] = mapped_column(ForeignKey("liaison_statement.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("liaison_statement.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(Word(LinkKind))

    source: Mapped[Statement] = relationship(foreign_keys=[from_id], back_populates="links")
    target: Mapped[Statement] = relationship(foreign_keys=[to_id], back_populates="back_links")


class Sending(Row, Base):
    """One sending of a posted statement; it may be repeated, and each time is kept."""

    __tablename__ = "liaison_sending"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)

    statement_id: Mapped[int] = mapped_column(ForeignKey("liaison_statement.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(80))
    contact_ids: Mapped[list[str]] = mapped_column(default=list)  # public ids: whose address it was stands there

    statement: Mapped[Statement] = relationship(back_populates="sendings")


class Numbering(Base):
    """The last register number given in a year; a number is given once."""

    __tablename__ = "liaison_numbering"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)  # "LS-2027"
    last: Mapped[int]


for _ddl in immutable("liaison_sending"):
    event.listen(Sending.__table__, "after_create", _ddl)
for _ddl in frozen_once_posted():
    event.listen(Statement.__table__, "after_create", _ddl)
for _table, _steps in ((Addressee.__table__, "all"), (Attachment.__table__, "more")):
    for _ddl in frozen_with_statement(_table.name, adding_only=_steps == "more"):  # type: ignore[attr-defined]
        event.listen(_table, "after_create", _ddl)
