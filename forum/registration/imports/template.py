"""The file to fill in: its columns, with headings in either language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from forum.core.refusals import N_
from forum.ports.documents import delimited, spreadsheet

# Key, heading, whether it must be filled in, and how long it may be.
COLUMNS: tuple[tuple[str, str, bool, int], ...] = (
    ("category", N_("Category"), True, 20),
    ("family_latin", N_("Family name"), False, 80),
    ("given_latin", N_("Given name"), False, 80),
    ("name_order", N_("Order of the name"), False, 20),
    ("name_zh", N_("Name in Chinese characters"), False, 80),
    ("honorific", N_("Honorific"), False, 40),
    ("function_en", N_("Function (English)"), False, 240),
    ("function_zh", N_("Function (Chinese)"), False, 240),
    ("organisation_name_en", N_("Organisation (English)"), False, 240),
    ("organisation_name_zh", N_("Organisation (Chinese)"), False, 240),
    ("country", N_("Country or region"), False, 120),
    ("email", N_("Mail address"), False, 254),
    ("phone", N_("Telephone"), False, 40),
    ("language", N_("Language of mail"), False, 20),
    ("passport_surname", N_("Surname as in the passport"), False, 39),
    ("passport_given", N_("Given names as in the passport"), False, 39),
    ("passport_number", N_("Passport number"), False, 20),
    ("birth_date", N_("Date of birth"), False, 30),
    ("alternate", N_("Alternate"), False, 10),
)
KEYS = tuple(key for key, *_ in COLUMNS)

Speak = Callable[[str], str]


def template_xlsx(speak: Speak, title: str, codes: Sequence[str], created: datetime) -> bytes:
    """Return the workbook to fill in, with the headings of a language."""
    columns = tuple(spreadsheet.Column(key, speak(heading), 22) for key, heading, *_ in COLUMNS)
    example = [[codes[0] if codes else ""]]
    return spreadsheet.encode([spreadsheet.Sheet(title, columns, example)], spreadsheet.Properties(title, created))


def template_csv(speak: Speak, codes: Sequence[str]) -> bytes:
    """Return the delimited file to fill in, with the headings of a language."""
    return delimited.encode([speak(heading) for _, heading, *_ in COLUMNS], [[codes[0] if codes else ""]])
