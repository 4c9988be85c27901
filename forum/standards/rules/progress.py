"""Where a deliverable stands, for somebody who knows no codes: a line of steps, and the time at the present one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forum.committees.models import Precision
from forum.core.bilingual import Text
from forum.standards import schemes
from forum.standards.models import Scheme, Standing
from forum.standards.stages import stages


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the line: ``done``, ``now``, ``stopped`` or ``ahead``."""

    name: Text
    state: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The line of a deliverable, and its present cell in words."""

    steps: tuple[Step, ...]
    code: str
    phase: Text  # of the present cell: Enquiry, Review
    cell: Text  # the present cell in words
    standing: Standing


def progress(scheme: str, code: str, equivalent: str = "") -> Progress:
    """Return the line of progress of a code; one that the scheme doesn't know stands at no step."""
    known = schemes.find(scheme, code)
    names = schemes.steps(scheme)
    standing = known.standing if known is not None else Standing.UNDER_DEVELOPMENT
    step = known.step if known is not None else 0
    last = len(names)
    made = tuple(Step(name, _state(number, step, last, standing)) for number, name in enumerate(names, start=1))
    return Progress(made, code, _phase(scheme, code, equivalent, made), schemes.name_of(scheme, code), standing)


def _state(number: int, step: int, last: int, standing: Standing) -> str:
    if standing is Standing.DELETED:
        if step:
            return "stopped" if number == step else "done" if number < step else "ahead"
        return "ahead"
    if standing in {Standing.WITHDRAWN, Standing.UNDER_REVIEW} or (standing is Standing.PUBLISHED and not step):
        return "done"
    if number == step:
        # A published deliverable has gone all the way; nothing of its line is still to come.
        return "done" if standing is Standing.PUBLISHED and number == last else "now"
    return "done" if number < step else "ahead"


def _phase(scheme: str, code: str, equivalent: str, made: tuple[Step, ...]) -> Text:
    harmonized = code if scheme == Scheme.ISO else equivalent
    if (cell := stages().get(harmonized)) is not None:
        return cell.phase
    return next((step.name for step in made if step.state in {"now", "stopped"}), schemes.name_of(scheme, code))


@dataclass(frozen=True, slots=True)
class Span:
    """How long something lasts, in one unit: ``days``, ``weeks``, ``months`` or ``years``."""

    count: int
    unit: str


def time_at(since: date | None, precision: Precision, today: date) -> Span | None:
    """Return how long a deliverable has been at its stage, no finer than its date is known.

    Nothing where the date isn't known or lies ahead.
    """
    if since is None or since > today:
        return None
    days = (today - since).days
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    if precision is Precision.YEAR or months >= 24:
        years = today.year - since.year if precision is Precision.YEAR else months // 12
        return Span(years, "years") if years else None
    if precision is Precision.MONTH:
        whole = (today.year - since.year) * 12 + today.month - since.month
        return Span(whole, "months") if whole else None
    if days < 14:
        return Span(days, "days")
    return Span(days // 7, "weeks") if days < 7 * 52 else Span(months, "months")


def later(first: tuple[date | None, str], second: tuple[date | None, str]) -> bool:
    """Tell whether the second of two (date, code) is the present one: the latest by date, else the highest code."""
    if first[0] is not None and second[0] is not None and first[0] != second[0]:
        return second[0] > first[0]
    return second[1] >= first[1]
