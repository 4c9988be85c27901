"""What the offices hold about somebody, for their own copy, and how they end with the account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.core.actor import SYSTEM
from forum.core.refusals import N_, Word
from forum.offices import operations, queries
from forum.offices.models import LINES, OFFICE_ROLES, Office

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return every office that an account holds, held or will hold."""
    return [_section(office) for office in queries.all_of(account_id)]


def _section(office: Office) -> Section:
    place = office.city or office.province
    entries: list[tuple[str, Any]] = [
        (N_("Office"), Word(OFFICE_ROLES[office.role])),
        (N_("Held for"), place.text("name").joined() if place is not None else Word(N_("The whole country"))),
        (N_("Authority"), Word(LINES[office.line]) if office.line is not None else ""),
        (N_("From"), office.starts_on.isoformat()),
        (N_("Until"), office.ends_on.isoformat() if office.ends_on else ""),
        (N_("Ended on"), office.ended_at.isoformat() if office.ended_at else ""),
    ]
    return {"title": N_("Office"), "entries": [entry for entry in entries if entry[1]]}


def erase_for(account_id: int, now: datetime) -> None:
    """End the offices of an account; that somebody held them stays, without a name."""
    for office in queries.all_of(account_id):
        operations.end(office, actor=SYSTEM, now=now)
