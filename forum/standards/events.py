"""What happens to deliverables and committees beside their stages, as those who follow them are told of it.

Other rooms note it with ``standards.operations.events.note_event``; stages are read from their own record.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.committees.models import Committee
from forum.core.database import Base, Instant, Row
from forum.standards.models import StageEvent, Standard


class WatchEvent(Row, Base):
    """Something that followers are told: a ballot opens, a base is replaced, a committee passes its work on.

    ``sentence`` is a catalogue key, ``facts`` what is filled in (``reminders.wording.packed``): each reader gets it in
    their language.  Only what everybody may know belongs here.
    """

    __tablename__ = "watch_event"
    __table_args__ = (CheckConstraint("standard_id IS NOT NULL OR committee_id IS NOT NULL", name="concerns"),)

    key: Mapped[str] = mapped_column(String(160), unique=True)  # the occasion: noted once, however often it is said
    kind: Mapped[str] = mapped_column(String(40))  # ballot_opened, ballot_closed, transfer, drift, adoption …
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    significant: Mapped[bool] = mapped_column(default=False)
    sentence: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    link: Mapped[str] = mapped_column(
        String(300), default=""
    )  # path without the language; the standard's page if empty

    standard: Mapped[Standard | None] = relationship()
    committee: Mapped[Committee | None] = relationship()


# A round asks every ten minutes what became known since the last one.
Index("ix_stage_event_created_at", StageEvent.__table__.c.created_at)
