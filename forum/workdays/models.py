"""Special days: what the office knows better than the published calendars."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual
from forum.core.database import Base, Row, Word
from forum.core.refusals import N_
from forum.places.models import Country


class DayKind(StrEnum):
    """What a special day is."""

    CLOSED = "closed"
    WORKING = "working"


DAY_KINDS: dict[str, str] = {
    "closed": N_("Offices closed"),
    "working": N_("Offices open"),
}


class SpecialDay(Bilingual, Row, Base):
    """A day 特殊日期 on which a place works, or doesn't, other than published."""

    __tablename__ = "special_day"
    __bilingual__: ClassVar = {"name": String(160)}
    __table_args__ = (UniqueConstraint("country_iso2", "subdivision", "day"),)

    country_iso2: Mapped[str] = mapped_column(ForeignKey("country.iso2"))
    subdivision: Mapped[str] = mapped_column(String(10), default="")  # as in rules.calendars.Region
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[DayKind] = mapped_column(Word(DayKind))

    country: Mapped[Country] = relationship(lazy="joined")
