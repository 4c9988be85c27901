"""What rooms above put on the page of a standard: adoptions, ballots, the thread; in a fixed order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forum.committees.neighbours import PagePart
from forum.standards.models import Standard
from forum.web.viewer import Viewer

StandardPart = Callable[[Standard, Viewer, datetime], PagePart | None]


@dataclass(slots=True)
class Neighbours:
    """Those in place now, by their order on the page."""

    parts: dict[int, StandardPart] = field(default_factory=dict)
    bumping: set[int] = field(default_factory=set)
    """Those that bump the revision of the standards with every public change of theirs."""
    adoption_states: dict[str, str] = field(default_factory=dict)  # key -> catalogue key, offered as a filter
    adopted: Callable[[str], Any] | None = None  # from such a key to a select of the standards' ids

    @property
    def steady(self) -> bool:
        """Tell whether the page may be kept for visitors until that revision changes."""
        return self.bumping >= self.parts.keys()

    def shown(self, standard: Standard, who: Viewer, now: datetime) -> list[PagePart]:
        """Return the parts that have something to show to this viewer."""
        made = (part(standard, who, now) for _, part in sorted(self.parts.items()))
        return [part for part in made if part is not None]


neighbours = Neighbours()
