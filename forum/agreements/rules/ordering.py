"""Where clauses stand: which of them never move, and what two that change places are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A text begins with what it is for and ends with the hands under it.
FIXED = frozenset({"purpose", "signature"})


@dataclass(frozen=True, slots=True)
class Place:
    """A clause and the number that it is sorted by; equal numbers stand as they were added."""

    key: str
    order: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The clauses before and after one, as far as it may change places with them."""

    before: str = ""
    after: str = ""


def neighbours_of(key: str, keys: Sequence[str]) -> Neighbours:
    """Return with which clauses one may change places."""
    if key in FIXED or key not in keys:
        return Neighbours()
    at = keys.index(key)
    before, after = keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""
    return Neighbours(before if before not in FIXED else "", after if after not in FIXED else "")


def exchanged(standing: Sequence[Place], one: str, other: str) -> dict[str, int]:
    """Return new numbers for all clauses, so that two of them have changed places and every number is another."""
    swap = {one: other, other: one}
    keys = [swap.get(place.key, place.key) for place in standing]
    found: dict[str, int] = {}
    last = -1
    for key, place in zip(keys, standing, strict=True):
        last = max(last + 1, place.order)
        found[key] = last
    return found
