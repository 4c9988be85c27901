"""What the national office has delegated to provinces, past and present."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from forum.core.database import session
from forum.partnerships.models import AgreementVersion, DelegatedApproval


def state_of(given: DelegatedApproval, today: date) -> str:
    """Return where a delegation stands: ``ended``, ``over``, ``coming`` or ``runs``."""
    if given.ended_at is not None:
        return "ended"
    if given.ends_on < today:
        return "over"
    return "coming" if given.starts_on > today else "runs"


def delegations_page(
    provinces: Collection[str] | None, *, offset: int, limit: int
) -> tuple[Sequence[DelegatedApproval], int]:
    """Return a page of the delegations, the latest first, and how many there are; ``provinces``: to these alone."""
    query = select(DelegatedApproval)
    if provinces is not None:
        query = query.where(DelegatedApproval.province_code.in_(sorted(provinces)))
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(DelegatedApproval.id).subquery()))
    order = (DelegatedApproval.ended_at.is_not(None), DelegatedApproval.ends_on.desc(), DelegatedApproval.id.desc())
    return session.scalars(query.order_by(*order).offset(offset).limit(limit)).unique().all(), count or 0


def used(references: Collection[str]) -> Mapping[str, int]:
    """Return how many approvals that stand rest on each of these delegations."""
    rows = session.execute(
        select(AgreementVersion.delegation_reference, func.count())
        .where(AgreementVersion.delegation_reference.in_(sorted(references)))
        .group_by(AgreementVersion.delegation_reference)
    )
    return {reference: count for reference, count in rows}  # noqa: C416 - a row isn't a pair to the type checker


def delegation_by(public_id: str) -> DelegatedApproval | None:
    """Return one delegation."""
    return session.scalar(select(DelegatedApproval).where(DelegatedApproval.public_id == public_id))
