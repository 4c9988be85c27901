"""The delegations of a forum with their numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum.core.database import session
from forum.core.text import search_pattern
from forum.events.models import Forum
from forum.places.models import Country
from forum.registration.models import Delegation, FocalPoint, Participation
from forum.registration.states import ACTIVE_STATES, SEATED_STATES, ParticipationState


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """One row of the list of delegations."""

    delegation: Delegation
    active: int
    approved: int
    focal_points: int


def delegation_lines(forum: Forum, *, state: str = "", text: str = "", language: str = "en") -> list[DelegationLine]:
    """Return the delegations of a forum with their numbers, by name."""
    columns = Delegation.__table__.c
    query = (
        select(Delegation)
        .where(Delegation.forum_id == forum.id)
        .options(
            joinedload(Delegation.country),
            joinedload(Delegation.head).joinedload(Participation.person),
        )
        .order_by(Delegation.sort_key if language == "zh" else func.lower(columns.name_en), Delegation.id)
    )
    if state:
        query = query.where(Delegation.state == state)
    if text:
        pattern = search_pattern(text)
        query = query.outerjoin(Delegation.country).where(
            or_(
                func.lower(columns.name_en).like(pattern, escape="\\"),
                columns.name_zh.like(pattern, escape="\\"),
                Country.search.like(pattern, escape="\\"),
            )
        )
    found = session.scalars(query).unique().all()
    numbers: dict[int, Counter[ParticipationState]] = {}
    counted = session.execute(
        select(Participation.delegation_id, Participation.state, func.count())
        .where(Participation.forum_id == forum.id, Participation.delegation_id.is_not(None))
        .group_by(Participation.delegation_id, Participation.state)
    )
    for delegation_id, state_of_members, number in counted:
        numbers.setdefault(delegation_id or 0, Counter())[state_of_members] += number
    focal = dict(
        session.execute(
            select(FocalPoint.delegation_id, func.count())
            .join(Delegation, Delegation.id == FocalPoint.delegation_id)
            .where(Delegation.forum_id == forum.id)
            .group_by(FocalPoint.delegation_id)
        ).all()
    )
    lines = []
    for one in found:
        states = numbers.get(one.id, Counter())
        lines.append(
            DelegationLine(
                one,
                active=sum(number for state, number in states.items() if state in ACTIVE_STATES),
                approved=sum(number for state, number in states.items() if state in SEATED_STATES),
                focal_points=focal.get(one.id, 0),
            )
        )
    return lines


def delegation(forum: Forum, public_id: str) -> Delegation | None:
    """Return a delegation of the forum with its focal points and its place."""
    return session.scalar(
        select(Delegation)
        .where(Delegation.forum_id == forum.id, Delegation.public_id == public_id)
        .options(
            selectinload(Delegation.focal_points),
            joinedload(Delegation.country),
            joinedload(Delegation.city),
            joinedload(Delegation.organisation),
        )
    )
