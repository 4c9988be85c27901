"""The periods, counts and days of reminding in force."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from forum.core.database import session
from forum.partnerships.models import PartnershipSetting
from forum.partnerships.rules.terms import Terms
from forum.reminders.queries import offsets


def terms() -> Terms:
    """Return the terms: the defaults, with what the national office has set."""
    return Terms.set_by({row.key: row.value for row in session.scalars(select(PartnershipSetting))})


def reminder_days(defaults: Mapping[str, tuple[int, ...]]) -> Mapping[str, tuple[int, ...]]:
    """Return on which days each of these kinds is told: the defaults, with what the national office has set."""
    chosen = offsets()
    return {str(kind): chosen.get(str(kind), days) for kind, days in defaults.items()}
