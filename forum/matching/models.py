"""Weights, rounds and proposals: what was recommended, by which formula, from which facts, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.audit.models import immutable
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.matching.states import Decision, RoundState
from forum.places.models import City


class MatchWeights(Row, Base):
    """One version of the weights 匹配权重; laid down by the national office and never changed afterwards."""

    __tablename__ = "match_weights"
    __table_args__ = (
        CheckConstraint('fit + give + shared + size + lang + hours + "role" = 100', name="hundred"),
        CheckConstraint("floor BETWEEN 0 AND 100 AND cap >= 1", name="limits"),
    )

    number: Mapped[int] = mapped_column(unique=True)  # of the version, from 1
    fit: Mapped[int]
    give: Mapped[int]
    shared: Mapped[int]
    size: Mapped[int]
    lang: Mapped[int]
    hours: Mapped[int]
    role: Mapped[int]
    floor: Mapped[int] = mapped_column(default=30)  # points below which nothing is proposed
    cap: Mapped[int] = mapped_column(default=10)  # daily lists on which one city may stand
    set_by: Mapped[str] = mapped_column(String(80))


_table: Any = MatchWeights.__table__
for _ddl in immutable("match_weights"):
    event.listen(_table, "after_create", _ddl)


class NoRelations(Base):
    """A country without diplomatic relations, on the list of the national office; empty until the office fills it."""

    __tablename__ = "match_no_relations"

    country_iso2: Mapped[str] = mapped_column(ForeignKey("country.iso2"), primary_key=True)
    listed_by: Mapped[str] = mapped_column(String(80))
    listed_at: Mapped[datetime] = mapped_column(Instant)


class MatchRound(Bilingual, Row, Base):
    """A matching round 匹配轮."""

    __tablename__ = "match_round"
    __bilingual__: ClassVar = {"name": String(200), "call_text": Text}
    __table_args__ = (CheckConstraint("closes_on >= opens_on", name="term"),)

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[RoundState] = mapped_column(Word(RoundState), default=RoundState.CALL)
    opens_on: Mapped[date]
    closes_on: Mapped[date]  # last day on which cities can bring their profiles up to date
    weights_id: Mapped[int | None] = mapped_column(ForeignKey("match_weights.id"))
    frozen: Mapped[dict[str, Any]] = mapped_column(default=dict)  # facts and grounds, as they stood when frozen
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    edits: Mapped[int] = mapped_column(default=0)  # each moves the version on, so that two editors meet
    version: Mapped[int] = mapped_column(default=1)

    weights: Mapped[MatchWeights | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}


class MatchProposal(Row, Base):
    """A proposed pair 匹配建议, with everything it was made from; kept for ever."""

    __tablename__ = "match_proposal"
    __table_args__ = (
        CheckConstraint("first_city_id < second_city_id", name="order"),
        CheckConstraint("score BETWEEN 0 AND 10000", name="score"),
        Index("uq_match_proposal_pair", "round_id", "first_city_id", "second_city_id", unique=True),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("match_round.id"))
    first_city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    second_city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    weights_id: Mapped[int] = mapped_column(ForeignKey("match_weights.id"))
    score: Mapped[int]  # hundredths of a point
    stale: Mapped[bool] = mapped_column(default=False)
    inputs: Mapped[dict[str, Any]]  # the facts of both cities, and the year of the office hours
    parts: Mapped[dict[str, Any]]  # parts in hundredths of a point, and the reasons
    decision: Mapped[Decision] = mapped_column(Word(Decision), default=Decision.PROPOSED)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    invited_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    weights: Mapped[MatchWeights] = relationship(lazy="joined")
    first_city: Mapped[City] = relationship(foreign_keys=[first_city_id], lazy="joined")
    second_city: Mapped[City] = relationship(foreign_keys=[second_city_id], lazy="joined")

    __mapper_args__ = {"version_id_col": version}
