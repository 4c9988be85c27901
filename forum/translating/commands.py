"""The parity report as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from forum.core.bilingual import TextState
from forum.core.refusals import spoken
from forum.drafting.neighbours import Scope
from forum.translating import queries
from forum.translating.collections import COLLECTIONS
from forum.translating.queries import Unit
from forum.translating.rules import FIELDS, ORDER, STATES

_AT_ONCE = 100  # scopes that are read together


def parity_lines(slug: str | None, say: Any) -> tuple[list[str], bool] | None:
    """Return the report on one forum or on every collection, and whether no text is missing.

    Forums are reported one by one, the other collections each as a whole.  Returns None when there is no such forum.
    """
    lines: list[str] = []
    missing = 0
    for collection in COLLECTIONS.values():
        forums = collection.name == "forums"
        if slug and not forums:
            continue
        scopes = [scope for scope in collection.whole() if not slug or scope.key == slug]
        if slug and not scopes:
            return None
        for name, units in _read(collection.name, scopes, apart=forums):
            found, lacking = _told(name, units, say)
            lines += found
            missing += lacking
    return lines, not missing


def _read(name: str, scopes: Sequence[Scope], *, apart: bool) -> Iterator[tuple[str, list[Unit]]]:
    """Give the texts of some scopes under one name, or of each under its own."""
    together: list[Unit] = []
    for start in range(0, len(scopes), _AT_ONCE):
        some = scopes[start : start + _AT_ONCE]
        found = queries.units_of_all(some)
        if apart:
            yield from ((scope.key, found[scope.name]) for scope in some)
        else:
            together += [unit for units in found.values() for unit in units]
    if not apart:
        yield name, together


def _told(name: str, units: Sequence[Unit], say: Any) -> tuple[list[str], int]:
    tally = queries.whole(units)
    lines = [f"{name}: {tally.trusted} % / {tally.total}"]
    for (label, field, language), each in queries.parity_of(units).items():
        counted = ", ".join(
            f"{spoken(STATES[state], say)} {each.counts[state]}" for state in ORDER if each.counts[state]
        )
        lines.append(f"  {say(label)} · {spoken(FIELDS[field], say)} ({language}): {counted}")
    return lines, tally.counts[TextState.MISSING]
