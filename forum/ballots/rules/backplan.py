"""The back-planned timetable 倒排计划: from the closing instant of a body to steps on working days in Beijing.

Pure: dates in, dates out.  Every step falls on a working day and never after its successor; where that is not
possible any more, the plan says so instead of pretending.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.ballots.models import StepKind
from forum.ballots.rules.terms import OfficeTerms, Template
from forum.workdays.rules.calendars import CHINA, Calendar, Footing, Region
from forum.workdays.rules.hours import local_instant
from forum.workdays.rules.reckoning import next_shared_workday, previous_shared_workday, workdays_between

BEIJING = "Asia/Shanghai"
HERE = (Region(CHINA),)
OFFICE_CLOSES = time(17, 0)
STEPS = tuple(StepKind)
CLOSE_ENOUGH = 3  # days by which a ballot may differ from a template without its offsets being stretched
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """The due day of each step, and what must be said of the plan."""

    steps: Mapping[StepKind, date]
    compressed: bool = False  # the enquiry has fewer working days than there must be
    too_short: bool = False  # the buffer before the closing can't be kept, or no working day is left at all
    provisional: bool = False  # the working days of a year aren't announced yet


def closing_instant(day: date, body: str, terms: OfficeTerms) -> tuple[datetime, str]:
    """Return the instant at which a ballot of a body closes on a day, in UTC, and the zone of that body."""
    clock, zone = terms.closing.get(body) or terms.closing["iso"]
    return local_instant(day, clock, ZoneInfo(zone)), zone


def day_in_beijing(at: datetime) -> date:
    """Return the day in Beijing at an instant."""
    return at.astimezone(ZoneInfo(BEIJING)).date()


def template_for(days: int, terms: OfficeTerms) -> tuple[int, ...]:
    """Return the five offsets and the buffer for a ballot of so many days: of the nearest length, stretched to fit."""
    nearest = min(terms.templates, key=lambda one: (abs(7 * one.weeks - days), one.weeks))
    if abs(7 * nearest.weeks - days) <= CLOSE_ENOUGH:
        return (*nearest.offsets, nearest.buffer)
    return _stretched(nearest, max(days, 0))


def _stretched(template: Template, days: int) -> tuple[int, ...]:
    length = 7 * template.weeks
    return (*(offset * days // length for offset in template.offsets), template.buffer)


def plan(
    opens_on: date,
    closes_at: datetime,
    terms: OfficeTerms,
    *,
    zone: str,
    calendar: Calendar,
    known_on: date | None = None,
    done: Mapping[StepKind, date] | None = None,
) -> Plan:
    """Return the timetable counted back from the closing instant.

    ``zone`` is that of the body, in which the day of closing is named.  ``known_on`` is the day on which the ballot
    was learned of, or is planned again.

    Steps in ``done`` stay on their day and are not planned again.
    """
    done = done or {}
    closes_on = day_in_beijing(closes_at)
    start = max(opens_on, known_on or opens_on)
    late = (start - opens_on).days > CLOSE_ENOUGH and not done
    begin = start if late else opens_on
    *offsets, buffer = template_for((closes_at.astimezone(ZoneInfo(zone)).date() - begin).days, terms)
    first = max([start, *done.values()])
    open_steps = [step for step in STEPS if step not in done]
    provisional = any(
        calendar.footing(year, HERE[0]) is not Footing.PUBLISHED for year in range(begin.year, closes_on.year + 1)
    )
    if not open_steps:
        return Plan(dict(done), provisional=provisional)
    floor = next_shared_workday(first, HERE, calendar=calendar)
    last = previous_shared_workday(last_day(closes_at), HERE, calendar=calendar)
    limit = previous_shared_workday(closes_on - buffer * _DAY, HERE, calendar=calendar)
    if floor > last:  # nothing can be done any more on a working day
        return Plan(dict(done), compressed=True, too_short=True, provisional=provisional)
    too_short = limit < floor
    cap = last if too_short else limit
    dues: dict[StepKind, date] = {}
    for step, offset in zip(STEPS, offsets, strict=True):
        if step in done:
            continue
        wanted = previous_shared_workday(begin + offset * _DAY, HERE, calendar=calendar)
        dues[step] = min(max(wanted, floor), cap)
    for earlier, later in zip(reversed(open_steps[:-1]), reversed(open_steps[1:]), strict=True):
        dues[earlier] = min(dues[earlier], dues[later])
    return Plan(
        {step: done.get(step) or dues[step] for step in STEPS},
        compressed=_compressed({**done, **dues}, terms, calendar) if StepKind.ENQUIRY not in done else False,
        too_short=too_short,
        provisional=provisional,
    )


def _compressed(dues: Mapping[StepKind, date], terms: OfficeTerms, calendar: Calendar) -> bool:
    begins, ends = dues[StepKind.TRIAGE] - _DAY, dues[StepKind.ENQUIRY]
    return workdays_between(begins, ends, HERE, calendar=calendar) < terms.min_enquiry_workdays


def last_day(closes_at: datetime) -> date:
    """Return the last day in Beijing whose office hours end before the closing instant."""
    local = closes_at.astimezone(ZoneInfo(BEIJING))
    return local.date() if local.time() > OFFICE_CLOSES else local.date() - _DAY


@dataclass(frozen=True, slots=True)
class Moved:
    """A step that is due on another day than before."""

    step: StepKind
    before: date | None
    after: date


def moved(before: Mapping[StepKind, date], after: Mapping[StepKind, date]) -> Iterable[Moved]:
    """Return the steps whose day another plan changes, in order."""
    return [
        Moved(step, before.get(step), after[step])
        for step in STEPS
        if step in after and before.get(step) != after[step]
    ]
