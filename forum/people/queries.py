"""Reading people: by account, or through the forum that they take part in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.core.database import session
from forum.people.models import Person

_MOST_IN_ONE = 10_000  # bound values of one statement; both engines take more than 30,000


def of_account(account_id: int) -> Person | None:
    """Return the person who an account is."""
    return session.scalar(
        select(Person).where(Person.account_id == account_id, Person.erased_at.is_(None)).order_by(Person.id).limit(1)
    )


def all_of_account(account_id: int) -> Sequence[Person]:
    """Return every person row that stands for an account."""
    return session.scalars(select(Person).where(Person.account_id == account_id).order_by(Person.id)).all()


def erased_among(guids: Iterable[str]) -> frozenset[str]:
    """Return which of these people were erased since they were written down somewhere."""
    wanted = sorted(guids)
    found: set[str] = set()
    for start in range(0, len(wanted), _MOST_IN_ONE):
        part = wanted[start : start + _MOST_IN_ONE]
        found.update(session.scalars(select(Person.guid).where(Person.guid.in_(part), Person.erased_at.is_not(None))))
    return frozenset(found)


def known(guids: Iterable[str]) -> Sequence[Person]:
    """Return these people in one statement, without what hangs on them; those who were erased are nobody."""
    wanted = sorted(set(guids))[:_MOST_IN_ONE]
    return session.scalars(
        select(Person).where(Person.guid.in_(wanted), Person.erased_at.is_(None)).options(lazyload("*"))
    ).all()
