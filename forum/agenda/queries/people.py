"""Finding people for the programme of one forum."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import lazyload

from forum.agenda.models import AgendaSession, Contribution
from forum.core.database import session
from forum.core.text import search_pattern
from forum.events.models import Forum
from forum.people.models import Person

MOST = 50


def for_programme(forum: Forum, query: str = "") -> Sequence[Person]:
    """Return people who are on this programme and match, and whoever has exactly this mail address.

    People of other forums are found by their full address alone: their list is nobody's business here.
    """
    here = (
        select(Contribution.person_id)
        .join(AgendaSession)
        .where(AgendaSession.forum_id == forum.id, Contribution.person_id.is_not(None))
    )
    wanted: ColumnElement[bool] = Person.id.in_(here)
    if query:
        wanted = or_(
            wanted & Person.search.like(search_pattern(query), escape="\\"),
            Person.email == query.strip().casefold(),
        )
    return session.scalars(
        select(Person)
        .where(wanted, Person.erased_at.is_(None))
        .order_by(Person.sort_key, Person.id)
        .limit(MOST)
        .options(lazyload("*"))
    ).all()


def by_public_id(public_id: str) -> Person | None:
    """Return somebody who was chosen from a list."""
    return session.scalar(select(Person).where(Person.public_id == public_id, Person.erased_at.is_(None)))
