"""How well a P-member does its duty to vote P成员履职风险, in exact fractions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from forum.ballots.rules.terms import OfficeTerms
from forum.core.refusals import N_


class Risk(StrEnum):
    """How near the membership is to being questioned."""

    NONE = "none"
    AMBER = "amber"
    RED = "red"


RISKS: dict[str, str] = {
    "none": N_("Every vote given"),
    "amber": N_("A vote was missed"),
    "red": N_("The membership is at risk"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Mandatory ballots of one committee in a calendar year: how many were due, how many went without our vote."""

    due: int
    missed: int

    @property
    def share(self) -> Fraction:
        """The share without a vote."""
        return Fraction(self.missed, self.due) if self.due else Fraction(0)


def risk_of(duty: Duty, terms: OfficeTerms) -> Risk:
    """Return the risk: one missed vote shows at once; share and number together make it grave."""
    if duty.missed >= terms.risk_votes and duty.share >= terms.risk_share:
        return Risk.RED
    return Risk.AMBER if duty.missed else Risk.NONE
