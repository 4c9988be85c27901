"""Every number in days or months, with its default; the national office may set each of them otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import NamedTuple

from forum.core.refusals import P_, Word


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


class Setting(NamedTuple):
    """How a number is called and between which bounds it lies."""

    name: Word
    unit: Word
    least: int
    most: int


DAYS = P_("partnership", "days")
WORKING_DAYS = P_("partnership", "working days")
MONTHS = P_("partnership", "months")
PEOPLE = P_("partnership", "people")
TIMES = P_("partnership", "times")

# What the page of the settings shows, in its order.
SETTINGS: dict[str, Setting] = {
    "answer_days": Setting(P_("partnership", "Time for the answer to an invitation"), DAYS, 1, 365),
    "reminders_before_timeout": Setting(
        P_("partnership", "Reminders before an unanswered invitation is closed"), TIMES, 0, 3
    ),
    "city_review_days": Setting(P_("partnership", "City sign-off"), WORKING_DAYS, 1, 250),
    "province_review_days": Setting(P_("partnership", "Provincial review"), WORKING_DAYS, 1, 250),
    "national_review_days": Setting(P_("partnership", "National review"), WORKING_DAYS, 1, 250),
    "opinion_days": Setting(P_("partnership", "Time for an opinion that is asked for"), WORKING_DAYS, 1, 250),
    "opinion_months": Setting(P_("partnership", "A foreign-affairs opinion is valid for"), MONTHS, 1, 60),
    "approvals": Setting(P_("partnership", "Approvers at the national level"), PEOPLE, 1, 5),
    "validity_months": Setting(P_("partnership", "An approval is valid for"), MONTHS, 1, 60),
    "reporting_days": Setting(P_("partnership", "Time to report a signature after that"), DAYS, 0, 90),
    "return_days": Setting(P_("partnership", "Time for the answer to a return"), DAYS, 1, 365),
    "registration_days": Setting(P_("partnership", "Time for the registration after the signature"), DAYS, 1, 365),
    "lapsed_close_months": Setting(P_("partnership", "A lapsed case is closed after"), MONTHS, 1, 60),
    "renewal_days": Setting(P_("partnership", "A renewal opens before the end of the term"), DAYS, 1, 730),
    "late_renewal_months": Setting(P_("partnership", "A late renewal is possible after the end for"), MONTHS, 0, 60),
    "slows_down_days": Setting(P_("partnership", "A partnership slows down without an activity for"), DAYS, 30, 1000),
    "falls_asleep_days": Setting(
        P_("partnership", "A partnership falls asleep without an activity for"), DAYS, 30, 2000
    ),
}


def changes(before: Terms, wanted: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return what differs: setting, before, after."""
    present = asdict(before)
    return {key: (present[key], value) for key, value in wanted.items() if key in present and present[key] != value}
