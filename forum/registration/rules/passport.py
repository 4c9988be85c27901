"""Names as in the machine-readable zone of a passport, and what makes a passport number or a date sound.

Source: ICAO Doc 9303, parts 3 and 4: A to Z only, 39 characters for both names with their fillers.
"""

from __future__ import annotations

import re
from datetime import date

_NAME = re.compile(r"[A-Z](?:[A-Z]|[ '\-](?=[A-Z]))*\Z")
_NUMBER = re.compile(r"[A-Z0-9]{5,12}\Z")
# The year first leaves no doubt which number is the month: 1980-05-31, 1980/5/31, 1980.5.31, 1980年5月31日.
_DATE = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?\Z", re.ASCII)
LONGEST = 39


def as_printed(text: str) -> str:
    """Return a name as the zone prints it: capitals, single blanks; the spelling stays the passport's own."""
    return " ".join(text.upper().split())


def name_is_sound(text: str) -> bool:
    """Tell whether a name could stand in the zone; an empty one may, for people with a single name."""
    return not text or (len(text) <= LONGEST and bool(_NAME.match(text)))


def number_as_printed(text: str) -> str:
    """Return a passport number without blanks and hyphens, in capitals."""
    return re.sub(r"[\s\-]+", "", text).upper()


def number_is_sound(text: str) -> bool:
    """Tell whether a text could be the number of a passport."""
    return bool(_NUMBER.match(text))


def birth_date(text: str, today: date) -> date | None:
    """Return the date of birth written with the year first, or None when nobody alive could have it."""
    found = _DATE.match(text)
    if found is None:
        return None
    try:
        born = date(*(int(number) for number in found.groups()))
    except ValueError:
        return None
    return born if date(today.year - 120, 1, 1) <= born < today else None
