"""What this room asks of its neighbours: the text's desk, the work under an agreement, due dates, hard filters.

Texts and working days come from rooms below and are in place wherever the product runs.  A room above is put in
place when the application is put together; until then this room answers for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from forum.core.actor import Actor
from forum.partnerships.library_text import LibraryText
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty, Side
from forum.partnerships.rules.case import Hashes
from forum.partnerships.rules.dates import weekdays_after
from forum.partnerships.rules.due import REMINDED, Reminded
from forum.places.models import City
from forum.workdays.errors import NoSharedWorkday
from forum.workdays.queries import calendar, region_of
from forum.workdays.rules.calendars import Calendar
from forum.workdays.rules.reckoning import add_workdays, next_shared_workday


class TextDesk(Protocol):
    """The text of a version, in two languages."""

    def fresh_hashes(self, version: AgreementVersion) -> Hashes:
        """Return the hashes, computed anew from what the database holds now."""
        ...

    def part_hash(self, version: AgreementVersion, part: str) -> str:
        """Return the hash of a clause (``clause:scope``), or of the whole text for anything else."""
        ...

    def clauses(self, version: AgreementVersion) -> Mapping[str, str]:
        """Return the hash of each clause by its part (``clause:scope``); none where the whole is the only part."""
        ...

    def all_matched(self, version: AgreementVersion) -> bool:
        """Tell whether every clause is matched between the languages."""
        ...

    def findings_blocking(self, version: AgreementVersion, today: date) -> int:
        """Return how many findings of the check stop the text."""
        ...

    def confirm(self, version: AgreementVersion, party: PartnershipParty, *, actor: Actor, now: datetime) -> None:
        """Note that a party confirms the present text; once more is the same as once."""
        ...

    def confirmed_by_all(self, version: AgreementVersion) -> bool:
        """Tell whether every party has confirmed the present text."""
        ...

    def drafters(self, version: AgreementVersion) -> frozenset[int]:
        """Return the accounts that wrote any of it."""
        ...

    def last_day(self, version: AgreementVersion, effective_on: date) -> date | None:
        """Return the last day of the term as the text says it; None where it names no term."""
        ...

    def lock(self, version: AgreementVersion, *, today: date, actor: Actor, now: datetime) -> None:
        """Let nobody edit the text."""
        ...

    def unlock(self, version: AgreementVersion, *, actor: Actor, now: datetime) -> None:
        """Let the parties edit the text."""
        ...

    def successor(self, version: AgreementVersion, following: AgreementVersion, *, actor: Actor, now: datetime) -> None:
        """Give the following version its own copy of the text, open for editing."""
        ...


class RunningWork(Protocol):
    """The activities under an agreement."""

    def undecided(self, version: AgreementVersion, decisions: Mapping[str, str]) -> int:
        """Return how many running activities have no decision among those given."""
        ...

    def decide(
        self, version: AgreementVersion, decisions: Mapping[str, str], *, actor: Actor, now: datetime
    ) -> Mapping[str, str]:
        """Carry the decisions out, those given and those made before; return them all.  No activity is deleted."""
        ...

    def open_activities(self, version: AgreementVersion) -> int:
        """Return how many activities are open."""
        ...

    def final_report_confirmed(self, version: AgreementVersion) -> bool:
        """Tell whether there is a joint final report that the counterpart has confirmed."""
        ...

    def accept_final_report(self, version: AgreementVersion, *, actor: Actor, now: datetime) -> str:
        """Accept that report nationally; return what names it, or nothing where there is none."""
        ...


class NoWork:
    """Nothing runs under any agreement, as long as no room keeps activities."""

    def undecided(self, version: AgreementVersion, decisions: Mapping[str, str]) -> int:  # noqa: ARG002
        """Nothing is undecided."""
        return 0

    def decide(
        self,
        version: AgreementVersion,  # noqa: ARG002
        decisions: Mapping[str, str],
        *,
        actor: Actor,  # noqa: ARG002
        now: datetime,  # noqa: ARG002
    ) -> Mapping[str, str]:
        """There is nothing to carry out."""
        return dict(decisions)

    def open_activities(self, version: AgreementVersion) -> int:  # noqa: ARG002
        """Nothing is open."""
        return 0

    def final_report_confirmed(self, version: AgreementVersion) -> bool:  # noqa: ARG002
        """There is no report."""
        return False

    def accept_final_report(self, version: AgreementVersion, *, actor: Actor, now: datetime) -> str:  # noqa: ARG002
        """There is no report."""
        return ""


def due_day(day: date, working_days: int, partnership: Partnership) -> date:
    """Return the day so many working days of the reviewing side later, or the next one on which all parties work."""
    return counted_day(day, working_days, partnership, calendar())


def counted_day(day: date, working_days: int, partnership: Partnership, known: Calendar) -> date:
    """Return the same on a calendar that was read before."""
    places = {party.id: region_of(party.city) for party in partnership.parties}
    reviewing = {places[party.id] for party in partnership.parties if party.side is Side.DOMESTIC}
    try:
        due = add_workdays(day, working_days, reviewing, calendar=known)
        return next_shared_workday(due, set(places.values()), calendar=known)
    except NoSharedWorkday:
        return weekdays_after(day, working_days)


def _unfiltered(_partnership: Partnership) -> bool:
    return False


def _unmatched(_city: City, _other: City, _today: date) -> Mapping[str, Any]:
    return {}


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    text: TextDesk = field(default_factory=LibraryText)
    work: RunningWork = field(default_factory=NoWork)
    due: Callable[[date, int, Partnership], date] = due_day
    # The kinds of due dates whose days the national office sets, in the order of its page; other rooms add theirs.
    reminded: dict[str, Reminded] = field(default_factory=lambda: dict(REMINDED))
    filtered: Callable[[Partnership], bool] = _unfiltered  # hard filters beyond a block
    # What the suggestion of one city to another rests on; empty where it isn't suggested.
    match: Callable[[City, City, date], Mapping[str, Any]] = _unmatched


neighbours = Neighbours()
