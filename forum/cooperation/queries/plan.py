"""The plan of a partnership: milestones with what is met of them, deliverables, and how far it has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.cooperation.models import (
    Activity,
    CountedObject,
    Deliverable,
    Evidence,
    EvidenceUse,
    EvidenceVerdict,
    Milestone,
    MilestoneCondition,
)
from forum.cooperation.rules.milestones import Condition, Facts, Piece, enough, holds, progress
from forum.core.database import session


@dataclass(frozen=True, slots=True)
class Met:
    """A condition, and whether it is met."""

    condition: MilestoneCondition
    met: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone with its conditions, and whether it is done."""

    milestone: Milestone
    conditions: tuple[Met, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """All milestones of a partnership, and how far it has come, from 0 to 1."""

    milestones: tuple[Reached, ...]
    part: Fraction


def progress_of(partnership_id: int) -> Progress:
    """Return the milestones of a partnership with what is met of them."""
    found = reached_in([partnership_id])
    return Progress(found, progress((one.milestone.weight, one.done) for one in found))


def reached_in(partnership_ids: Sequence[int]) -> tuple[Reached, ...]:
    """Return the milestones of these partnerships with what is met; five statements, however many there are."""
    rows = session.scalars(
        select(Milestone).where(Milestone.partnership_id.in_(partnership_ids)).order_by(Milestone.due_on, Milestone.id)
    ).all()
    deliverable_states = session.execute(
        select(Deliverable.id, Deliverable.state).where(Deliverable.partnership_id.in_(partnership_ids))
    )
    activity_states = session.execute(
        select(Activity.id, Activity.state).where(Activity.partnership_id.in_(partnership_ids))
    )
    by_deliverable, by_activity = dict(deliverable_states.all()), dict(activity_states.all())
    pieces = _pieces(partnership_ids)
    found = []
    for row in rows:
        facts = Facts(pieces.get(row.reference, ()), by_deliverable, by_activity)
        met = tuple(Met(one, holds(_plain(one), facts)) for one in row.conditions)
        found.append(Reached(row, met, enough(row.rule, row.needed, [one.met for one in met])))
    return tuple(found)


def _pieces(partnership_ids: Sequence[int]) -> Mapping[str, list[Piece]]:
    newer = aliased(Evidence)
    rows = session.execute(
        select(CountedObject.target, Evidence.kind, Evidence.side, Evidence.dated_on, Evidence.verdict)
        .join(EvidenceUse, EvidenceUse.object_id == CountedObject.id)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(
            CountedObject.partnership_id.in_(partnership_ids),
            CountedObject.target.startswith("milestone:"),
            ~select(newer.id).where(newer.supersedes_id == Evidence.id).exists(),
        )
    )
    found: dict[str, list[Piece]] = defaultdict(list)
    for target, kind, side, dated_on, verdict in rows:
        if verdict is not EvidenceVerdict.REJECTED:
            found[target].append(Piece(kind, side, dated_on, verdict is EvidenceVerdict.ACCEPTED))
    return found


def _plain(row: MilestoneCondition) -> Condition:
    return Condition(
        kind=row.kind,
        evidence_kind=row.evidence_kind,
        accepted=row.accepted,
        both_sides=row.both_sides,
        dated_from=row.dated_from,
        dated_to=row.dated_to,
        deliverable_id=row.deliverable_id,
        deliverable_state=row.deliverable_state,
        activity_id=row.activity_id,
    )


def milestone(partnership_id: int, public_id: str) -> Milestone | None:
    """Return a milestone of this partnership."""
    return session.scalar(
        select(Milestone).where(Milestone.partnership_id == partnership_id, Milestone.public_id == public_id)
    )


def deliverables(partnership_id: int) -> Sequence[Deliverable]:
    """Return the deliverables of a partnership, by their due date."""
    return session.scalars(
        select(Deliverable)
        .where(Deliverable.partnership_id == partnership_id)
        .order_by(Deliverable.due_on, Deliverable.id)
    ).all()


def deliverable(partnership_id: int, public_id: str) -> Deliverable | None:
    """Return a deliverable of this partnership."""
    return session.scalar(
        select(Deliverable).where(Deliverable.partnership_id == partnership_id, Deliverable.public_id == public_id)
    )
