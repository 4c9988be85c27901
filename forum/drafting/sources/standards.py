"""What the house itself says of standards: the notes and differences of adoptions, and the names of topics.

The titles of standards are their publishers' words, and never among these texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import contains_eager

from forum.adoptions.models import Adoption, AdoptionDifference
from forum.adoptions.states import EntryState
from forum.core import revisions
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Gate, Source
from forum.drafting.rules import NOT_ENTERED
from forum.standards.models import Topic

TOPICS = "standard:topics"


@dataclass(frozen=True, slots=True)
class LedgerRights:
    """Which entries of the ledger somebody may put into words: the same ones whose forms they may open.

    ``office``: all that aren't withdrawn; ``entered``: those that everybody reads; ``mirror_ids``: those that a
    committee proposes or that came back to it.
    """

    office: bool = False
    entered: bool = False
    mirror_ids: frozenset[int] = frozenset()

    def condition(self) -> ColumnElement[bool]:
        """Return the condition on ``Adoption`` in a statement."""
        ways: list[ColumnElement[bool]] = [false()]
        if self.office:
            ways.append(Adoption.entry != EntryState.WITHDRAWN)
        if self.entered:
            ways.append(Adoption.entry == EntryState.ENTERED)
        if self.mirror_ids:
            open_ones = (EntryState.PROPOSED, EntryState.RETURNED)
            ways.append(and_(Adoption.mirror_id.in_(self.mirror_ids), Adoption.entry.in_(open_ones)))
        return or_(*ways)


EVERY_ENTRY = LedgerRights(office=True)


@dataclass(frozen=True, slots=True)
class LedgerTexts:
    """The texts of the entries of one national standard, as far as somebody's rights go."""

    standard_id: int
    rights: LedgerRights


@dataclass(frozen=True, slots=True)
class AllTopics:
    """The topics of the catalogue."""


def name_of(standard_id: int) -> str:
    """Return the name of a standard's texts in the queue."""
    return f"standard:{standard_id}"


def _wanted(holders: Sequence[Any]) -> ColumnElement[bool]:
    held = [each for each in holders if isinstance(each, LedgerTexts)]
    by_rights: dict[LedgerRights, list[int]] = {}
    for each in held:
        by_rights.setdefault(each.rights, []).append(each.standard_id)
    ways = [and_(Adoption.national_id.in_(ids), rights.condition()) for rights, ids in by_rights.items()]
    return or_(false(), *ways)


def _entries(holders: Sequence[Any]) -> Sequence[Adoption]:
    return session.scalars(select(Adoption).where(_wanted(holders)).order_by(Adoption.id)).all()


def _differences(holders: Sequence[Any]) -> Sequence[AdoptionDifference]:
    return session.scalars(
        select(AdoptionDifference)
        .join(AdoptionDifference.adoption)
        .where(_wanted(holders))
        .options(contains_eager(AdoptionDifference.adoption))
        .order_by(AdoptionDifference.id)
    ).all()


def _topics(holders: Sequence[Any]) -> Sequence[Topic]:
    if not any(isinstance(each, AllTopics) for each in holders):
        return ()
    return session.scalars(select(Topic).order_by(Topic.slug)).all()


def _entered(row: Adoption) -> str | None:
    return None if row.entry is EntryState.ENTERED else NOT_ENTERED


def _entry_gate(_now: datetime) -> Gate:
    return lambda row, _field: _entered(row)


def _difference_gate(_now: datetime) -> Gate:
    return lambda row, _field: _entered(row.adoption)


def _public(_now: datetime) -> Gate:
    return lambda _row, _field: None


def _show(_record: Any, now: datetime) -> None:
    revisions.bump(revisions.STANDARDS, now=now)


SOURCES = (
    Source(
        "adoption",
        Adoption,
        ("note",),
        N_("Entry of the adoption ledger"),
        _entry_gate,
        collection="standards",
        scope_of=lambda row: name_of(row.national_id),
        within=_entries,
        wrote=_show,
    ),
    Source(
        "adoption_difference",
        AdoptionDifference,
        ("change", "reason"),
        N_("Difference of an adoption"),
        _difference_gate,
        collection="standards",
        scope_of=lambda row: name_of(row.adoption.national_id),
        within=_differences,
        wrote=_show,
    ),
    Source(
        "topic",
        Topic,
        ("name",),
        N_("Topic"),
        _public,
        collection="standards",
        scope_of=lambda _row: TOPICS,
        within=_topics,
        wrote=_show,
    ),
)
