"""The national committees, for a choice in a form."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.committees.models import Body, Committee
from forum.core.database import session


def national_committees() -> Sequence[Committee]:
    """Return the national committees, in the order of their references."""
    return session.scalars(
        select(Committee).where(Committee.body == Body.SAC).order_by(Committee.sort_key, Committee.id)
    ).all()
