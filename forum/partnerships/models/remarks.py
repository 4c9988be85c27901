"""Comments in two channels.  Read through ``queries.comments`` alone: a leak here is the worst fault of the product."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import DDL, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from forum.audit.models import immutable
from forum.core.database import Base, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models.partnership import Side


class Channel(StrEnum):
    """Who may read a comment; fixed when it is posted."""

    INTERNAL = "internal"
    SHARED = "shared"


CHANNELS: dict[str, str] = {
    "internal": P_("partnership", "Internal remark"),
    "shared": P_("partnership", "Shared remark"),
}


class CaseComment(Row, Base):
    """A comment 意见 of one side's level: internal 内部意见 or shared 对外意见."""

    __tablename__ = "partnership_comment"
    __table_args__ = (Index("ix_partnership_comment_reading", "version_id", "channel", "side", "level"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    channel: Mapped[Channel] = mapped_column(Word(Channel), default=Channel.INTERNAL)
    side: Mapped[Side] = mapped_column(Word(Side))
    level: Mapped[int]
    author_id: Mapped[int | None]  # no foreign key: a comment stays as it is when an account goes
    author_role: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), default="")  # "clause:scope", or empty for the whole
    text: Mapped[str] = mapped_column(Text)


_DDL: list[DDL] = immutable("partnership_comment")
for _ddl in _DDL:
    event.listen(CaseComment.__table__, "after_create", _ddl)
