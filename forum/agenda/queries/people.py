"""Finding people for the programme of one forum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import lazyload

from forum.agenda.models import AgendaSession, Contribution
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import search_pattern
from forum.events.models import Forum
from forum.people.models import Person
from forum.people.queries import known
from forum.translation.queries import states_of, text_of

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


def biographies(guids: Iterable[str]) -> Mapping[str, Text]:
    """Return what is told of these people, for those of whom anything is told: two statements, however many.

    Hand over the guids of a programme that went through ``visible``: who isn't in it is not told of.
    """
    people = [person for person in known(guids) if person.biography_en or person.biography_zh]
    states = states_of(people)
    return {person.guid: text_of(person, "biography", states) for person in people}
