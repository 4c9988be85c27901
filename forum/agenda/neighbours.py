"""What the agenda asks of other rooms, and by default nobody answers; they are named where the site is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forum.core.bilingual import TextState
from forum.events.models import Forum


def _nowhere(_forum: Forum, _entity: str, _state: TextState) -> str:
    return ""


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    # Where somebody works on the texts of one kind that are in one state; empty for those who may not.
    worklist: Callable[[Forum, str, TextState], str] = _nowhere


neighbours = Neighbours()
