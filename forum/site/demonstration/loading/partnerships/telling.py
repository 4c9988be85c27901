"""What is told of each arrangement: its cities, its state, and the days on which it took its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from forum.core.workflow import Transition
from forum.partnerships.models import Instrument
from forum.partnerships.states import ROW_OF, VersionState
from forum.places.models import City
from forum.registry.rules import day_of

_TALKS = ("invite", "express_interest")
_ENDORSED = (*_TALKS, "agree_text", "endorse", "endorse")
_REGISTERED = (*_ENDORSED, "approve", "record_signature", "register")
# The steps that lead from a draft to each state.
WAYS: dict[VersionState, tuple[str, ...]] = {
    VersionState.DRAFT: (),
    VersionState.INVITED: _TALKS[:1],
    VersionState.NEGOTIATING: _TALKS,
    VersionState.DECLINED: ("invite", "decline"),
    VersionState.CITY_REVIEW: _ENDORSED[:3],
    VersionState.PROVINCE_REVIEW: _ENDORSED[:4],
    VersionState.NATIONAL_REVIEW: _ENDORSED,
    VersionState.RETURNED: (*_ENDORSED[:4], "return"),
    VersionState.REJECTED: (*_ENDORSED, "reject"),
    VersionState.APPROVED: _REGISTERED[:6],
    VersionState.LAPSED: (*_REGISTERED[:6], "validity_passed"),
    VersionState.SIGNED: _REGISTERED[:7],
    VersionState.ACTIVE: _REGISTERED,
    VersionState.RENEWAL: (*_REGISTERED, "open_renewal"),
    VersionState.SUSPENDED: (*_REGISTERED, "suspend"),
    VersionState.EXPIRED: (*_REGISTERED, "term_ended"),
    VersionState.COMPLETED: (*_REGISTERED, "term_ended", "final_report"),
    VersionState.TERMINATED: (*_REGISTERED, "suspend", "terminate"),
    VersionState.WITHDRAWN: (*_TALKS, "withdraw"),
}
# Days from the step before; a term is three years.
TERM = 3 * 365
DAYS = {"term_ended": TERM, "open_renewal": TERM - 120, "suspend": 240, "terminate": 60, "final_report": 40,
        "validity_passed": 366, "express_interest": 12, "invite": 2}  # fmt: skip
USUAL = 18


@dataclass
class Told:
    """One arrangement, ready to be written."""

    state: VersionState
    cities: tuple[City, City]
    instrument: Instrument
    areas: list[str]
    theme: Mapping[str, list[str]]
    steps: list[tuple[datetime, Transition]] = field(default_factory=list)
    began: datetime = field(init=False)
    origin: str = ""

    def day_of(self, action: str) -> date | None:
        """Return the day of a step, the last one of that name."""
        return next((day_of(at) for at, row in reversed(self.steps) if row.action == action), None)


def told(line: list[Any], content: dict[str, Any], known: Mapping[str, City], now: datetime) -> Told:
    """Return what a line of the content tells, with the day of each step counted back from the present."""
    state, age, home, abroad, instrument, codes, theme = line
    made = Told(
        VersionState(state), (known[home], known[abroad]), Instrument(instrument), codes, content["themes"][theme]
    )
    at, rows, here = now - timedelta(days=age), list[Transition](), VersionState.DRAFT
    for action in WAYS[made.state]:
        rows.append(ROW_OF[here, action])
        here = VersionState(rows[-1].target)
    for row in reversed(rows):
        made.steps.insert(0, (at, row))
        at -= timedelta(days=DAYS.get(row.action, USUAL))
    made.began = at
    return made
