"""Single values of published records, each read by its own rule.

Source: ISO Open Data, files of deliverables and committees.
"""

from __future__ import annotations

import re
from datetime import date

from forum.committees.models import Precision
from forum.core.refusals import N_
from forum.core.text import clean_line
from forum.standards.published import Unreadable
from forum.standards.stages import code_of

LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
ICS = re.compile(r"\d{2}(?:\.\d{3}(?:\.\d{2})?)?", re.ASCII)
KIND = re.compile(r"[A-Za-z][A-Za-z ./-]{0,38}", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.Z+-]*)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,10}", re.ASCII)
LONGEST_TITLE = 2_000
LONGEST_REFERENCE = 150

NO_ID = N_("The row has no number.")
NOT_A_NUMBER = N_("This is not a whole number in the expected range.")
NOT_A_DAY = N_("This is not a date.")
NO_STAGE = N_("There is no such stage code.")
NO_REFERENCE = N_("The row has no reference.")
TOO_LONG = N_("The text is too long.")
NOT_A_TEXT = N_("This is not a text.")
UNKNOWN_KIND = N_("This is not a kind of deliverable.")
UNKNOWN_SUPPLEMENT = N_("A supplement is an amendment (Amd) or a corrigendum (Cor).")


def whole(value: object, field: str, *, least: int = 0, most: int = 2**31 - 1) -> int | None:
    """Return a whole number, or nothing for an empty value.  Raises ``Unreadable``."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            raise Unreadable(NOT_A_NUMBER, field, text[:100])
        value = int(text)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Unreadable(NOT_A_NUMBER, field, str(value)[:100])
    return value


def identified(value: object) -> int:
    """Return the publisher's id.  Raises ``Unreadable``."""
    found = whole(value, "id", least=1)
    if found is None:
        raise Unreadable(NO_ID, "id")
    return found


def line_of(value: object, field: str, limit: int) -> str:
    """Return a text as one line; nothing for null.  Raises ``Unreadable``."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(NOT_A_TEXT, field, str(value)[:100])
    if len(value) > limit * 4:
        raise Unreadable(TOO_LONG, field, value[:100])
    text = clean_line(value)
    if len(text) > limit:
        raise Unreadable(TOO_LONG, field, text[:100])
    return text


def day_of(value: object, field: str) -> tuple[date | None, Precision]:
    """Return a day and how exactly it is given: ``2015-05-22``, ``2015-05`` or ``2015``.  Raises ``Unreadable``."""
    if value is None or value == "":
        return None, Precision.DAY
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise Unreadable(NOT_A_DAY, field, str(value)[:100])
    year, month, day = found.groups()
    try:
        made = date(int(year), int(month or 1), int(day or 1))
    except ValueError as wrong:
        raise Unreadable(NOT_A_DAY, field, str(value)[:100]) from wrong
    if not 1900 <= made.year <= 2200:
        raise Unreadable(NOT_A_DAY, field, str(value)[:100])
    return made, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR


def stage_of(value: object, field: str) -> str:
    """Return the code of a stage: 6060 is 60.60, 0 is 00.00.  Raises ``Unreadable`` where there is no such cell."""
    number = whole(value, field)
    code = code_of(number) if number is not None else None
    if code is None:
        raise Unreadable(NO_STAGE, field, str(value)[:100])
    return code
