"""Every number in days or months, with its default; the national office may set each of them otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Terms:
    """The periods and counts that the life cycle goes by (source: partnership procedure, section on dates)."""

    answer_days: int = 30
    reminders_before_timeout: int = 2
    city_review_days: int = 10  # working days
    province_review_days: int = 15  # working days
    national_review_days: int = 20  # working days
    opinion_days: int = 15  # working days
    opinion_months: int = 12
    approvals: int = 2
    validity_months: int = 12
    reporting_days: int = 10
    return_days: int = 30  # in which the city answers the points of a return
    registration_days: int = 30  # after the signature
    renewal_days: int = 180
    late_renewal_months: int = 12
    lapsed_close_months: int = 12
    slows_down_days: int = 180  # without an activity with accepted evidence
    falls_asleep_days: int = 365

    @classmethod
    def set_by(cls, values: Mapping[str, int]) -> Terms:
        """Return the terms with what the office has set."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in values.items() if key in known})
