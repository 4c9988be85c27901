"""Who has which text to write or to review and by when, and files of a bureau that wait for somebody to confirm them.

Whether an assignment is done follows from the text and is never stored.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.database import Base, BigId, Instant, Row, Word
from forum.core.refusals import P_
from forum.ports.files.models import StoredFile


class Task(StrEnum):
    """What somebody has to do with a text."""

    TRANSLATE = "translate"
    REVIEW = "review"


TASKS: dict[str, str] = {
    "translate": P_("assignment", "Translate"),
    "review": P_("assignment", "Review"),
}


class TextAssignment(Base):
    """One text that somebody has to translate or to review: one person for each of the two."""

    __tablename__ = "text_assignment"
    __table_args__ = (
        UniqueConstraint("entity", "entity_id", "field", "lang", "task"),
        Index("ix_text_assignment_scope", "collection", "scope"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    collection: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(80))  # its name in the queue, such as "forum:<public id>"
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    lang: Mapped[str] = mapped_column(String(2))  # the one that is written
    task: Mapped[Task] = mapped_column(Word(Task))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)

    account: Mapped[Account] = relationship(lazy="joined")

    @property
    def text(self) -> tuple[str, str, str, str]:
        """The text of which it speaks: entity, record, field and the language that is written."""
        return self.entity, self.entity_id, self.field, self.lang


class BureauFile(Row, Base):
    """A file of a bureau that was handed in at a worklist and waits for its preview to be confirmed."""

    __tablename__ = "bureau_file"

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    collection: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(80))

    file: Mapped[StoredFile] = relationship(lazy="joined")
