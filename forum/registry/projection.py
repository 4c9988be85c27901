"""Where a place lies on the sheet, and the shortest way between two places.

The projection is Natural Earth by Tom Patterson, as a polynomial by Bojan Šavrič (2011).  The sheet is cut at
169° west, in the Bering Strait, so that no land is cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, atan2, ceil, cos, degrees, hypot, pi, radians, sin, sqrt

CENTRE = 11.0  # degrees east that stand in the middle of the sheet
WIDTH = 1000.0
NORTH, SOUTH = 84.0, -57.0  # Antarctica and the ice of the pole are left out
STEP = radians(3)  # of a great circle between two points that are drawn

LonLat = tuple[float, float]
Spot = tuple[float, float]


def turned(longitude: float) -> float:
    """Return degrees from the middle of the sheet, from -180 to under 180."""
    return (longitude - CENTRE + 180) % 360 - 180


def _raw(turned_longitude: float, latitude: float) -> Spot:
    across, up = radians(turned_longitude), radians(latitude)
    two = up * up
    four = two * two
    x = across * (0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four)))
    y = up * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))
    return x, y


_SCALE = WIDTH / (2 * _raw(180, 0)[0])
_TOP = _raw(0, NORTH)[1]
HEIGHT = float(ceil((_TOP - _raw(0, SOUTH)[1]) * _SCALE))


def placed(turned_longitude: float, latitude: float) -> Spot:
    """Return the spot on the sheet of degrees from its middle; x to the right, y downwards."""
    x, y = _raw(turned_longitude, latitude)
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE


def project(longitude: float, latitude: float) -> Spot:
    """Return the spot on the sheet of a place on Earth."""
    return placed(turned(longitude), latitude)


def great_circle(start: LonLat, end: LonLat) -> list[LonLat]:
    """Return the shortest way between two places as points of at most three degrees' distance, both ends among them.

    Between places exactly opposite each other every way is as short; the one over the north is taken.
    """
    one, two = _vector(*start), _vector(*end)
    angle = 2 * asin(min(1.0, hypot(*(a - b for a, b in zip(one, two, strict=True))) / 2))
    if angle > pi - 1e-6:
        return [*great_circle(start, (start[0], 89.99))[:-1], *great_circle((end[0], 89.99), end)]
    pieces = max(1, ceil(angle / STEP))
    way = [start]
    for piece in range(1, pieces):
        share = piece / pieces
        from_one, from_two = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x, y, z = (from_one * a + from_two * b for a, b in zip(one, two, strict=True))
        way.append((degrees(atan2(y, x)), degrees(atan2(z, sqrt(x * x + y * y)))))
    return [*way, end]


def _vector(longitude: float, latitude: float) -> tuple[float, float, float]:
    across, up = radians(longitude), radians(latitude)
    return cos(up) * cos(across), cos(up) * sin(across), sin(up)


def on_sheet(way: list[LonLat]) -> Iterator[list[Spot]]:
    """Yield a way as lines on the sheet: one, or two where it goes over the edge and comes in at the other side."""
    line: list[Spot] = []
    before: LonLat | None = None
    for longitude, latitude in way:
        here = turned(longitude), latitude
        if before is not None and abs(here[0] - before[0]) > 180:
            edge = 180.0 if before[0] > 0 else -180.0
            beyond = here[0] + 2 * edge  # the same place, counted on past the edge
            share = (edge - before[0]) / (beyond - before[0]) if beyond != before[0] else 0.0
            crossing = before[1] + share * (latitude - before[1])
            yield [*line, placed(edge, crossing)]
            line = [placed(-edge, crossing)]
        line.append(placed(*here))
        before = here
    yield line
