"""What this room asks of its neighbours: national adoptions, and what a stage is called in its publisher's scheme."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from forum.core.bilingual import Text
from forum.standards.stages import stages
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
    precision: str = "day"  # of ``on``: a year that is known alone is never shown as a day


@dataclass(frozen=True, slots=True)
class StageFact:
    """A stage in words, with its harmonised code where one is known."""

    name: Text
    equivalent: str = ""


# A code of a publisher's own scheme, of which nobody has said what it means; no page shows a bare code.
UNNAMED = StageFact(Text("A stage of its publisher’s own scheme", "发布机构自有的阶段"))
Stages = Callable[[str, str], StageFact | None]
Adoptions = Callable[[Collection[int], Viewer, datetime], list[AdoptionFact]]


def _none(_standard_ids: Collection[int], _who: Viewer, _now: datetime) -> list[AdoptionFact]:
    return []


def _harmonised(_scheme: str, code: str) -> StageFact | None:
    cell = stages().get(code)
    return StageFact(cell.name, code) if cell is not None else None


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    adoptions: Adoptions = _none
    stages: Stages = _harmonised  # by scheme and code

    def stage(self, scheme: str, code: str) -> StageFact:
        """Return what a stage is called."""
        return self.stages(scheme, code) or UNNAMED


neighbours = Neighbours()
