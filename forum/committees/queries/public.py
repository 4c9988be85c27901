"""Reading committees for the public pages: a bounded number of statements, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum.committees.models import (
    Committee,
    CommitteeAlias,
    LiaisonRelation,
    Membership,
    Mirror,
    Officer,
    Succession,
)
from forum.committees.references import folded
from forum.core.database import session


def page(*, offset: int, limit: int) -> tuple[Sequence[Committee], int]:
    """Return committees in the order of the tree, with their names and parents, and how many there are."""
    count = session.scalar(select(func.count()).select_from(Committee)) or 0
    rows = session.scalars(
        select(Committee)
        .options(selectinload(Committee.names), joinedload(Committee.parent))
        .order_by(Committee.sort_key, Committee.reference)
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, count


def everything() -> Sequence[Committee]:
    """Return every committee in the order of the tree."""
    return page(offset=0, limit=100_000)[0]


def mirrors_of(ids: Iterable[int]) -> dict[int, list[Mirror]]:
    """Return the national mirrors of committees, by committee, those longest in place first."""
    wanted = list(ids)
    found: dict[int, list[Mirror]] = defaultdict(list)
    rows = session.scalars(
        select(Mirror)
        .where(Mirror.committee_id.in_(wanted))
        .options(joinedload(Mirror.national))
        .order_by(Mirror.starts_on, Mirror.id)
    )
    for row in rows:
        found[row.committee_id].append(row)
    return found


def former(slug: str) -> Committee | None:
    """Return the committee that an old address or another spelling of its reference means."""
    return session.scalar(
        select(Committee)
        .join(CommitteeAlias, CommitteeAlias.committee_id == Committee.id)
        .where(CommitteeAlias.folded == folded(slug))
    )


@dataclass(slots=True)
class Entry:
    """A committee with everything that its page shows."""

    committee: Committee
    children: Sequence[Committee] = ()
    members: Sequence[Membership] = ()
    officers: Sequence[Officer] = ()
    mirrors: Sequence[Mirror] = ()  # national committees that answer for it
    mirrored: Sequence[Mirror] = ()  # international ones for which it answers
    listed: Sequence[LiaisonRelation] = ()  # liaisons that it lists itself
    listing: Sequence[LiaisonRelation] = ()  # of others that list it
    ledger: Sequence[Succession] = field(default_factory=list)


def entry(committee: Committee) -> Entry:
    """Return a committee with what belongs to it, in a fixed number of statements."""
    key = committee.id
    liaisons = select(LiaisonRelation).options(
        joinedload(LiaisonRelation.committee), joinedload(LiaisonRelation.partner)
    )
    mirrors = select(Mirror).options(joinedload(Mirror.committee), joinedload(Mirror.national))
    return Entry(
        committee,
        children=session.scalars(
            select(Committee)
            .where(Committee.parent_id == key)
            .options(selectinload(Committee.names))
            .order_by(Committee.sort_key, Committee.reference)
        ).all(),
        members=session.scalars(
            select(Membership)
            .where(Membership.committee_id == key)
            .order_by(Membership.kind.desc(), Membership.acronym)
        ).all(),
        officers=session.scalars(
            select(Officer).where(Officer.committee_id == key).order_by(Officer.ends_on, Officer.role, Officer.id)
        ).all(),
        mirrors=session.scalars(mirrors.where(Mirror.committee_id == key).order_by(Mirror.starts_on, Mirror.id)).all(),
        mirrored=session.scalars(mirrors.where(Mirror.national_id == key).order_by(Mirror.starts_on, Mirror.id)).all(),
        listed=session.scalars(
            liaisons.where(LiaisonRelation.committee_id == key).order_by(
                LiaisonRelation.external_name, LiaisonRelation.id
            )
        ).all(),
        listing=session.scalars(liaisons.where(LiaisonRelation.partner_id == key).order_by(LiaisonRelation.id)).all(),
        ledger=ledger(key),
    )


def ledger(committee_id: int | None = None) -> Sequence[Succession]:
    """Return what happened between committees, by date; of one committee, or of all."""
    query = select(Succession).options(joinedload(Succession.source), joinedload(Succession.target))
    if committee_id is not None:
        query = query.where(or_(Succession.from_id == committee_id, Succession.to_id == committee_id))
    return session.scalars(query.order_by(Succession.effective_on, Succession.id)).all()


def dataset_date() -> date | None:
    """Return the newest day of ISO's data on committees."""
    return session.scalar(select(func.max(Committee.as_of)).where(Committee.iso_id.is_not(None)))


def chosen(slug: str) -> Committee | None:
    """Return a committee by its address, with its names and its parent."""
    return session.scalar(
        select(Committee)
        .where(Committee.slug == slug)
        .options(selectinload(Committee.names), joinedload(Committee.parent))
    )
