"""What the secretariat's words come to: six dispositions, proposed from a list of patterns, confirmed by a person."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from forum.core.refusals import P_


class Disposition(StrEnum):
    """What was decided about a comment 处理结果."""

    ACCEPTED = "accepted"
    IN_PRINCIPLE = "in_principle"
    PARTLY = "partly"
    NOTED = "noted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


DISPOSITIONS: dict[str, str] = {
    "accepted": P_("disposition", "Accepted"),
    "in_principle": P_("disposition", "Accepted in principle"),
    "partly": P_("disposition", "Partially accepted"),
    "noted": P_("disposition", "Noted"),
    "rejected": P_("disposition", "Rejected"),
    "withdrawn": P_("disposition", "Withdrawn"),
}


class InNext(StrEnum):
    """Whether the change is in the next draft."""

    NOT_CHECKED = "not_checked"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


IN_NEXT: dict[str, str] = {
    "not_checked": P_("in next draft", "Not checked yet"),
    "yes": P_("in next draft", "In the next draft"),
    "partly": P_("in next draft", "Partly in the next draft"),
    "no": P_("in next draft", "Not in the next draft"),
}
_WEIGHT: Mapping[Disposition, Fraction] = {
    Disposition.ACCEPTED: Fraction(1),
    Disposition.IN_PRINCIPLE: Fraction(1),
    Disposition.PARTLY: Fraction(1, 2),
    Disposition.REJECTED: Fraction(0),
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that stand for a disposition; the first of the list that is found counts."""

    words: str
    disposition: Disposition


def proposed(observation: str, patterns: Sequence[Pattern]) -> Disposition | None:
    """Return what the words of the last column probably mean, or nothing.

    A pattern is found at the beginning of the first sentence or alone in it; words in Chinese are found anywhere.
    """
    text = " ".join(unicodedata.normalize("NFKC", observation).casefold().split())
    for pattern in patterns:
        words = pattern.words.casefold()
        found = words in text if not words.isascii() else re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text)
        if found:
            return pattern.disposition
    return None


def needs_reason(disposition: Disposition) -> bool:
    """Tell whether the secretariat owes a reason: for everything but plain acceptance."""
    return disposition is not Disposition.ACCEPTED


@dataclass(frozen=True, slots=True)
class Rate:
    """How much was accepted: the weight of what was, of how many that were decided, among how many in all."""

    weight: Fraction
    decided: int
    answered: int

    @property
    def percent(self) -> int | None:
        """The rate in whole hundredths, or nothing where nothing was decided."""
        return None if not self.decided else round(self.weight * 100 / self.decided)


def rate(dispositions: Iterable[Disposition]) -> Rate:
    """Return the rate: (accepted + in principle + half of partly) of all decided; noted and withdrawn stay outside."""
    counted = Counter(dispositions)
    weight = sum((_WEIGHT[each] * counted[each] for each in _WEIGHT), Fraction(0))
    return Rate(weight, sum(counted[each] for each in _WEIGHT), counted.total())


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Share:
    """The rate of one unit, expert, committee or type."""

    of: Hashable
    rate: Rate


def rates_by(
    items: Iterable[Item], group: Callable[[Item], Hashable], disposition: Callable[[Item], Disposition]
) -> list[Share]:
    """Return the rate of each group, those with most decisions first."""
    groups: dict[Hashable, list[Disposition]] = {}
    for item in items:
        groups.setdefault(group(item), []).append(disposition(item))
    made = [Share(key, rate(found)) for key, found in groups.items()]
    return sorted(made, key=lambda share: (-share.rate.decided, str(share.of)))
