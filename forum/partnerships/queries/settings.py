"""The periods, counts and days of reminding in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from forum.core.database import session
from forum.partnerships.models import PartnershipSetting, SettingChange
from forum.partnerships.rules.terms import Terms
from forum.reminders.queries import offsets


def terms() -> Terms:
    """Return the terms: the defaults, with what the national office has set."""
    return Terms.set_by({row.key: row.value for row in session.scalars(select(PartnershipSetting))})


def settings_number() -> int:
    """Return the number of the last change; zero while the defaults hold."""
    return session.scalar(select(func.max(SettingChange.number))) or 0


def setting_changes(limit: int = 50) -> Sequence[SettingChange]:
    """Return the changes, the latest first."""
    return session.scalars(select(SettingChange).order_by(SettingChange.number.desc()).limit(limit)).all()


def reminder_days(defaults: Mapping[str, tuple[int, ...]]) -> Mapping[str, tuple[int, ...]]:
    """Return on which days each of these kinds is told: the defaults, with what the national office has set."""
    chosen = offsets()
    return {str(kind): chosen.get(str(kind), days) for kind, days in defaults.items()}
