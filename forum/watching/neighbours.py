"""What this room asks of its neighbours: which deliverables are adopted nationally."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

# A statement that gives the ids of the deliverables with a national adoption in force.
Adopted = Callable[[], Select[Any]]


@dataclass(slots=True)
class Neighbours:
    """Those in place now."""

    adopted: Adopted | None = None


neighbours = Neighbours()
