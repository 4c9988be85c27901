"""The periods and counts in force."""

from __future__ import annotations

from sqlalchemy import select

from forum.core.database import session
from forum.partnerships.models import PartnershipSetting
from forum.partnerships.rules.terms import Terms


def terms() -> Terms:
    """Return the terms: the defaults, with what the national office has set."""
    return Terms.set_by({row.key: row.value for row in session.scalars(select(PartnershipSetting))})
