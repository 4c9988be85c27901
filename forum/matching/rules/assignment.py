"""The other way to choose: the best total, one partner for each city, at the price of pairs that prefer each other.

The Hungarian method with shortest paths (Kuhn 1955, Jonker and Volgenant 1987), in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forum.matching.rules.pairing import Pair

_FAR = 1 << 60


def best_total(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs with the highest total score such that no city stands in two of them.

    Only pairs that are given can be chosen; hand in those from the floor upwards, each joining the two sides.
    """
    given = list(pairs)
    sides = _sides(given)
    if not given or sides is None:
        return []
    rows, columns = sides
    if len(rows) > len(columns):
        rows, columns = columns, rows
    row_at = {city: at for at, city in enumerate(rows)}
    column_at = {city: at for at, city in enumerate(columns)}
    costs = [[0] * len(columns) for _ in rows]
    known: dict[tuple[int, int], Pair] = {}
    for pair in given:
        row, column = (pair.first, pair.second) if pair.first in row_at else (pair.second, pair.first)
        at = row_at[row], column_at[column]
        costs[at[0]][at[1]] = -pair.score
        known[at] = pair
    chosen = [known[row, column] for row, column in enumerate(_assign(costs)) if (row, column) in known]
    return sorted(chosen, key=lambda pair: pair.order)


def _sides(pairs: Sequence[Pair]) -> tuple[list[int], list[int]] | None:
    """Divide the cities into two sides such that each pair joins one with the other; None if that can't be."""
    neighbours: dict[int, list[int]] = {}
    for pair in pairs:
        neighbours.setdefault(pair.first, []).append(pair.second)
        neighbours.setdefault(pair.second, []).append(pair.first)
    side: dict[int, bool] = {}
    for start in sorted(neighbours):
        waiting = [] if start in side else [start]
        side.setdefault(start, True)
        while waiting:
            city = waiting.pop()
            for other in neighbours[city]:
                if other not in side:
                    side[other] = not side[city]
                    waiting.append(other)
                elif side[other] == side[city]:
                    return None
    return sorted(c for c in side if side[c]), sorted(c for c in side if not side[c])


def _assign(costs: list[list[int]]) -> list[int]:
    """Return the column of each row with the least total cost; there are at least as many columns as rows."""
    width = len(costs[0])
    row_price = [0] * (len(costs) + 1)
    column_price = [0] * (width + 1)
    owner = [0] * (width + 1)  # the row, from 1, that holds a column, from 1
    for row in range(1, len(costs) + 1):
        owner[0], column = row, 0
        nearest, came_from, done = [_FAR] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while owner[column]:
            done[column] = True
            column = _step(costs, row_price, column_price, owner, (nearest, came_from, done), column)
        while column:
            before = came_from[column]
            owner[column], column = owner[before], before
    chosen = [0] * len(costs)
    for column in range(1, width + 1):
        if owner[column]:
            chosen[owner[column] - 1] = column - 1
    return chosen


def _step(
    costs: list[list[int]],
    row_price: list[int],
    column_price: list[int],
    owner: list[int],
    search: tuple[list[int], list[int], list[bool]],
    column: int,
) -> int:
    """Go on to the nearest column that wasn't reached yet, moving the prices along."""
    nearest, came_from, done = search
    row = owner[column]
    line, price = costs[row - 1], row_price[row]
    least, following = _FAR, 0
    for other in range(1, len(column_price)):
        if done[other]:
            continue
        reach = line[other - 1] - price - column_price[other]
        if reach < nearest[other]:
            nearest[other], came_from[other] = reach, column
        if nearest[other] < least:
            least, following = nearest[other], other
    for other in range(len(column_price)):
        if done[other]:
            row_price[owner[other]] += least
            column_price[other] -= least
        else:
            nearest[other] -= least
    return following
