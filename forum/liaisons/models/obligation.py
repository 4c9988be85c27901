"""What is owed in answer to a statement, by a person and by an instant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.database import Base, Instant, Row, Word
from forum.liaisons.models.statement import Statement
from forum.liaisons.states import OWED, ObligationState


class Obligation(Row, Base):
    """An answer that one person owes 联络义务; a group never owns one."""

    __tablename__ = "liaison_obligation"
    __table_args__ = (
        CheckConstraint("internal_due_at <= due_at", name="order"),
        CheckConstraint("state <> 'waived' OR reason <> ''", name="reason"),
        Index("ix_liaison_obligation_state_due_at", "state", "due_at"),
    )

    statement_id: Mapped[int] = mapped_column(ForeignKey("liaison_statement.id"), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[ObligationState] = mapped_column(Word(ObligationState), default=ObligationState.OPEN)
    state_since: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    due_zone: Mapped[str] = mapped_column(String(64))
    internal_due_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("liaison_statement.id"))
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was waived, or how it was answered otherwise
    version: Mapped[int] = mapped_column(default=1)

    statement: Mapped[Statement] = relationship(foreign_keys=[statement_id])
    answer: Mapped[Statement | None] = relationship(foreign_keys=[answer_id])
    owner: Mapped[Account] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_reference(self) -> str:
        """How the audit names this obligation."""
        return f"obligation:{self.public_id}"

    @property
    def is_owed(self) -> bool:
        """Whether an answer still waits."""
        return self.state in OWED

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether the answer is late; derived, never stored."""
        return self.is_owed and now >= self.due_at
