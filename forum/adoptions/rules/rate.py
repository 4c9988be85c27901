"""The conversion rate 转化率: how much of what is citable in a scope is taken over nationally."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a rate speaks; it is printed beside it."""

    committee_ids: frozenset[int] = frozenset()  # none: every international committee
    kinds: frozenset[str] = frozenset()  # types of deliverable; none: every type


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Rate:
    """Citable editions in a scope, and those with an identical or modified adoption in force.

    ``unconfirmed`` and ``planned`` are shown apart and never count; not equivalent ones are no adoption at all.
    """

    citable: int
    adopted: int
    unconfirmed: int = 0  # an adoption in force whose degree nobody has confirmed
    planned: int = 0
    facts_from: date | None = None  # the oldest and the newest day of the facts counted
    facts_to: date | None = None

    @property
    def share(self) -> Fraction | None:
        """Return the exact share; nothing where nothing is citable."""
        return Fraction(self.adopted, self.citable) if self.citable else None

    @property
    def percent(self) -> str:
        """Return the share in percent with one decimal, rounded half up; a dash where nothing is citable."""
        if self.share is None:
            return "–"
        tenths = (self.share * 1000 + Fraction(1, 2)).__floor__()
        return f"{tenths // 10}.{tenths % 10}"
