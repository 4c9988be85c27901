"""What this room asks of its neighbours: national adoptions, for the thread and for the evidence pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from forum.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class AdoptionFact:
    """A national standard that adopts a deliverable, as this viewer may read it."""

    standard_id: int  # the dated edition that is adopted
    reference: str  # GB/T 36749-2018
    degree: str  # a word of the catalogue; empty where it isn't confirmed
    in_force: bool
    on: date | None = None
    endpoint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


Adoptions = Callable[[Collection[int], Viewer, datetime], list[AdoptionFact]]


def _none(_standard_ids: Collection[int], _who: Viewer, _now: datetime) -> list[AdoptionFact]:
    return []


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    adoptions: Adoptions = _none


neighbours = Neighbours()
