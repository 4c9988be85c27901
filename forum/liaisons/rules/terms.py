"""The numbers of this room, as they hold on a day; a table with a date may say otherwise.

Source: ISO/IEC Directives, Part 1, 1.17.1 (review every two years); the other numbers are the house's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

LEAST_MOST: dict[str, tuple[int, int]] = {
    "review_years": (1, 10),
    "internal_days": (0, 60),
    "weeks_overdue": (0, 16),
}
MOST_DAYS = 8  # days of reminding before a date; with the weeks after it they stay below what one due date may have


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds now: years between reviews, days before a deadline, days of reminding."""

    review_years: int = 2
    internal_days: int = 7  # the answer is due here so long before it is due there
    reminder_days: tuple[int, ...] = (14, 7, 4, 3, 2, 1, 0)
    weeks_overdue: int = 16  # told weekly for so long
    review_days: tuple[int, ...] = (180, 90, 30)
    closing_time: str = "23:59"  # of a deadline without a time
    closing_zone: str = "Europe/Zurich"

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Terms:
        """Return the terms as they are kept; what isn't named has its default."""
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return cls(**{name: value for name, value in known.items() if name in cls.__dataclass_fields__})

    def kept(self) -> dict[str, Any]:
        """Return the terms as JSON keeps them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @property
    def obligation_offsets(self) -> tuple[int, ...]:
        """Days on which the owner is told: before the date, then weekly."""
        before = sorted({-day for day in self.reminder_days})
        return (*before, *(7 * week for week in range(1, self.weeks_overdue + 1)))

    @property
    def review_offsets(self) -> tuple[int, ...]:
        """Days before a review on which those who keep a relation are told."""
        return tuple(sorted({-day for day in self.review_days}))
