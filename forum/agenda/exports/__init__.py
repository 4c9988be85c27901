"""Exports of an agenda: one function for each format, from a programme that ``visible()`` has reduced.

``language`` is "en", "zh" or "both"; ``texts`` says which translations may be used.  The same programme
gives the same bytes.
"""

from forum.agenda.exports.book import as_pdf
from forum.agenda.exports.feed import as_ics, farewell, without_old_tombstones
from forum.agenda.exports.interchange import as_schedule_json, as_schedule_xml
from forum.agenda.exports.record import as_json
from forum.agenda.exports.selection import select
from forum.agenda.exports.tables import as_csv, as_xlsx

__all__ = [
    "as_csv",
    "as_ics",
    "as_json",
    "as_pdf",
    "as_schedule_json",
    "as_schedule_xml",
    "as_xlsx",
    "farewell",
    "select",
    "without_old_tombstones",
]
