"""Terms, and when they end soon."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from forum.core.refusals import N_
from forum.offices.rules import BEIJING

# Days before the end on which somebody is told; the national office may set others for the kind.
ENDING_SOON = timedelta(days=90)
TELLING_DAYS = (-90, -30, -7, 0)
TERM_STATES: dict[str, str] = {
    "coming": N_("Begins later"),
    "running": N_("Running"),
    "soon": N_("Ends soon"),
    "over": N_("Term over"),
}


def today(now: datetime) -> date:
    """Return the day in Beijing, by which terms are counted."""
    return now.astimezone(ZoneInfo(BEIJING)).date()


def term_state(starts_on: date, ends_on: date | None, day: date) -> str:
    """Return where a term stands on a day: ``coming``, ``running``, ``soon`` (90 days or fewer left) or ``over``."""
    if ends_on is not None and ends_on < day:
        return "over"
    if starts_on > day:
        return "coming"
    return "soon" if ends_on is not None and ends_on - day <= ENDING_SOON else "running"
