"""What the desk counts: texts by their state, and how far two languages are of equal worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from forum.core.bilingual import Language, TextState
from forum.core.refusals import P_

Key = TypeVar("Key", bound=Hashable)
# What needs work most comes first.
ORDER = (TextState.MISSING, TextState.OUTDATED, TextState.MACHINE, TextState.HUMAN, TextState.REVIEWED)
STATES: dict[str, str] = {
    "missing": P_("translation", "Missing"),
    "outdated": P_("translation", "Original has changed"),
    "machine": P_("translation", "Machine draft"),
    "human": P_("translation", "Written, not reviewed"),
    "reviewed": P_("translation", "Reviewed"),
}
FIELDS: dict[str, str] = {
    "title": P_("text", "Title"),
    "theme": P_("text", "Theme"),
    "summary": P_("text", "Summary"),
    "abstract": P_("text", "Abstract"),
    "description": P_("text", "Description"),
    "placeholder": P_("text", "Stand-in"),
    "name": P_("text", "Name"),
    "body": P_("text", "Body"),
    "text": P_("text", "Description"),
    "population_source": P_("text", "Source of the population"),
}


@dataclass(slots=True)
class Tally:
    """How many texts of one kind are in which state."""

    counts: Counter[TextState] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many texts there are to be had in the other language."""
        return sum(self.counts.values())

    def percent(self, *states: TextState) -> int:
        """Return the share of some states, rounded down so that only all is a hundred; of nothing it is a hundred."""
        return 100 * sum(self.counts[state] for state in states) // self.total if self.total else 100

    @property
    def trusted(self) -> int:
        """The share in percent that a person wrote or reviewed and that is up to date."""
        return self.percent(TextState.HUMAN, TextState.REVIEWED)


@dataclass(frozen=True, slots=True)
class Gap:
    """Texts of one field without their other language, for the warning before a release."""

    field: str
    language: Language
    count: int


def tallied(found: Iterable[tuple[Key, TextState]]) -> dict[Key, Tally]:
    """Count states by a key, in the order in which the keys came."""
    made: dict[Key, Tally] = {}
    for key, state in found:
        made.setdefault(key, Tally()).counts[state] += 1
    return made
