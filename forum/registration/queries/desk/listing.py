"""The list of participations: narrowed, sorted, one page of it, at the same cost for any number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.core.database import session
from forum.core.text import clean_line, search_pattern
from forum.events.models import Forum
from forum.people.models import Person
from forum.places.models import Country
from forum.registration.models import Category, Delegation, Participation
from forum.registration.states import ACTIVE_STATES, SEATED_STATES, ParticipationState

TO_DECIDE = frozenset({ParticipationState.SUBMITTED, ParticipationState.FOCAL_APPROVED, ParticipationState.SCREENING})
# Words that stand for several states in the filter and in the links of the overview.
STATE_GROUPS: dict[str, frozenset[ParticipationState]] = {
    "to_decide": TO_DECIDE,
    "seated": SEATED_STATES,
    "active": ACTIVE_STATES,
}
SORTS = ("name", "pinyin", "number", "since", "recent", "delegation")
WITHOUT = "none"  # the filter "belongs to no delegation"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty values narrow nothing."""

    text: str = ""
    state: str = ""  # a state, or one of STATE_GROUPS
    category: str = ""  # public id
    delegation: str = ""  # public id, or "none"
    country: str = ""  # ISO 3166-1 alpha-2
    attendance: str = ""
    letter: bool = False  # asks for an invitation letter

    def arguments(self) -> dict[str, str]:
        """Return the filters as they stand in an address, without the empty ones."""
        named = {
            "q": self.text,
            "state": self.state,
            "category": self.category,
            "delegation": self.delegation,
            "country": self.country,
            "attendance": self.attendance,
            "letter": "1" if self.letter else "",
        }
        return {name: value for name, value in named.items() if value}


def states_named(name: str) -> frozenset[ParticipationState]:
    """Return the states that a word of the filter means; an unknown word means none."""
    if name in STATE_GROUPS:
        return STATE_GROUPS[name]
    known = {str(state) for state in ParticipationState}
    return frozenset({ParticipationState(name)}) if name in known else frozenset()


def _words(text: str) -> Iterable[ColumnElement[bool]]:
    for word in clean_line(text)[:100].split():
        found: ColumnElement[bool] = Participation.search.like(search_pattern(word), escape="\\")
        if word.isdecimal() and len(word) <= 9:
            found = or_(found, Participation.number == int(word))
        yield found


def _chosen(forum: Forum, filters: Filters) -> Select[Participation]:
    query = select(Participation).where(Participation.forum_id == forum.id)
    if filters.state:
        query = query.where(Participation.state.in_(sorted(states_named(filters.state))))
    if filters.category:
        wanted = select(Category.id).where(Category.forum_id == forum.id, Category.public_id == filters.category)
        query = query.where(Participation.category_id.in_(wanted))
    if filters.delegation == WITHOUT:
        query = query.where(Participation.delegation_id.is_(None))
    elif filters.delegation:
        belonging = select(Delegation.id).where(
            Delegation.forum_id == forum.id, Delegation.public_id == filters.delegation
        )
        query = query.where(Participation.delegation_id.in_(belonging))
    if filters.country:
        query = query.where(Participation.country_iso2 == filters.country)
    if filters.attendance:
        query = query.where(Participation.attendance == filters.attendance)
    if filters.letter:
        query = query.where(Participation.needs_letter.is_(True))
    return query.where(*_words(filters.text))


def _in_order(sort: str, language: str) -> tuple[Any, ...]:
    unnamed = Participation.sort_key == ""
    name = (unnamed, Participation.sort_key, Participation.id)
    pinyin = func.coalesce(func.nullif(Person.sort_zh, ""), Person.sort_key)
    delegation = Delegation.sort_key if language == "zh" else func.lower(Delegation.__table__.c.name_en)
    orders: dict[str, tuple[Any, ...]] = {
        "name": name,
        "pinyin": (pinyin == "", pinyin, Participation.id),
        "number": (Participation.number,),
        "since": (Participation.state_since, Participation.number),
        "recent": (Participation.state_since.desc(), Participation.number),
        "delegation": (
            Participation.delegation_id.is_(None),
            delegation,
            Participation.is_alternate,
            Participation.order,
            *name,
        ),
    }
    return orders.get(sort, name)


def _loaded(query: Select[Participation]) -> Select[Participation]:
    return (
        query.join(Participation.person)
        .outerjoin(Participation.delegation)
        .options(
            contains_eager(Participation.person),
            contains_eager(Participation.delegation),
            joinedload(Participation.country),
            joinedload(Participation.city),
        )
    )


def matching(
    forum: Forum,
    filters: Filters,
    *,
    sort: str = "name",
    language: str = "en",
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Participation]:
    """Return the participations that the filters leave, in order, with what a list shows of them."""
    query = _loaded(_chosen(forum, filters)).order_by(*_in_order(sort, language)).offset(offset)
    return session.scalars(query.limit(limit) if limit is not None else query).unique().all()


def count(forum: Forum, filters: Filters) -> int:
    """Count the participations that the filters leave."""
    inner = _chosen(forum, filters).with_only_columns(Participation.id).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def chosen(forum: Forum, public_ids: Iterable[str]) -> Sequence[Participation]:
    """Return the participations of a forum with these ids, by number; ids of other forums are left out."""
    return (
        session.scalars(
            _loaded(select(Participation).where(Participation.forum_id == forum.id))
            .where(Participation.public_id.in_(sorted(set(public_ids))))
            .order_by(Participation.number)
        )
        .unique()
        .all()
    )


def participation(forum: Forum, public_id: str) -> Participation | None:
    """Return a participation of the forum."""
    found = chosen(forum, [public_id])
    return found[0] if found else None


def countries_present(forum: Forum) -> Sequence[Country]:
    """Return the countries from which somebody takes part."""
    present = select(Participation.country_iso2).where(Participation.forum_id == forum.id).distinct()
    return session.scalars(select(Country).where(Country.iso2.in_(present))).all()


def in_list_of_participants(forum: Forum, *, sort: str) -> Sequence[Participation]:
    """Return those who stand in the list of participants: approved, and only by their own consent."""
    query = (
        _loaded(select(Participation).where(Participation.forum_id == forum.id))
        .join(Participation.category)
        .where(
            Participation.in_list.is_(True),
            Category.in_list_of_participants.is_(True),
            Participation.state.in_(sorted(SEATED_STATES - {ParticipationState.NO_SHOW})),
        )
    )
    return session.scalars(query.order_by(*_in_order(sort, "en"))).unique().all()
