"""Reading activities."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.cooperation.models import Activity
from forum.cooperation.states import OPEN_ACTIVITIES
from forum.core.database import session


def of_partnership(partnership_id: int) -> Sequence[Activity]:
    """Return the activities of a partnership, the earliest first."""
    return session.scalars(
        select(Activity).where(Activity.partnership_id == partnership_id).order_by(Activity.begins_at, Activity.id)
    ).all()


def open_of(partnership_id: int) -> Sequence[Activity]:
    """Return the activities that are planned or running, the earliest first."""
    return session.scalars(
        select(Activity)
        .where(Activity.partnership_id == partnership_id, Activity.state.in_(OPEN_ACTIVITIES))
        .order_by(Activity.begins_at, Activity.id)
    ).all()


def one(partnership_id: int, public_id: str) -> Activity | None:
    """Return an activity of this partnership."""
    return session.scalar(
        select(Activity).where(Activity.partnership_id == partnership_id, Activity.public_id == public_id)
    )
