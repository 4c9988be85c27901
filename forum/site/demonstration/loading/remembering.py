"""Teaching the memory what the demonstration's people have reviewed, as if each review had just happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.database import Base, session
from forum.translation.models import TranslationState
from forum.translation.operations import tell_again


def learn(*, now: datetime) -> int:
    """Tell of the reviews of each kind of record; return how many there are."""
    reviewed = select(TranslationState.entity).where(TranslationState.reviewed_by.is_not(None)).distinct()
    wanted = set(session.scalars(reviewed))
    kinds: dict[str, Any] = {each.class_.__tablename__: each.class_ for each in Base.registry.mappers}
    rows = (session.scalars(select(kinds[name])).unique().all() for name in sorted(wanted))
    return sum(tell_again(records, actor=SYSTEM, now=now) for records in rows)
