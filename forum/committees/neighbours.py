"""What rooms above put on the page of a committee: parts with a template of their own, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forum.committees.models import Committee
from forum.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of a page: a template and what it shows.  The room that gives it has checked what the viewer may see."""

    template: str
    facts: Mapping[str, Any]


CommitteePart = Callable[[Committee, Viewer, datetime], PagePart | None]


@dataclass(slots=True)
class Neighbours:
    """Those in place now, by their order on the page."""

    parts: dict[int, CommitteePart] = field(default_factory=dict)
    bumping: set[int] = field(default_factory=set)
    """Those that bump the revision of the standards with every public change of theirs."""

    @property
    def steady(self) -> bool:
        """Tell whether the page may be kept for visitors until that revision changes."""
        return self.bumping >= self.parts.keys()

    def shown(self, committee: Committee, who: Viewer, now: datetime) -> list[PagePart]:
        """Return the parts that have something to show to this viewer."""
        made = (part(committee, who, now) for _, part in sorted(self.parts.items()))
        return [part for part in made if part is not None]


neighbours = Neighbours()
