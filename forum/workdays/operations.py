"""Entering and removing special days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.facts import SiteFact
from forum.core.identifiers import public_id
from forum.core.text import clean_line
from forum.workdays import queries
from forum.workdays.errors import DaysReversed, DayTaken, ProvinceElsewhere, TooManyDays
from forum.workdays.models import DayKind, SpecialDay
from forum.workdays.rules.calendars import CHINA, Region

MOST = 31  # days at once: the longest holidays last two weeks


@dataclass(frozen=True, slots=True)
class Special:
    """What is to be entered: one day or several in a row, for a country or a province."""

    region: Region
    first_day: date
    last_day: date
    kind: DayKind
    name: Text


def enter(special: Special, *, actor: Actor, now: datetime) -> list[SpecialDay]:
    """Enter special days.

    Raises ``DaysReversed``, ``TooManyDays``, ``ProvinceElsewhere``, or ``DayTaken`` with the first day that has
    an entry; then none is entered.
    """
    region, first, last = special.region, special.first_day, special.last_day
    if last < first:
        raise DaysReversed
    if (last - first).days >= MOST:
        raise TooManyDays(most=MOST)
    if region.subdivision and region.country != CHINA:
        raise ProvinceElsewhere
    made = [
        SpecialDay(
            country_iso2=region.country,
            subdivision=region.subdivision,
            day=first + timedelta(days=number),
            kind=special.kind,
            name_en=clean_line(special.name.en),
            name_zh=clean_line(special.name.zh),
        )
        for number in range((last - first).days + 1)
    ]
    try:
        with session.begin_nested():
            session.add_all(made)
    except IntegrityError as twice:
        day = queries.taken(region.country, region.subdivision, first, last) or first
        raise DayTaken(day=day.isoformat()) from twice
    _changed()
    for each in made:
        _note("enter", each, actor=actor, now=now)
    return made


def remove(special: SpecialDay, *, actor: Actor, now: datetime) -> None:
    """Remove a special day: what was published counts again."""
    session.delete(special)
    session.flush()
    _changed()
    _note("remove", special, actor=actor, now=now)


def _note(action: str, special: SpecialDay, *, actor: Actor, now: datetime) -> None:
    record(
        actor,
        action,
        "special_day",
        special.public_id,
        now=now,
        country=special.country_iso2,
        subdivision=special.subdivision,
        day=special.day.isoformat(),
        worked=special.kind is DayKind.WORKING,
    )


def _changed() -> None:
    """Give the calendar a new revision; two who change it at once wait for one another here."""
    revision = public_id()
    upsert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(SiteFact)
    session.execute(
        upsert.values(key=queries.REVISION, value=revision).on_conflict_do_update(
            index_elements=["key"], set_={"value": revision}
        )
    )
