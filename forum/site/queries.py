"""What one person has to do with, across the rooms."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import defer, joinedload

from forum.agenda.models import AgendaRelease
from forum.core.database import session
from forum.people.models import Person
from forum.registration.models import Delegation, FocalPoint, Participation


def delegations_of(account_id: int) -> Sequence[Delegation]:
    """Return the delegations for which an account is a focal point."""
    return session.scalars(
        select(Delegation)
        .join(FocalPoint, FocalPoint.delegation_id == Delegation.id)
        .where(FocalPoint.account_id == account_id)
        .options(joinedload(Delegation.forum))
        .order_by(Delegation.id.desc())
    ).all()


def participations_of(account_id: int) -> Sequence[Participation]:
    """Return the participations of an account: its own, and those that it filled in for others."""
    return session.scalars(
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .where(or_(Participation.registrant_id == account_id, Person.account_id == account_id))
        .options(joinedload(Participation.forum))
        .order_by(Participation.id.desc())
        .limit(100)
    ).all()


def newest_releases(forum_ids: Sequence[int], limit: int) -> Sequence[AgendaRelease]:
    """Return the versions of agendas that were published last, without what they hold."""
    return session.scalars(
        select(AgendaRelease)
        .where(AgendaRelease.forum_id.in_(forum_ids))
        .order_by(AgendaRelease.released_at.desc(), AgendaRelease.id.desc())
        .limit(limit)
        .options(defer(AgendaRelease.content))
    ).all()
