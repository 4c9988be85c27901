"""Reading liaison relations: as one side lists them, never made symmetric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from forum.committees.models import Committee, LiaisonRelation, RelationState
from forum.core.database import session
from forum.liaisons.models import LiaisonRule, RelationReview, Representative
from forum.liaisons.queries.mirrors import mirrored, mirrored_by
from forum.liaisons.rules.terms import Terms

_LIVE = (RelationState.ACTIVE, RelationState.UNDER_REVIEW)


def rule_on(day: date) -> LiaisonRule | None:
    """Return the row that holds on a day."""
    return session.scalar(
        select(LiaisonRule)
        .where(LiaisonRule.effective_from <= day)
        .order_by(LiaisonRule.effective_from.desc(), LiaisonRule.number.desc())
        .limit(1)
    )


def terms_on(day: date) -> Terms:
    """Return the numbers that hold on a day."""
    row = rule_on(day)
    return Terms.of(row.terms) if row is not None else Terms()


def rules() -> Sequence[LiaisonRule]:
    """Return every row of numbers, the latest first."""
    return session.scalars(select(LiaisonRule).order_by(LiaisonRule.number.desc())).all()


def _touching(ids: ColumnElement[bool] | None, day: date) -> ColumnElement[bool]:
    here = mirrored(day)
    found = or_(LiaisonRelation.committee_id.in_(here), LiaisonRelation.partner_id.in_(here))
    return found if ids is None else found & ids


def page(
    day: date, *, text: str = "", state: str = "", offset: int, limit: int
) -> tuple[Sequence[LiaisonRelation], int]:
    """Return a page of the relations of the committees that we mirror, each way for itself, and how many there are.

    Without a state, proposed and ended ones are left out.
    """
    lister, partner = aliased(Committee), aliased(Committee)
    query = (
        select(LiaisonRelation)
        .join(lister, lister.id == LiaisonRelation.committee_id)
        .outerjoin(partner, partner.id == LiaisonRelation.partner_id)
        .where(_touching(None, day))
    )
    query = query.where(LiaisonRelation.state == RelationState(state) if state else LiaisonRelation.state.in_(_LIVE))
    for word in text.split()[:6]:
        columns = (lister.reference, partner.reference, LiaisonRelation.external_name)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    counted = query.with_only_columns(LiaisonRelation.id).subquery()
    count = session.scalar(select(func.count()).select_from(counted)) or 0
    rows = session.scalars(
        query.options(joinedload(LiaisonRelation.committee), joinedload(LiaisonRelation.partner))
        .order_by(lister.sort_key, lister.reference, partner.sort_key, LiaisonRelation.id)
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, count


def one(public_id: str) -> LiaisonRelation | None:
    """Return a relation."""
    return session.scalar(
        select(LiaisonRelation)
        .where(LiaisonRelation.public_id == public_id)
        .options(joinedload(LiaisonRelation.committee), joinedload(LiaisonRelation.partner))
    )


def listed_back(relation: LiaisonRelation) -> bool:
    """Tell whether the other side lists this relation too; it is never supposed."""
    if relation.partner_id is None:
        return False
    return (
        session.scalar(
            select(LiaisonRelation.id)
            .where(
                LiaisonRelation.committee_id == relation.partner_id,
                LiaisonRelation.partner_id == relation.committee_id,
                LiaisonRelation.state.in_(_LIVE),
            )
            .limit(1)
        )
        is not None
    )


def same(committee_id: int, partner_id: int | None, external_name: str) -> LiaisonRelation | None:
    """Return a relation in this very direction that hasn't ended."""
    other = (
        LiaisonRelation.partner_id == partner_id
        if partner_id is not None
        else LiaisonRelation.external_name == external_name
    )
    return session.scalar(
        select(LiaisonRelation)
        .where(LiaisonRelation.committee_id == committee_id, other, LiaisonRelation.state != RelationState.ENDED)
        .limit(1)
    )


def reviews_of(relation_id: int) -> Sequence[RelationReview]:
    """Return what was decided about a relation, the latest first."""
    return session.scalars(
        select(RelationReview).where(RelationReview.relation_id == relation_id).order_by(RelationReview.id.desc())
    ).all()


def representatives_of(relation_id: int) -> Sequence[Representative]:
    """Return who represented a relation, the latest term first."""
    return session.scalars(
        select(Representative)
        .where(Representative.relation_id == relation_id)
        .order_by(Representative.starts_on.desc(), Representative.id.desc())
    ).all()


def representatives_on(relation_ids: Sequence[int], day: date) -> Mapping[int, Representative]:
    """Return who represents each of these relations on a day."""
    rows = session.scalars(
        select(Representative).where(
            Representative.relation_id.in_(relation_ids),
            Representative.starts_on <= day,
            or_(Representative.ends_on.is_(None), Representative.ends_on >= day),
        )
    )
    return {row.relation_id: row for row in rows}


def due_for_review(day: date) -> Sequence[LiaisonRelation]:
    """Return the standing relations of committees that we mirror which have a date of review."""
    return session.scalars(
        select(LiaisonRelation)
        .where(_touching(None, day), LiaisonRelation.state.in_(_LIVE), LiaisonRelation.review_due_on.is_not(None))
        .options(joinedload(LiaisonRelation.committee), joinedload(LiaisonRelation.partner))
        .order_by(LiaisonRelation.review_due_on, LiaisonRelation.id)
    ).all()


def concerns(relation: LiaisonRelation, national_ids: frozenset[int], day: date) -> bool:
    """Tell whether these national committees answer for either side of a relation, or are it."""
    ends = {relation.committee_id, relation.partner_id}
    if ends & national_ids:
        return True
    if not national_ids:
        return False
    return bool(ends & set(session.scalars(mirrored_by(national_ids, day))))
