"""When a condition holds, when a milestone is done, and how far a plan has come.

Progress is Σ(weight × done) ÷ Σ(weight).  Dividing keeps it at 100 % or below whatever the weights, and nobody can
type it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from forum.cooperation.models import CompletionRule, ConditionKind, EvidenceKind
from forum.cooperation.states import DELIVERABLE_ORDER, ActivityState, DeliverableState
from forum.partnerships.models import Side


@dataclass(frozen=True, slots=True)
class Condition:
    """What a milestone asks for."""

    kind: ConditionKind
    evidence_kind: EvidenceKind | None = None
    accepted: bool = True
    both_sides: bool = False
    dated_from: date | None = None
    dated_to: date | None = None
    deliverable_id: int | None = None
    deliverable_state: DeliverableState | None = None
    activity_id: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence that was handed in for a milestone."""

    kind: EvidenceKind
    side: Side
    dated_on: date
    accepted: bool
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to hold a milestone's conditions against."""

    pieces: Sequence[Piece] = ()
    deliverables: Mapping[int, DeliverableState] = field(default_factory=dict)
    activities: Mapping[int, ActivityState] = field(default_factory=dict)


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether a condition is met."""
    if condition.kind is ConditionKind.ACTIVITY:
        return facts.activities.get(condition.activity_id or 0) is ActivityState.HELD
    if condition.kind is ConditionKind.DELIVERABLE:
        return _far_enough(facts.deliverables.get(condition.deliverable_id or 0), condition.deliverable_state)
    sides = {piece.side for piece in facts.pieces if _fits(piece, condition)}
    return sides == set(Side) if condition.both_sides else bool(sides)


def _far_enough(state: DeliverableState | None, asked: DeliverableState | None) -> bool:
    if state not in DELIVERABLE_ORDER or asked not in DELIVERABLE_ORDER:
        return False
    return DELIVERABLE_ORDER.index(state) >= DELIVERABLE_ORDER.index(asked)


def _fits(piece: Piece, condition: Condition) -> bool:
    return (
        not piece.superseded
        and (condition.evidence_kind is None or piece.kind is condition.evidence_kind)
        and (piece.accepted or not condition.accepted)
        and (condition.dated_from is None or piece.dated_on >= condition.dated_from)
        and (condition.dated_to is None or piece.dated_on <= condition.dated_to)
    )


def enough(rule: CompletionRule, needed: int, held: Collection[bool]) -> bool:
    """Tell whether so many met conditions complete a milestone; one without conditions is never done."""
    if not held:
        return False
    if rule is CompletionRule.ALL:
        return all(held)
    if rule is CompletionRule.ANY:
        return any(held)
    return sum(held) >= needed


def progress(milestones: Iterable[tuple[int, bool]]) -> Fraction:
    """Return how far a plan has come, from 0 to 1, from pairs of weight and whether it is done."""
    rows = list(milestones)
    whole = sum(weight for weight, _done in rows)
    return Fraction(sum(weight for weight, done in rows if done), whole) if whole else Fraction(0)


def percent(part: Fraction) -> int:
    """Return whole per cent, rounded down: 100 is shown only when everything is done."""
    return int(part * 100)
