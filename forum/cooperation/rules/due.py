"""What falls due: reports, milestones, deliverables and assessments, as plain rows.

Which working day a date moves to, and who is told in which language, is decided by those who remind.
Source: partnership procedure, section on dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from forum.core.bilingual import Text
from forum.core.refusals import P_

REPORT_DAYS = 30  # after a visit or another activity
FINAL_REPORT_DAYS = 60  # after the end of the term
AHEAD = timedelta(days=14)
BEHIND = timedelta(days=14)


class DueKind(StrEnum):
    """What is due."""

    ACTIVITY_REPORT = "activity_report"
    ANNUAL_REPORT = "annual_report"
    FINAL_REPORT = "final_report"
    MILESTONE = "milestone"
    DELIVERABLE = "deliverable"
    ASSESSMENT = "assessment"


DUE_KINDS: dict[str, str] = {
    "activity_report": P_("cooperation", "Report on an activity"),
    "annual_report": P_("cooperation", "Annual report"),
    "final_report": P_("cooperation", "Joint final report"),
    "milestone": P_("cooperation", "Milestone"),
    "deliverable": P_("cooperation", "Deliverable"),
    "assessment": P_("cooperation", "Yearly assessment"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due on a day, for certain cities."""

    kind: DueKind
    due_on: date
    partnership_id: int
    partnership_number: str
    subject: str  # "activity:<public id>", "milestone:…", "partnership:…"
    title: Text
    city_ids: tuple[int, ...]


def within(rows: Iterable[Due], today: date) -> tuple[Due, ...]:
    """Return what falls due in the days for which there are reminders, the earliest first."""
    near = (row for row in rows if today - BEHIND <= row.due_on <= today + AHEAD)
    return tuple(sorted(near, key=lambda row: (row.due_on, row.partnership_number, row.kind, row.subject)))


def report_due(last_day: date) -> date:
    """Return the day by which an activity is reported."""
    return last_day + timedelta(days=REPORT_DAYS)


def final_report_due(ended_on: date) -> date:
    """Return the day by which the joint final report is in."""
    return ended_on + timedelta(days=FINAL_REPORT_DAYS)


def annual_due(effective_on: date, today: date) -> date:
    """Return the anniversary of the effective date that is nearest to today, never the first day itself."""
    years = [_anniversary(effective_on, year) for year in (today.year - 1, today.year, today.year + 1)]
    later = [day for day in years if day > effective_on] or [_anniversary(effective_on, effective_on.year + 1)]
    return min(later, key=lambda day: abs((day - today).days))


def _anniversary(day: date, year: int) -> date:
    leap = day.month == 2 and day.day == 29
    return date(year, 2, 28) if leap and not _is_leap(year) else day.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
