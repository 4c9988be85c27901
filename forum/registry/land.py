"""The land of the world as one path: coasts alone, without any border.

``land.json`` holds rings of Natural Earth's 1:110m land (version 4.1.0, public domain), simplified, without small
islands and Antarctica, in tenths of a degree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from forum.registry.projection import Spot, project

FILE = Path(__file__).with_name("land.json")
Ring = list[tuple[float, float]]


@lru_cache(maxsize=1)
def rings() -> list[Ring]:
    """Return the coasts as closed rings of longitude and latitude, in degrees."""
    flat: list[list[int]] = json.loads(FILE.read_text("utf-8"))["rings"]
    return [[(x / 10, y / 10) for x, y in zip(ring[::2], ring[1::2], strict=True)] for ring in flat]


def steps(line: Iterable[Spot]) -> str:
    """Return a line as the steps of an SVG path: from the first spot, each next one relative, to a tenth."""
    written: list[str] = []
    before = (0, 0)
    for x, y in line:
        here = round(x * 10), round(y * 10)
        if written and here == before:
            continue
        across, down = here[0] - before[0], here[1] - before[1]
        written.append(f"{'l' if written else 'M'}{across / 10:g},{down / 10:g}")
        before = here
    return "".join(written)


@lru_cache(maxsize=1)
def land_path() -> str:
    """Return the whole land as one SVG path."""
    return "".join(steps(project(*point) for point in ring) + "z" for ring in rings())
