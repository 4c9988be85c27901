"""The worklist as the address asks for it: by state, kind, who has a text and when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from forum.drafting.neighbours import Scope
from forum.translating import queries
from forum.translating.models import TextAssignment
from forum.translating.operations.assigning import today_of
from forum.translating.queries import assignments
from forum.translating.queries.assignments import Assigned, Entry
from forum.translating.rules import STATES
from forum.translating.rules.dues import DUES, Due
from forum.translating.views.blueprint import PAGE
from forum.web.viewer import now, viewer

ME, NOBODY = "me", "nobody"
TICKED, THIS_PAGE, FOUND = "ticked", "page", "found"
LONGEST = 40  # of a value in the address


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for; empty means all."""

    state: str = ""
    kind: str = ""
    who: str = ""  # ``me``, ``nobody`` or the public id of an account
    due: str = ""

    @classmethod
    def asked(cls, args: MultiDict[str, str]) -> Filters:
        """Return what an address asks for; what nobody offers counts as nothing."""
        state, due = args.get("state", ""), args.get("due", "")
        return cls(
            state if state in STATES else "",
            args.get("kind", "")[:LONGEST],
            args.get("who", "")[:LONGEST],
            due if due in DUES else "",
        )

    @property
    def kept(self) -> dict[str, Any]:
        """What an address carries on."""
        pairs = (("state", self.state), ("kind", self.kind), ("who", self.who), ("due", self.due))
        return {name: value for name, value in pairs if value}

    def chosen(self, entries: Iterable[Entry], me: str) -> list[Entry]:
        """Return the entries that fit; ``me`` is the public id of the reader's account."""
        return [entry for entry in entries if self._fits(entry, me)]

    def _fits(self, entry: Entry, me: str) -> bool:
        unit = entry.unit
        if (self.state and unit.state != self.state) or (self.kind and unit.source.entity != self.kind):
            return False
        if self.who == NOBODY:
            return not entry.assigned and not self.due
        mine = [each for each in entry.assigned if self._of_whom(each, me)]
        if self.who and not mine:
            return False
        return not self.due or any(self._is_due(each) for each in mine)

    def _of_whom(self, each: Assigned, me: str) -> bool:
        return not self.who or each.row.account.public_id == (me if self.who == ME else self.who)

    def _is_due(self, each: Assigned) -> bool:
        return each.is_overdue if self.due == Due.OVERDUE else each.is_soon


@dataclass(frozen=True, slots=True)
class Worklist:
    """Every text of a scope with who has it, and those that fit what was asked for."""

    entries: Sequence[Entry]
    rows: Sequence[TextAssignment]
    filters: Filters
    found: Sequence[Entry]

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-len(self.found) // PAGE))

    @property
    def number(self) -> int:
        """The number of the page that was asked for."""
        return min(max(request.args.get("page", default=1, type=int) or 1, 1), self.last)

    @property
    def page(self) -> Sequence[Entry]:
        """The entries of that page."""
        return self.found[(self.number - 1) * PAGE : self.number * PAGE]

    def selected(self) -> Sequence[Entry]:
        """Return what the address selects: those ticked, all of its page, or all that were found."""
        which = request.args.get("which", TICKED)
        if which == FOUND:
            return self.found
        if which == THIS_PAGE:
            return self.page
        ticked = frozenset(request.args.getlist("text"))
        return [entry for entry in self.entries if entry.token in ticked]


def worklist(scope: Scope) -> Worklist:
    """Return the worklist of a scope as the address asks for it: one statement more than its texts need."""
    rows = assignments.of_scope(scope)
    entries = assignments.entries_of(queries.units_of(scope), rows, today_of(now()))
    filters = Filters.asked(request.args)
    return Worklist(entries, rows, filters, filters.chosen(entries, viewer().public_id))


def query_kept() -> dict[str, Any]:
    """Return what the address selects, to be carried on by the next one."""
    kept = Filters.asked(request.args).kept
    which = request.args.get("which", "")
    if which in {THIS_PAGE, FOUND}:
        kept["which"] = which
        number = request.args.get("page", type=int)
        return kept | ({"page": number} if number and which == THIS_PAGE else {})
    ticked = request.args.getlist("text")
    return kept | ({"which": TICKED, "text": ticked} if ticked else {})
