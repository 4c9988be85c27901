"""In which order standards stand in a list."""

from __future__ import annotations

import re
from datetime import date

from forum.standards.references import folded, parse

_DIGITS = re.compile(r"\d+")


def sort_key(reference: str) -> str:
    """Return a key under which editions and parts stand together, numbers in their order; never shown."""
    known = parse(reference)
    if known is None:
        return _padded(folded(reference))
    parts = (
        known.scheme,
        _padded(known.number),
        str(known.year or 9999),
        known.supplement,
        _padded(str(known.ordinal or "")),
    )
    return " ".join(part for part in parts if part)[:160]


def _padded(text: str) -> str:
    return _DIGITS.sub(lambda found: found.group().zfill(6), text)


def moved_on(stage_on: date | None, published_on: date | None, as_of: date | None) -> date:
    """Return the day by which the newest come first: of the stage, of publication, or of the source."""
    return stage_on or published_on or as_of or date.min
