"""Reading the special days, and the calendar that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from forum.core.database import session
from forum.core.facts import SiteFact
from forum.places.models import City, Province
from forum.workdays.models import DayKind, SpecialDay
from forum.workdays.rules.calendars import CHINA, Region, WorkCalendar

REVISION = "workdays:revision"
_PUBLISHED = WorkCalendar()
_kept: tuple[str, WorkCalendar] = ("", _PUBLISHED)  # replaced as a whole, so threads see one or the other


def calendar() -> WorkCalendar:
    """Return the working days as they are known now.

    One statement asks for the revision, a random word that every correction changes; the corrections themselves
    are read only when it is new.
    """
    global _kept  # noqa: PLW0603 - what this process remembers
    revision = session.scalar(select(SiteFact.value).where(SiteFact.key == REVISION))
    if not revision:
        return _PUBLISHED
    kept, found = _kept
    if kept != revision:
        found = _read()
        _kept = (revision, found)
    return found


def _read() -> WorkCalendar:
    rows = session.execute(select(SpecialDay.country_iso2, SpecialDay.subdivision, SpecialDay.day, SpecialDay.kind))
    corrections: dict[tuple[str, str], dict[date, bool]] = {}
    for country, subdivision, day, kind in rows:
        corrections.setdefault((country, subdivision), {})[day] = kind is DayKind.WORKING
    return WorkCalendar(corrections)


def region_of(city: City | None) -> Region:
    """Return where a city's working days come from; without a city nothing is known."""
    return Region(city.country_iso2, city.province_code or "") if city is not None else Region()


def region_of_province(province: Province | str) -> Region:
    """Return where the working days of a Chinese province come from."""
    return Region(CHINA, province if isinstance(province, str) else province.code)


def special_days(country: str, year: int, *, skip: int = 0, most: int = 50) -> tuple[Sequence[SpecialDay], int]:
    """Return a page of the corrections for a country and year in the order of the calendar, and their count."""
    wanted = select(SpecialDay).where(
        SpecialDay.country_iso2 == country, SpecialDay.day >= date(year, 1, 1), SpecialDay.day <= date(year, 12, 31)
    )
    count = session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    rows = session.scalars(wanted.order_by(SpecialDay.day, SpecialDay.subdivision).offset(skip).limit(most))
    return rows.all(), count


def taken(country: str, subdivision: str, first: date, last: date) -> date | None:
    """Return the first day of a time that has an entry already."""
    return session.scalar(
        select(func.min(SpecialDay.day)).where(
            SpecialDay.country_iso2 == country,
            SpecialDay.subdivision == subdivision,
            SpecialDay.day.between(first, last),
        )
    )


def by_public_id(public_id: str) -> SpecialDay | None:
    """Return one correction."""
    return session.scalar(select(SpecialDay).where(SpecialDay.public_id == public_id))
