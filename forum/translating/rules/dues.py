"""When an assignment is done, when it is late, and which day is suggested.  Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from forum.core.bilingual import TextState
from forum.core.refusals import P_
from forum.translating.models import Task

# Before the day on which both languages are needed: the review still has time after the translation.
AHEAD = {Task.TRANSLATE: timedelta(days=14), Task.REVIEW: timedelta(days=7)}
SOON = timedelta(days=7)
_WRITTEN = frozenset({TextState.HUMAN, TextState.REVIEWED})


class Standing(StrEnum):
    """How far an assignment is, computed from the state of its text."""

    OPEN = "open"
    WAITING = "waiting"  # for a translation that could be reviewed
    DONE = "done"


STANDINGS: dict[str, str] = {
    "open": P_("assignment", "To be done"),
    "waiting": P_("assignment", "No translation yet"),
    "done": P_("assignment", "Done"),
}


class Due(StrEnum):
    """A choice of the worklist by due date."""

    OVERDUE = "overdue"
    SOON = "soon"


DUES: dict[str, str] = {
    "overdue": P_("assignment", "Overdue"),
    "soon": P_("assignment", "Due within seven days"),
}


def standing(task: Task, state: TextState) -> Standing:
    """Return how far a task is: a translation is done when a person wrote it and it is up to date."""
    if state is TextState.REVIEWED or (task is Task.TRANSLATE and state in _WRITTEN):
        return Standing.DONE
    if task is Task.REVIEW and state is TextState.MISSING:
        return Standing.WAITING
    return Standing.OPEN


def is_overdue(due_on: date, now: Standing, today: date) -> bool:
    """Tell whether the day is over and something is still to be done."""
    return now is not Standing.DONE and due_on < today


def is_soon(due_on: date, now: Standing, today: date) -> bool:
    """Tell whether something is still to be done, today or within a week."""
    return now is not Standing.DONE and today <= due_on <= today + SOON


def suggested(needed_on: date | None, task: Task, today: date) -> date | None:
    """Return the day that is suggested where both languages are needed on a day; never one that is over."""
    if needed_on is None or needed_on < today:
        return None
    return max(needed_on - AHEAD[task], today)
