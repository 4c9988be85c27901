"""Where a partnership touches the rest of the house: sessions, standards, and the note of a liaison who leaves."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.agenda.models import AgendaSession
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import P_
from forum.offices.models import Office
from forum.partnerships.models import Partnership


class SessionTie(StrEnum):
    """What a session was for a partnership."""

    ORIGIN = "origin"
    SIGNING = "signing"


SESSION_TIES: dict[str, str] = {
    "origin": P_("cooperation", "Came from this session"),
    "signing": P_("cooperation", "Signed at this session"),
}


class SessionLink(Row, Base):
    """A partnership came from a session of a forum, or was signed there."""

    __tablename__ = "partnership_session"
    __table_args__ = (UniqueConstraint("partnership_id", "session_id", "tie"),)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    session_id: Mapped[int] = mapped_column(ForeignKey("agenda_session.id", ondelete="CASCADE"), index=True)
    tie: Mapped[SessionTie] = mapped_column(Word(SessionTie))

    agenda_session: Mapped[AgendaSession] = relationship()

    @property
    def reference(self) -> str:
        """How consents name this link."""
        return f"session:{self.public_id}"


class StandardLink(Row, Base):
    """A standard that a partnership works with, by its reference number."""

    __tablename__ = "partnership_standard"
    __table_args__ = (UniqueConstraint("partnership_id", "reference"),)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    typed: Mapped[str] = mapped_column(String(120))  # as somebody wrote it
    reference: Mapped[str] = mapped_column(String(120), index=True)  # as its publisher writes it
    recognised: Mapped[bool] = mapped_column(default=False)

    partnership: Mapped[Partnership] = relationship()


class HandoverNote(Bilingual, Row, Base):
    """What a liaison leaves to the successor; one for each office."""

    __tablename__ = "handover_note"
    __bilingual__: ClassVar = {"note": Text}
    __table_args__ = (UniqueConstraint("office_id"),)

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    office: Mapped[Office] = relationship()

    __mapper_args__ = {"version_id_col": version}
