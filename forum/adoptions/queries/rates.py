"""How much of a scope is adopted, counted by the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select

from forum.adoptions.models import ADOPTING, Adoption, Direction
from forum.adoptions.rules.rate import EVERYTHING, Rate, Scope
from forum.adoptions.states import AdoptionState, EntryState
from forum.committees.models import Body, Committee, Confidence
from forum.core.database import session
from forum.standards.models import Scheme, Standard, Standing
from forum.standards.stages import stages


def _citable() -> ColumnElement[bool]:
    """Return the condition that an international deliverable may be cited as valid."""
    codes = [code for code, stage in stages().items() if stage.is_citable]
    unmapped = and_(Standard.stage_equivalent == "", Standard.standing.in_((Standing.PUBLISHED, Standing.UNDER_REVIEW)))
    return and_(Standard.scheme != Scheme.SAC, or_(Standard.stage_equivalent.in_(codes), unmapped))


def _inside(scope: Scope) -> ColumnElement[bool]:
    conditions = [_citable()]
    if scope.committee_ids:
        conditions.append(Standard.committee_id.in_(scope.committee_ids))
    if scope.kinds:
        conditions.append(Standard.kind.in_(scope.kinds))
    return and_(*conditions)


def _taken(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Adoption.id)
        .where(
            Adoption.international_id == Standard.id,
            Adoption.entry == EntryState.ENTERED,
            Adoption.direction == Direction.ADOPTS,
            Adoption.degree.in_(ADOPTING),
            *more,
        )
        .exists()
    )


def rate(scope: Scope = EVERYTHING) -> Rate:
    """Return the conversion rate of a scope; one statement."""
    in_force, sure = Adoption.state == AdoptionState.IN_FORCE, Adoption.degree_confidence == Confidence.VERIFIED
    counted, reported = _taken(in_force, sure), _taken(in_force)
    count = func.count(Standard.id)
    row = session.execute(
        select(
            count,
            count.filter(counted),
            count.filter(and_(reported, ~counted)),
            count.filter(and_(_taken(Adoption.state == AdoptionState.PLANNED), ~reported)),
            func.min(Standard.as_of),
            func.max(Standard.as_of),
        ).where(_inside(scope))
    ).one()
    return Rate(*row)


def kinds() -> Sequence[str]:
    """Return the types of international deliverables that are kept here."""
    return session.scalars(
        select(Standard.kind).where(Standard.scheme != Scheme.SAC).distinct().order_by(Standard.kind)
    ).all()


def committees() -> Sequence[Committee]:
    """Return the international committees that own a deliverable kept here."""
    inside = select(Standard.committee_id).where(Standard.scheme != Scheme.SAC, Standard.committee_id.is_not(None))
    return session.scalars(
        select(Committee).where(Committee.id.in_(inside), Committee.body != Body.SAC).order_by(Committee.sort_key)
    ).all()
