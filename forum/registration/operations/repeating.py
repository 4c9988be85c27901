"""Categories of a repeated forum: the same questions, documents and approvals, their windows moved."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from forum.core.database import session
from forum.events.models import Forum
from forum.events.operations.repeating import Shift, copies
from forum.registration import seats
from forum.registration.models import Category, SeatCounter


def repeat_categories(former: Forum, forum: Forum, shift: Shift) -> Mapping[str, int]:
    """Copy the categories with their limits; nobody has a seat yet.  Returns how many there are."""
    rows = list(
        session.scalars(select(Category).where(Category.forum_id == former.id).order_by(Category.order, Category.id))
    )
    made = copies(rows, forum, opens_at=shift.moment, closes_at=shift.moment)
    limits = session.execute(select(SeatCounter.scope, SeatCounter.cap).where(SeatCounter.forum_id == former.id))
    caps: dict[str, int | None] = dict(limits.all())
    seats.ensure(forum.id, seats.of_forum(forum), cap=caps.get(seats.of_forum(former)))
    for row, category in zip(rows, made, strict=True):
        seats.ensure(forum.id, seats.of_category(category), cap=caps.get(seats.of_category(row)))
    return {"category": len(made)}
