"""Reading evidence: for whom a piece exists, what a target counts, and which bytes came twice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, selectinload

from forum.cooperation.models import (
    CountedObject,
    Evidence,
    EvidenceUse,
    EvidenceVerdict,
    EvidenceVisibility,
)
from forum.core.database import session
from forum.partnerships.rules.seeing import Standing


def _superseded() -> ColumnElement[bool]:
    newer = aliased(Evidence)
    return select(newer.id).where(newer.supersedes_id == Evidence.id).exists()


def _visible(standing: Standing) -> tuple[EvidenceVisibility, ...]:
    if standing.parties:
        return tuple(EvidenceVisibility)
    if standing.inside:
        return (EvidenceVisibility.LEVELS, EvidenceVisibility.PUBLIC)
    return (EvidenceVisibility.PUBLIC,)


def _for(partnership_id: int, standing: Standing) -> Select[Evidence]:
    query = select(Evidence).where(
        Evidence.partnership_id == partnership_id, Evidence.visibility.in_(_visible(standing))
    )
    if not (standing.parties or standing.inside):
        query = query.where(Evidence.verdict == EvidenceVerdict.ACCEPTED)
    return query


def of_partnership(partnership_id: int, standing: Standing) -> Sequence[Evidence]:
    """Return the evidence that exists for this reader, the newest first; superseded pieces too."""
    return session.scalars(
        _for(partnership_id, standing)
        .options(selectinload(Evidence.superseded_by))
        .order_by(Evidence.created_at.desc(), Evidence.id.desc())
    ).all()


def one(partnership_id: int, public_id: str, standing: Standing) -> Evidence | None:
    """Return a piece, if it exists for this reader; a superseded one stays readable."""
    return session.scalar(_for(partnership_id, standing).where(Evidence.public_id == public_id))


def same_bytes(evidence: Evidence) -> Sequence[Evidence]:
    """Return the other pieces of this partnership that hold the very same bytes."""
    return session.scalars(
        select(Evidence)
        .where(
            Evidence.partnership_id == evidence.partnership_id,
            Evidence.sha256 == evidence.sha256,
            Evidence.id != evidence.id,
        )
        .order_by(Evidence.id)
    ).all()


def repeated(partnership_id: int) -> frozenset[str]:
    """Return the fingerprints that more than one piece of this partnership has."""
    return frozenset(
        session.scalars(
            select(Evidence.sha256)
            .where(Evidence.partnership_id == partnership_id)
            .group_by(Evidence.sha256)
            .having(func.count() > 1)
        )
    )


def counted(target: str) -> int:
    """Return how many things a target counts: each once, if any accepted piece in force supports it."""
    return int(
        session.scalar(
            select(func.count(func.distinct(CountedObject.id)))
            .join(EvidenceUse, EvidenceUse.object_id == CountedObject.id)
            .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
            .where(
                CountedObject.target == target,
                Evidence.verdict == EvidenceVerdict.ACCEPTED,
                ~_superseded(),
            )
        )
        or 0
    )
