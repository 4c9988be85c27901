"""The yearly blind assessment: when the two answers open, and where the sides differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from forum.cooperation.models import Principle
from forum.partnerships.models import Side
from forum.partnerships.rules.dates import over_everywhere


def opened(answered: Collection[Side], due_on: date, zones: Iterable[str], now: datetime) -> bool:
    """Tell whether each side may see the other's answer: both are in, or the last day is over for every party."""
    return set(answered) == set(Side) or over_everywhere(due_on, zones, now)


def may_see(answer: Side, reader: Side | None, *, is_open: bool) -> bool:
    """Tell whether a reader may see one side's answer; before it opens only that side may, whatever the level."""
    return is_open or answer is reader


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the two sides are apart on a principle."""

    principle: Principle
    domestic: int
    foreign: int

    @property
    def width(self) -> int:
        """The difference in marks."""
        return abs(self.domestic - self.foreign)


def gaps(domestic: Mapping[Principle, int], foreign: Mapping[Principle, int]) -> tuple[Gap, ...]:
    """Return where the sides differ, the widest gap first: the agenda of the next call."""
    both = [Gap(one, domestic[one], foreign[one]) for one in Principle if one in domestic and one in foreign]
    return tuple(sorted((gap for gap in both if gap.width), key=lambda gap: -gap.width))
