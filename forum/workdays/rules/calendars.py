"""Which days are worked where: what governments published, and above it what the office knows better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Protocol

from forum.core.refusals import N_

CHINA = "CN"
SATURDAY = 5
_CACHED_YEARS = 512  # a year of one place: at most some hundred dates


@dataclass(frozen=True, slots=True)
class Region:
    """A place with working days of its own: ISO 3166-1 alpha-2, and the province or state where it matters.

    Chinese provinces go by GB/T 2260 (``330000``), those of other countries by the part of ISO 3166-2 after the
    hyphen (``BY``).  An empty country is a place that nothing is known of.
    """

    country: str = ""
    subdivision: str = ""


class Footing(StrEnum):
    """What the working days of a year rest on."""

    PUBLISHED = "published"
    NOT_ANNOUNCED = "not_announced"
    UNKNOWN = "unknown"


FOOTINGS: dict[str, str] = {
    "published": N_("Working days as published"),
    "not_announced": N_("Working days not yet announced: Monday to Friday is assumed"),
    "unknown": N_("The holidays of this place are not known here: Monday to Friday is assumed"),
}


class Calendar(Protocol):
    """Whoever can tell working days."""

    def is_workday(self, day: date, region: Region) -> bool:
        """Tell whether offices of a place work on a day."""

    def footing(self, year: int, region: Region) -> Footing:
        """Tell what the answer for that year rests on."""


Corrections = Mapping[tuple[str, str], Mapping[date, bool]]  # (country, subdivision) -> day -> worked?


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The published calendars, with the office's own corrections above them.

    A correction for a province or state comes before one for the whole country.
    """

    corrections: Corrections = field(default_factory=dict)

    def is_workday(self, day: date, region: Region) -> bool:
        """Tell whether offices of a place work on a day."""
        for key in ((region.country, region.subdivision), (region.country, "")):
            known = self.corrections.get(key, {}).get(day)
            if known is not None:
                return known
        return published_workday(day, region)

    def footing(self, year: int, region: Region) -> Footing:
        """Tell what the answer for that year rests on.

        Nobody can know a day on which a weekend is worked before it was announced: a year of China in which the
        office has entered one is an announced year, even before the package knows it.
        """
        found = published_footing(year, region)
        if found is Footing.NOT_ANNOUNCED:
            entered = self.corrections.get((region.country, ""), {})
            if any(worked and day.year == year and day.weekday() >= SATURDAY for day, worked in entered.items()):
                return Footing.PUBLISHED
        return found


def announced(calendar: Calendar, year: int, region: Region) -> bool:
    """Tell whether the working days of that year are more than Monday to Friday."""
    return calendar.footing(year, region) is Footing.PUBLISHED


def published_workday(day: date, region: Region) -> bool:
    """Tell whether a day is worked by what was published; Monday to Friday where nothing was."""
    exceptions = _exceptions(region.country, region.subdivision, day.year)
    usual = day.weekday() < SATURDAY
    return usual if exceptions is None else usual != (day in exceptions)


def published_footing(year: int, region: Region) -> Footing:
    """Tell what is published of a year."""
    if _exceptions(region.country, region.subdivision, year) is not None:
        return Footing.PUBLISHED
    return Footing.NOT_ANNOUNCED if region.country == CHINA else Footing.UNKNOWN


@lru_cache(maxsize=_CACHED_YEARS)
def _exceptions(country: str, subdivision: str, year: int) -> frozenset[date] | None:
    """Return the days of a year that are not what Monday to Friday would say; None when nothing is published."""
    if not country:
        return None
    return _of_china(year) if country == CHINA else _elsewhere(country, subdivision, year)


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year, 12, 31) - first).days + 1)]


def _of_china(year: int) -> frozenset[date] | None:
    """The State Council's arrangement: holidays, and the weekends that are worked in exchange."""
    import chinese_calendar  # noqa: PLC0415 - the first page must not wait for it
    from chinese_calendar.constants import holidays as known  # noqa: PLC0415

    if not any(day.year == year for day in known):
        return None
    return frozenset(day for day in _days_of(year) if chinese_calendar.is_workday(day) != (day.weekday() < SATURDAY))


def _elsewhere(country: str, subdivision: str, year: int) -> frozenset[date] | None:
    """The public holidays and the weekend of another country, each of that year."""
    import holidays  # noqa: PLC0415 - the first page must not wait for it

    try:
        known = holidays.country_holidays(country)
    except (NotImplementedError, KeyError, ValueError):
        return None
    if not known.start_year <= year <= known.end_year:
        return None
    part = subdivision if subdivision in known.subdivisions else None
    dated = holidays.country_holidays(country, subdiv=part, years=year)
    return frozenset(day for day in _days_of(year) if dated.is_working_day(day) != (day.weekday() < SATURDAY))


@dataclass(frozen=True, slots=True)
class WorkYear:
    """A year as an office sees it: the days of its week, and what departs from them."""

    week: tuple[int, ...]  # 0 is Monday
    closed: tuple[tuple[date, date], ...]  # first and last day of each holiday, with the weekends that join it
    worked: tuple[date, ...]  # days worked although the week would leave them free


def year_of(calendar: Calendar, year: int, region: Region) -> WorkYear:
    """Return a year of a place; a weekday belongs to the week when most of its days are worked."""
    days = _days_of(year)
    worked = {day for day in days if calendar.is_workday(day, region)}
    week = tuple(n for n in range(7) if 2 * sum(day.weekday() == n for day in worked) > len(days) // 7)
    free = (list(run) for is_worked, run in groupby(days, lambda day: day in worked) if not is_worked)
    closed = tuple((run[0], run[-1]) for run in free if any(day.weekday() in week for day in run))
    return WorkYear(week, closed, tuple(sorted(day for day in worked if day.weekday() not in week)))
