"""What a check found: the rule, how grave it is, which cell, one sentence, and the fix where there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from forum.comments.rules.template import COLUMN_NAMES
from forum.core.refusals import N_


class Level(StrEnum):
    """How grave a finding is."""

    REJECT = "reject"  # the receiving secretariat would send the file back
    FIX = "fix"  # wrong, and the product knows the right value
    WARN = "warn"
    INFO = "info"


LEVELS: dict[str, str] = {
    "reject": N_("Would be rejected"),
    "fix": N_("Can be put right"),
    "warn": N_("To be looked at"),
    "info": N_("To know"),
}
_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``row`` counts the comments from 1, ``column`` from 1 to 8."""

    rule: str  # PF-01 …
    level: Level
    sentence: str  # catalogue key
    row: int | None = None
    column: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    fix: str | None = None  # the value that would be right
    code: str = ""  # of the comment, where it has one

    def say(self, translate: Callable[[str], str]) -> str:
        """Return the sentence through a gettext function."""
        sentence = translate(self.sentence)
        return sentence % self.facts if self.facts else sentence

    def place(self, translate: Callable[[str], str]) -> str:
        """Return which cell it is, in words: row, column and the column's name."""
        if self.row is None and self.column is None:
            return translate(N_("The whole file"))
        if self.column is None:
            return translate(N_("Row %(row)s")) % {"row": self.row}
        facts = {"row": self.row, "column": self.column, "name": translate(COLUMN_NAMES[self.column - 1])}
        if self.row is None:
            return translate(N_("Column %(column)s (%(name)s)")) % facts
        return translate(N_("Row %(row)s, column %(column)s (%(name)s)")) % facts


def gravest_first(findings: list[Finding]) -> list[Finding]:
    """Return findings by gravity, then by their place in the table."""
    return sorted(findings, key=lambda each: (_ORDER.index(each.level), each.row or 0, each.column or 0, each.rule))


def is_rejected(findings: list[Finding]) -> bool:
    """Tell whether any finding would have the file sent back."""
    return any(each.level is Level.REJECT for each in findings)
