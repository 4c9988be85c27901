"""What a degree demands of the table of differences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forum.adoptions.models import Degree


@dataclass(frozen=True, slots=True)
class Technical:
    """A technical difference as the rule sees it."""

    clause: str
    reasoned: bool


def unreasoned(rows: Iterable[Technical]) -> tuple[str, ...]:
    """Return the clauses whose technical difference has no reason."""
    return tuple(row.clause for row in rows if not row.reasoned)


def fits(degree: Degree | None, rows: Iterable[Technical]) -> bool:
    """Tell whether a degree goes with these technical differences: none for identical, all reasoned for modified."""
    known = tuple(rows)
    if degree is Degree.IDT:
        return not known
    if degree is Degree.MOD:
        return bool(known) and not unreasoned(known)
    return True
