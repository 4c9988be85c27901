"""Reading people: by account, or through the forum that they take part in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.core.database import session
from forum.people.models import Person


def of_account(account_id: int) -> Person | None:
    """Return the person who an account is."""
    return session.scalar(
        select(Person).where(Person.account_id == account_id, Person.erased_at.is_(None)).order_by(Person.id).limit(1)
    )


def all_of_account(account_id: int) -> Sequence[Person]:
    """Return every person row that stands for an account."""
    return session.scalars(select(Person).where(Person.account_id == account_id).order_by(Person.id)).all()
