"""What falls due: reports, milestones, deliverables and assessments, as plain rows, and what is said of them.

Which working day a date moves to, and who is told in which language, is decided by those who remind.
Source: partnership procedure, section on dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from forum.core.bilingual import Text
from forum.core.refusals import N_, P_
from forum.reminders.rules import within_reach

REPORT_DAYS = 30  # after a visit or another activity
FINAL_REPORT_DAYS = 60  # after the end of the term
DAYS = (-14, 0, 14)  # on which somebody is told; the national office may set others for each kind


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


WORDS: dict[DueKind, tuple[str, str]] = {
    DueKind.ACTIVITY_REPORT: (
        N_("Under the partnership %(number)s the report on this activity is due by %(due)s."),
        N_("Write the report and submit it to the counterpart."),
    ),
    DueKind.ANNUAL_REPORT: (
        N_("The annual report on the partnership %(number)s is due by %(due)s."),
        N_("Write the report and submit it to the counterpart."),
    ),
    DueKind.FINAL_REPORT: (
        N_("The joint final report on the partnership %(number)s is due by %(due)s."),
        N_("Write the report and submit it to the counterpart."),
    ),
    DueKind.MILESTONE: (
        N_("Under the partnership %(number)s this milestone is to be reached by %(due)s."),
        N_("See what it still needs, and hand the evidence in."),
    ),
    DueKind.DELIVERABLE: (
        N_("Under the partnership %(number)s your side delivers this by %(due)s."),
        N_("Deliver it, or agree on another date with the other side."),
    ),
    DueKind.ASSESSMENT: (
        N_("Your side's assessment of the partnership %(number)s is asked for by %(due)s."),
        N_("Give the ten principles a mark and a reason."),
    ),
}


def reminder_kind(kind: DueKind) -> str:
    """Return the name of a kind among those of all rooms."""
    return f"cooperation_{kind}"


REMINDER_DAYS: dict[str, tuple[int, ...]] = {reminder_kind(kind): DAYS for kind in DueKind}


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


def within(rows: Iterable[Due], today: date, days: Mapping[str, tuple[int, ...]]) -> tuple[Due, ...]:
    """Return what is overdue, or near enough that somebody is told of it soon; the earliest first."""
    near = (row for row in rows if within_reach(row.due_on, days[reminder_kind(row.kind)], today))
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
