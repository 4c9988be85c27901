"""How the clauses of a board are ordered, and what the results of two sides say together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NUMBER = re.compile(r"[0-9A-Z]{1,4}(\.[0-9A-Za-z]{1,4}){0,6}")
_SETTLED = frozenset({"partly", "met", "not_applicable"})


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a board has come."""

    clauses: int
    settled: int  # both sides have a result that stands
    different: int  # of these, where the results differ


def is_clause_number(typed: str) -> bool:
    """Tell whether something reads like the number of a clause: ``4.6.2``, ``A.3`` or ``7.1a``."""
    return bool(_NUMBER.fullmatch(typed))


def clause_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return by what clauses are ordered: 4.6.10 after 4.6.9, annexes after the numbered clauses."""
    return tuple((int(not part.isdigit()), int(part) if part.isdigit() else 0, part) for part in number.split("."))


def settled(findings: Iterable[str]) -> bool:
    """Tell whether both sides have a result that stands."""
    found = list(findings)
    return len(found) >= 2 and all(each in _SETTLED for each in found)


def differ(findings: Iterable[str]) -> bool:
    """Tell whether both sides have a result that stands, and not the same one."""
    found = list(findings)
    return settled(found) and len(set(found)) > 1


def tally(rows: Iterable[Iterable[str]]) -> Tally:
    """Return how far a board has come, from the findings of each clause."""
    found = [list(row) for row in rows]
    return Tally(len(found), sum(map(settled, found)), sum(map(differ, found)))
