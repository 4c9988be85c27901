"""Comments on drafts, who supports them, the numbering of a ballot's comments, and tables that others sent.

A comment is of its author inside the country and of the member body outside.  Tables of other bodies are kept as they
came and never change.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.audit.models import immutable
from forum.ballots.models import Ballot
from forum.comments.states import CommentState
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_, P_
from forum.ports.files.models import StoredFile


class CommentKind(StrEnum):
    """What kind of comment it is, as the template writes it."""

    GENERAL = "ge"
    TECHNICAL = "te"
    EDITORIAL = "ed"


COMMENT_KINDS: dict[str, str] = {
    "ge": P_("comments", "General"),
    "te": P_("comments", "Technical"),
    "ed": P_("comments", "Editorial"),
}


class Translation(StrEnum):
    """What is known of the English text of a comment that was written in Chinese."""

    NONE = "none"
    MACHINE = "machine"
    REVIEWED = "reviewed"


TRANSLATIONS: dict[str, str] = {
    "none": N_("English text missing"),
    "machine": N_("English text not reviewed"),
    "reviewed": N_("English text reviewed"),
}


class Comment(Row, Base):
    """A comment of this country on a draft: both languages, who wrote it, what was decided here and there."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("ballot_id", "number"),
        UniqueConstraint("ballot_id", "ancestor_id"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged"),
        Index("ix_comment_ballot_id_state", "ballot_id", "state"),
    )

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    member_body: Mapped[str] = mapped_column(String(2), default="CN")
    number: Mapped[int | None]  # given at the freeze, never reused
    state: Mapped[CommentState] = mapped_column(Word(CommentState), default=CommentState.DRAFT)
    state_since: Mapped[datetime] = mapped_column(Instant)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    unit: Mapped[str] = mapped_column(String(200), default="")  # as it was when the comment was written
    line: Mapped[str] = mapped_column(String(40), default="")
    clause: Mapped[str] = mapped_column(String(80), default="")
    element: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[CommentKind] = mapped_column(Word(CommentKind))
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    change_zh: Mapped[str] = mapped_column(Text, default="")
    change_en: Mapped[str] = mapped_column(Text, default="")
    source_lang: Mapped[str] = mapped_column(String(2), default="zh")
    translation: Mapped[Translation] = mapped_column(Word(Translation), default=Translation.NONE)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    must_change: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[str] = mapped_column(String(120), default="")
    late: Mapped[bool] = mapped_column(default=False)  # handed in after the enquiry was over
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it isn't taken up
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    exported_at: Mapped[datetime | None] = mapped_column(Instant)
    observation: Mapped[str] = mapped_column(Text, default="")  # the secretariat's words
    disposition: Mapped[str] = mapped_column(String(20), default="")  # rules.dispositions.Disposition
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    in_next: Mapped[str] = mapped_column(String(20), default="not_checked")  # rules.dispositions.InNext
    ancestor_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    argument: Mapped[str] = mapped_column(Text, default="")  # what is new where a comment is raised again
    version: Mapped[int] = mapped_column(default=1)

    ballot: Mapped[Ballot] = relationship()
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
    merged_into: Mapped[Comment | None] = relationship(
        remote_side="Comment.id", foreign_keys=[merged_into_id], back_populates="merged"
    )
    merged: Mapped[list[Comment]] = relationship(back_populates="merged_into", foreign_keys=[merged_into_id])
    ancestor: Mapped[Comment | None] = relationship(
        remote_side="Comment.id", foreign_keys=[ancestor_id], back_populates="descendants"
    )
    descendants: Mapped[list[Comment]] = relationship(back_populates="ancestor", foreign_keys=[ancestor_id])
    attachments: Mapped[list[CommentFile]] = relationship(back_populates="comment", order_by="CommentFile.id")
    supports: Mapped[list[Support]] = relationship(back_populates="comment", order_by="Support.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """The code under which it leaves, such as ``CN-001``; empty before it has a number."""
        return f"{self.member_body}-{self.number:03d}" if self.number is not None else ""

    @property
    def has_english(self) -> bool:
        """Whether the English text is complete: the comment, and the change where the Chinese proposes one."""
        return bool(self.text_en) and (bool(self.change_en) or not self.change_zh)


class Support(Row, Base):
    """A colleague who says the same and doesn't repeat it."""

    __tablename__ = "comment_support"
    __table_args__ = (UniqueConstraint("comment_id", "account_id"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    unit: Mapped[str] = mapped_column(String(200), default="")  # as it was then

    comment: Mapped[Comment] = relationship(back_populates="supports")
    account: Mapped[Account | None] = relationship()


class CommentFile(Row, Base):
    """A file that its author put beside a comment; it stays inside and is in no table that leaves."""

    __tablename__ = "comment_attachment"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))

    comment: Mapped[Comment] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship(lazy="joined")


class Numbering(Row, Base):
    """The numbers of a ballot's comments: the next one, and when the first were given."""

    __tablename__ = "comment_numbering"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), unique=True)
    next_number: Mapped[int] = mapped_column(default=1)
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)

    ballot: Mapped[Ballot] = relationship()


class TablePurpose(StrEnum):
    """What a table that somebody uploads is."""

    COMMENTS = "comments"  # of our own people
    COMPILED = "compiled"  # of every member body, with the secretariat's answers


TABLE_PURPOSES: dict[str, str] = {
    "comments": N_("Comments of our own experts"),
    "compiled": N_("Compiled table with the secretariat’s answers"),
}


class SentTable(Row, Base):
    """A table that was uploaded: looked at first, taken in once."""

    __tablename__ = "comment_table"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), index=True)
    purpose: Mapped[TablePurpose] = mapped_column(Word(TablePurpose))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    by: Mapped[str] = mapped_column(String(80), default="")
    taken_in_at: Mapped[datetime | None] = mapped_column(Instant)

    ballot: Mapped[Ballot] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")


class CompiledRow(Row, Base):
    """A row of a compiled table as it came; it never changes."""

    __tablename__ = "comment_compiled_row"
    __table_args__ = (UniqueConstraint("table_id", "position"),)

    table_id: Mapped[int] = mapped_column(ForeignKey("comment_table.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40), default="")
    member_body: Mapped[str] = mapped_column(String(2), default="")
    line: Mapped[str] = mapped_column(Text, default="")
    clause: Mapped[str] = mapped_column(Text, default="")
    element: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(Text, default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    change: Mapped[str] = mapped_column(Text, default="")
    observation: Mapped[str] = mapped_column(Text, default="")
    ours_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    drift: Mapped[bool] = mapped_column(default=False)  # the text isn't the one that was sent

    table: Mapped[SentTable] = relationship()
    ours: Mapped[Comment | None] = relationship()


for _ddl in immutable("comment_compiled_row"):
    event.listen(CompiledRow.__table__, "after_create", _ddl)


class DeskSetting(Row, Base):
    """The desk's numbers and words from a day on: likeness, hours before closing, patterns of dispositions."""

    __tablename__ = "comment_setting"

    effective_from: Mapped[date] = mapped_column(index=True)
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see queries.settings
    by: Mapped[str] = mapped_column(String(80), default="")
