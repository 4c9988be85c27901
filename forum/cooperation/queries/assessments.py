"""The only reader of assessment answers: before they open, nobody but the side itself sees a mark, at any level.

Every page, export, mail, search and count goes through here; a test looks for other readers in the source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.cooperation.models import Assessment, AssessmentAnswer, Principle
from forum.cooperation.rules.assessing import Gap, gaps, may_see, opened
from forum.core.bilingual import Text
from forum.core.database import session
from forum.partnerships.models import Partnership, Side


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A mark with its reason."""

    mark: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Shown:
    """An assessment as one reader may see it; a side that is hidden is missing from ``answers``."""

    assessment: Assessment
    is_open: bool
    answered: bool  # whether the reader's own side has answered
    answers: Mapping[Side, Mapping[Principle, ShownMark]]
    gaps: tuple[Gap, ...]  # empty until the answers are open


def reading_side(partnership: Partnership, parties: frozenset[int]) -> Side | None:
    """Return the side for which somebody reads; None for all who act for no party, reviewers included."""
    sides = {party.side for party in partnership.parties if party.id in parties}
    if not sides:
        return None
    return Side.DOMESTIC if Side.DOMESTIC in sides else Side.FOREIGN


def of_partnership(partnership: Partnership, reader: Side | None, now: datetime) -> Sequence[Shown]:
    """Return the assessments of a partnership as this reader may see them, the latest first."""
    rows = session.scalars(
        select(Assessment).where(Assessment.partnership_id == partnership.id).order_by(Assessment.year.desc())
    ).all()
    return _shown(partnership, rows, reader, now)


def one(partnership: Partnership, public_id: str, reader: Side | None, now: datetime) -> Shown | None:
    """Return one assessment as this reader may see it."""
    rows = session.scalars(
        select(Assessment).where(Assessment.partnership_id == partnership.id, Assessment.public_id == public_id)
    ).all()
    return next(iter(_shown(partnership, rows, reader, now)), None)


def _shown(partnership: Partnership, rows: Sequence[Assessment], reader: Side | None, now: datetime) -> Sequence[Shown]:
    zones = [party.city.zone_name for party in partnership.parties]
    given: dict[int, dict[Side, AssessmentAnswer]] = {row.id: {} for row in rows}
    answers = session.scalars(
        select(AssessmentAnswer)
        .where(AssessmentAnswer.assessment_id.in_(given))
        .options(selectinload(AssessmentAnswer.marks))
        .execution_options(populate_existing=True)
    )
    for answer in answers:
        given[answer.assessment_id][answer.side] = answer
    return [_one(row, given[row.id], reader, is_open=opened(given[row.id], row.due_on, zones, now)) for row in rows]


def _one(row: Assessment, given: Mapping[Side, AssessmentAnswer], reader: Side | None, *, is_open: bool) -> Shown:
    answers = {
        side: {mark.principle: ShownMark(mark.mark, mark.text("reason")) for mark in answer.marks}
        for side, answer in given.items()
        if may_see(side, reader, is_open=is_open)
    }
    return Shown(
        assessment=row,
        is_open=is_open,
        answered=reader in given,
        answers=answers,
        gaps=gaps(_marks(answers.get(Side.DOMESTIC)), _marks(answers.get(Side.FOREIGN))) if is_open else (),
    )


def _marks(answer: Mapping[Principle, ShownMark] | None) -> Mapping[Principle, int]:
    return {principle: mark.mark for principle, mark in (answer or {}).items()}


def unanswered(assessment_ids: Sequence[int]) -> Mapping[int, frozenset[Side]]:
    """Return which sides still owe an answer: that one is due, never what it says."""
    owed = {one: set(Side) for one in assessment_ids}
    rows = session.execute(
        select(AssessmentAnswer.assessment_id, AssessmentAnswer.side).where(
            AssessmentAnswer.assessment_id.in_(assessment_ids)
        )
    )
    for assessment_id, side in rows:
        owed[assessment_id].discard(side)
    return {one: frozenset(sides) for one, sides in owed.items()}
