"""The board of a parallel implementation: one standard, two cities, clause by clause."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.cooperation.models.activity import Activity
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Row, Word
from forum.core.refusals import P_
from forum.partnerships.models import Side


class Finding(StrEnum):
    """What a side found when it put a clause into practice."""

    NOT_YET = "not_yet"
    UNDER_WAY = "under_way"
    PARTLY = "partly"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


FINDINGS: dict[str, str] = {
    "not_yet": P_("cooperation", "Not begun"),
    "under_way": P_("cooperation", "Under way"),
    "partly": P_("cooperation", "Partly met"),
    "met": P_("cooperation", "Met"),
    "not_applicable": P_("cooperation", "Doesn't apply"),
}


class BoardClause(Bilingual, Row, Base):
    """A clause of the standard that both sides put into practice; ``difference`` is for the committee."""

    __tablename__ = "board_clause"
    __bilingual__: ClassVar = {"title": String(300), "difference": Text}
    __table_args__ = (UniqueConstraint("activity_id", "number"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(String(40))  # such as 4.6.2, as the standard counts
    version: Mapped[int] = mapped_column(default=1)

    activity: Mapped[Activity] = relationship()
    results: Mapped[list[BoardResult]] = relationship(
        order_by="BoardResult.id", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def by_side(self) -> dict[Side, BoardResult]:
        """Return the result of each side that has given one."""
        return {row.owner: row for row in self.results}


class BoardResult(Bilingual, Row, Base):
    """What one side found at a clause."""

    __tablename__ = "board_result"
    __bilingual__: ClassVar = {"remark": Text}
    __table_args__ = (UniqueConstraint("clause_id", "owner"),)

    clause_id: Mapped[int] = mapped_column(ForeignKey("board_clause.id", ondelete="CASCADE"))
    owner: Mapped[Side] = mapped_column(Word(Side))
    finding: Mapped[Finding] = mapped_column(Word(Finding))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
