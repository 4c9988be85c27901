"""Reading files for the memory: what can be taken, and what was left out with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forum.memory.operations.importing import Offered
from forum.ports.exchange import tmx
from forum.ports.exchange.errors import Fault


@dataclass(frozen=True, slots=True)
class Taken:
    """The pairs of a file, and the units that were left out."""

    pairs: Sequence[Offered]
    faults: Sequence[Fault]


def read_tmx(content: bytes) -> Taken:
    """Return the pairs of a TMX file.  Raises subclasses of ``ExchangeRefused``."""
    found = tmx.read(content)
    pairs = [
        Offered(
            unit.texts[0][0],
            unit.texts[1][0],
            unit.texts[0][1],
            unit.texts[1][1],
            unit.line,
            unit.unit_id,
            dict(unit.properties).get("x-context", ""),
        )
        for unit in found.units
    ]
    return Taken(pairs, found.faults)
