"""How adoptions are printed: the dash of Chinese references, the dual number, the line on the cover.

Source: GB/T 1.2-2020, 5.2 and 6.2 (dual number of an identical adoption; degree on the cover).
"""

from __future__ import annotations

import re

_YEAR = re.compile(r"[-–—－](?=(?:19|20)\d{2}$)")


def printed(reference: str) -> str:
    """Return a Chinese reference with the dash that is printed: ``GB/T 36749—2018``; others stay as they are."""
    return _YEAR.sub("—", reference) if reference.startswith(("GB", "DB", "T/")) else reference


def dual_number(national: str, international: str) -> str:
    """Return the number that an identical adoption carries: ``GB/T 36749—2018/ISO 37120:2014``."""
    return f"{printed(national)}/{international}"


def cover_line(international: str, title: str, degree: str) -> str:
    """Return the line on the cover that names base edition and degree: ``(ISO 37120:2014, …, IDT)``."""
    return f"({', '.join(part for part in (international, title, degree.upper()) if part)})"
