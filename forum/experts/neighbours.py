"""What rooms above put on the page of an expert: comments and their fate, positions drafted; in a fixed order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from forum.committees.neighbours import PagePart
from forum.experts.models import ExpertProfile
from forum.web.viewer import Viewer

ExpertPart = Callable[[ExpertProfile, Viewer, datetime], PagePart | None]


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    parts: dict[int, ExpertPart] = field(default_factory=dict)

    def shown(self, expert: ExpertProfile, who: Viewer, now: datetime) -> list[PagePart]:
        """Return the parts that have something to show to this viewer."""
        made = (part(expert, who, now) for _, part in sorted(self.parts.items()))
        return [part for part in made if part is not None]


neighbours = Neighbours()
