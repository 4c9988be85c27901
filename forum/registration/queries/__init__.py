"""Reading registrations: always through the forum, the delegation or the person."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from forum.core.database import session
from forum.registration.models import FocalPoint


def grants_of(account_id: int) -> Iterable[tuple[str, str]]:
    """Return the delegations for which an account is a focal point, as grants."""
    rows = session.scalars(select(FocalPoint.delegation_id).where(FocalPoint.account_id == account_id))
    return [("focal", f"delegation:{delegation_id}") for delegation_id in rows]
