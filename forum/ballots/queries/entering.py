"""What a ballot may be entered for: a standard, a committee that votes, a mirror committee that answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select

from forum.ballots.errors import NotTheMirror
from forum.ballots.models import BallotKind
from forum.committees.models import Committee, CommitteeKind, Mirror
from forum.core.database import session
from forum.standards.models import Standard
from forum.standards.stages import stages


def standard_by_slug(slug: str) -> Standard | None:
    """Return the standard that an address names."""
    return session.scalar(select(Standard).where(Standard.slug == slug)) if slug else None


def kind_of(standard: Standard) -> str:
    """Return the kind of ballot that belongs to the stage of a standard."""
    cell = stages().get(standard.stage_equivalent)
    kind = cell.ballot_kind if cell is not None else ""
    if kind == "fdis" and standard.kind in {"TS", "TR", "PAS"}:
        kind = f"d{standard.kind.lower()}"
    return kind if kind in set(BallotKind) else ""


def nationals(ids: Collection[int] | None) -> Sequence[Committee]:
    """Return the national committees, or those of these ids."""
    query = select(Committee).where(Committee.kind == CommitteeKind.NATIONAL).order_by(Committee.sort_key)
    if ids is not None:
        query = query.where(Committee.id.in_(sorted(ids)))
    return session.scalars(query).all()


def committees_for(standard: Standard | None, mirrors: Sequence[Committee]) -> Sequence[Committee]:
    """Return the committee of a standard, or every one that these national committees mirror, and they themselves."""
    query = select(Committee).order_by(Committee.sort_key)
    ids = [one.id for one in mirrors]
    if standard is not None and standard.committee_id is not None:
        query = query.where(Committee.id == standard.committee_id)
    else:
        mirrored = select(Mirror.committee_id).where(Mirror.national_id.in_(ids))
        query = query.where(or_(Committee.id.in_(mirrored), Committee.id.in_(ids)))
    return session.scalars(query).all()


def need_mirror(committee: Committee, national: Committee, is_own: bool, day: date) -> None:  # noqa: FBT001
    """Refuse a national committee that doesn't mirror the one that votes, on the day of opening."""
    if is_own:
        return
    if not is_mirrored(committee.id, {national.id}, day):
        raise NotTheMirror


def is_mirrored(committee_id: int, nationals: Collection[int] | None, day: date) -> bool:
    """Tell whether one of these national committees, or any at all, answers for an international one on a day."""
    query = select(Mirror.id).where(
        Mirror.committee_id == committee_id,
        or_(Mirror.starts_on.is_(None), Mirror.starts_on <= day),
        or_(Mirror.ends_on.is_(None), Mirror.ends_on >= day),
    )
    if nationals is not None:
        query = query.where(Mirror.national_id.in_(sorted(nationals)))
    return session.scalar(query.limit(1)) is not None
