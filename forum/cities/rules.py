"""How old a profile is, whether a certificate holds, and what the number of a standard looks like; all pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from forum.cities.areas import areas
from forum.cities.errors import AreaTwice, TooManyAreas, TooManyReferences, UnclearReference, UnknownArea
from forum.core.text import clean_line, fold

MOST_AREAS = 5
MOST_REFERENCES = 12
STALE_AFTER_MONTHS = 12
AGEING = timedelta(days=90)

Freshness = Literal["fresh", "stale", "never"]
CertificateState = Literal["valid", "ageing", "expired"]

# Letters of the publisher, perhaps with a stroke (GB/T, ISO/IEC TS, DB33/T, T/CAS), then the number with its parts
# and perhaps the year.  Width, case and kinds of dashes are folded before.
_REFERENCE = re.compile(
    r"[A-Z][A-Z0-9]{0,7}(?:[/-][A-Z]{1,8}){0,3}(?: [A-Z]{1,8}){0,3}"
    r"[ -]?(?:[A-Z]\.)?\d{1,6}(?:[.-]\d{1,4}){0,3}(?: ?[:-] ?\d{4}){0,2}(?:/?[A-Z]{1,4} ?\d{1,2}(?::\d{4})?)?"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_BETWEEN = re.compile(r"[\n,;，；、]+")
_LONGEST = 60


def stale_since(confirmed_on: date) -> date:
    """Return the day from which a profile confirmed on that day counts as stale."""
    try:
        return confirmed_on.replace(year=confirmed_on.year + 1)
    except ValueError:  # 29 February
        return date(confirmed_on.year + 1, 3, 1)


def fresh_from(today: date) -> date:
    """Return the earliest day of confirmation that isn't stale today."""
    try:
        return today.replace(year=today.year - 1) + timedelta(days=1)
    except ValueError:
        return date(today.year - 1, 3, 1)


def freshness(confirmed_on: date | None, today: date) -> Freshness:
    """Tell how far a profile can be relied on: it is stale twelve months after it was confirmed."""
    if confirmed_on is None:
        return "never"
    return "stale" if today >= stale_since(confirmed_on) else "fresh"


def certificate_state(valid_until: date, today: date) -> CertificateState:
    """Tell whether a certificate holds; its last day is still valid, and in its last 90 days it is ageing."""
    if today > valid_until:
        return "expired"
    return "ageing" if valid_until - today < AGEING else "valid"


def runs(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """Tell whether something has begun and isn't over."""
    return (starts_on is None or starts_on <= today) and (ends_on is None or today <= ends_on)


def ranked(codes: Iterable[str]) -> list[str]:
    """Return the ranked focus areas without gaps; raise ``AreaTwice``, ``TooManyAreas`` or ``UnknownArea``."""
    chosen = [code for code in codes if code]
    if len(set(chosen)) < len(chosen):
        raise AreaTwice
    if len(chosen) > MOST_AREAS:
        raise TooManyAreas
    for code in chosen:
        known_area(code, field="focus_1")
    return chosen


def known_area(code: str, *, field: str = "area") -> str:
    """Return the code of an area; raise ``UnknownArea``."""
    if code not in areas():
        raise UnknownArea(field=field)
    return code


def is_reference(reference: str) -> bool:
    """Tell whether a text looks like the number of a standard, however it was typed."""
    plain = " ".join(unicodedata.normalize("NFKC", reference).translate(_DASHES).upper().split())
    return len(plain) <= _LONGEST and _REFERENCE.fullmatch(plain) is not None


def references(typed: str) -> list[str]:
    """Return the numbers of standards in a text, as they were typed, each once.

    They stand on lines of their own or between commas, in either width.  Raises ``UnclearReference`` and
    ``TooManyReferences``.
    """
    found: dict[str, str] = {}
    for part in _BETWEEN.split(typed):
        if reference := clean_line(part):
            if not is_reference(reference):
                raise UnclearReference(reference=reference[:_LONGEST])
            found.setdefault(fold(reference), reference)
    if len(found) > MOST_REFERENCES:
        raise TooManyReferences
    return list(found.values())


def slug_of(name: str) -> str:
    """Return a name as part of an address: small Latin letters, digits and hyphens."""
    folded = fold(name).replace("’", "").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:50] or "city"


def first_free(wanted: str, more: Sequence[str], taken: frozenset[str]) -> str:
    """Return the first address that is free: the plain one, with more words, then with a number."""
    longer = [wanted, *(f"{wanted}-{word}" for word in more if word)]
    for candidate in longer:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
