"""Target dates of a project and the state of its clock.

Source: ISO/IEC Directives, Part 1, 2.1.6 (tracks of 18, 24 and 36 months), 2.1.6.2 (limit dates).  The numbers are
rows with the day from which they count (``clocks.csv``, ``limits.csv``), for the Directives change every year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from forum.core.refusals import N_
from forum.standards import schemes
from forum.standards.models import Standing

# What a project has still to reach, with the first code at which it has.
TARGETS: dict[str, tuple[str, str]] = {
    "WD": (N_("Working draft"), "20.20"),
    "CD": (N_("Committee draft"), "30.00"),
    "DIS": (N_("Draft International Standard"), "40.00"),
    "FDIS": (N_("Final draft International Standard"), "50.00"),
    "IS": (N_("Publication"), "60.60"),
}
CLOCKS: dict[str, tuple[str, str]] = {
    "on_time": (N_("On time"), "good"),
    "at_risk": (N_("At risk"), "wait"),
    "late": (N_("Late"), "stop"),
    "reached": (N_("Reached"), "past"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """A date by which a stage is to be reached, and how its clock stands."""

    label: str
    due: date
    state: str  # on_time, at_risk, late, reached
    days: int  # from today; negative when it is past
    is_ours: bool  # set here by hand, not computed from the track


@cache
def limits() -> Mapping[str, tuple[tuple[date, int], ...]]:
    """Return each number of the table with the days from which its values count, the newest first."""
    made: dict[str, list[tuple[date, int]]] = {}
    for row in schemes.rows("limits.csv"):
        made.setdefault(row["name"], []).append((date.fromisoformat(row["effective_from"]), int(row["value"])))
    return {name: tuple(sorted(rows, reverse=True)) for name, rows in made.items()}


def limit(name: str, on: date) -> int:
    """Return a number of the table as it counts on a day; before the first day, the first value."""
    rows = limits()[name]
    return next((value for since, value in rows if since <= on), rows[-1][1])


@cache
def _months() -> tuple[tuple[date, str, str, int], ...]:
    return tuple(
        (date.fromisoformat(row["effective_from"]), row["track"], row["label"], int(row["months"]))
        for row in schemes.rows("clocks.csv")
    )


def computed(track: str, registered: date | None) -> dict[str, date]:
    """Return the limit dates of a track, counted from the registration by the table of that day."""
    if registered is None or not track:
        return {}
    since = max((day for day, *_ in _months() if day <= registered), default=min(day for day, *_ in _months()))
    return {
        label: _after(registered, months) for day, name, label, months in _months() if day == since and name == track
    }


def targets(
    given: Mapping[str, str],
    counted: Mapping[str, date],
    code: str,
    standing: Standing,
    today: date,
) -> list[Target]:
    """Return the targets of a project in their order; of one that is deleted there are none."""
    if standing is Standing.DELETED:
        return []
    made = []
    near = timedelta(days=limit("at_risk", today))
    for label, (_word, reached_at) in TARGETS.items():
        own = _day(given.get(label, ""))
        due = own or counted.get(label)
        if due is None:
            continue
        if code and code >= reached_at:
            state = "reached"
        elif due < today:
            state = "late"
        else:
            state = "at_risk" if due - today <= near else "on_time"
        made.append(Target(label, due, state, (due - today).days, is_ours=own is not None))
    return made


def clock(found: list[Target]) -> str:
    """Return the state of the whole clock: that of the next target, or nothing where none is left."""
    return next((target.state for target in found if target.state != "reached"), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))
