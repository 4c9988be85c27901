"""A delegation as a file: the template to fill in, and reading it back with errors by cell.

All or nothing: a file with one wrong cell changes nothing, and every wrong cell is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forum.core.refusals import N_
from forum.ports.documents import delimited, spreadsheet
from forum.ports.documents.table import Row, UnreadableTable
from forum.registration.imports.rows import CellError, Member, Reader
from forum.registration.imports.template import COLUMNS, KEYS, template_csv, template_xlsx
from forum.registration.models import Category

__all__ = ["COLUMNS", "KEYS", "CellError", "Member", "ReadDelegation", "read", "template_csv", "template_xlsx"]

MOST_ROWS = 500

NO_HEADINGS = N_("The headings of the template weren't found. Please use the template.")
NO_ROWS = N_("The file holds no rows.")
TOO_MANY = N_("At most %(most)s rows can be read at once.")


@dataclass(frozen=True, slots=True)
class ReadDelegation:
    """What a file holds: either members, or errors; never half of both."""

    members: tuple[Member, ...]
    errors: tuple[CellError, ...]


def read(
    content: bytes,
    filename: str,
    categories: Sequence[Category],
    headings: Mapping[str, Sequence[str]],
    today: date,
) -> ReadDelegation:
    """Read a filled-in template; ``headings`` are the names of each column in both languages.

    Raises ``UnreadableTable`` for a file that isn't a table at all.
    """
    rows = spreadsheet.read(content) if filename.casefold().endswith(".xlsx") else delimited.read(content)
    if content[:2] == b"PK" and not filename.casefold().endswith(".xlsx"):
        raise UnreadableTable(UnreadableTable.NOT_A_TABLE)
    places, body = _columns(rows, headings)
    if not places:
        return ReadDelegation((), (CellError("A1", "", NO_HEADINGS),))
    filled = [row for row in body if _is_filled(row, places)]
    if not filled:
        return ReadDelegation((), (CellError("A1", "", NO_ROWS),))
    if len(filled) > MOST_ROWS:
        return ReadDelegation((), (CellError("A1", "", TOO_MANY, {"most": MOST_ROWS}),))
    codes = {category.code.casefold(): category.code for category in categories}
    reader = Reader(places, codes, today)
    members = [reader.member(row) for row in filled]
    reader.find_twins(members)
    if reader.errors:
        return ReadDelegation((), reader.sorted_errors())
    return ReadDelegation(tuple(members), ())


def _columns(rows: Sequence[Row], headings: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], Sequence[Row]]:
    """Find the columns by their hidden keys, else by their headings in either language."""
    known = {key: key for key in KEYS}
    for key, written in headings.items():
        known.update({name.casefold(): key for name in written})
    places: dict[str, int] = {}
    for index, row in enumerate(rows[:5]):
        found = {
            known[cell.text.casefold()]: place for place, cell in enumerate(row.cells) if cell.text.casefold() in known
        }
        if len(found) >= 3:
            places = found
            following = rows[index + 1 :]
            if following and sum(cell.text.casefold() in known for cell in following[0].cells) >= 3:
                following = following[1:]  # the headings for people under the keys
            return places, following
    return {}, ()


def _is_filled(row: Row, places: Mapping[str, int]) -> bool:
    """Tell whether a row names anybody; the category alone is the template's example."""
    return any(place < len(row.cells) and row.cells[place].text for key, place in places.items() if key != "category")
