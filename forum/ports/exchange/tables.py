"""Tables of texts and their translations in DOCX and XLSX: six columns, one row for each text.

The headings are English in every language, so that a file comes back whoever filled it in.  What was written is read
again before it leaves: a text that a cell would change is refused, and the cell is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from forum.core.refusals import N_, Word
from forum.ports.documents.table import column_letters
from forum.ports.documents.tabular import Found, Layout, Mark, Oddity, Rows, TooLong, Unreadable, word, workbook
from forum.ports.exchange.errors import CellChanges, CellRefused, ExchangeRefused, NoTable, TooManyUnits
from forum.ports.exchange.markup import MOST_UNITS

Format = Literal["docx", "xlsx"]
HEADINGS = ("id", "context", "source", "target", "state", "note")
STATES = frozenset({"source", "missing", "machine", "human", "reviewed", "outdated"})
_WIDTHS = (18, 24, 60, 60, 12, 30)
_WRITERS: dict[str, Callable[[Layout, Rows], bytes]] = {"docx": word.encode, "xlsx": workbook.encode}
_READERS: dict[str, Callable[[bytes], Found]] = {"docx": word.read, "xlsx": workbook.read}
_REASONS = {
    Oddity.MERGED: N_("cells are merged."),
    Oddity.NESTED: N_("a table stands inside the cell."),
    Oddity.EMBEDDED: N_("a picture or an object stands in the cell."),
    Oddity.DELETED: N_("text is struck out by change tracking. Accept or reject the changes first."),
    Oddity.INSERTED: N_("text is put in by change tracking. Accept or reject the changes first."),
    Oddity.RAISED: N_("text is raised or lowered, which would be lost."),
    Oddity.FORMULA: N_("a formula stands where a text should."),
    Oddity.NUMBER: N_("the spreadsheet took the text for a number or a date. Format the cell as text."),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One text: how it is named, where it stands, both sides, its state and a note."""

    row_id: str
    context: str
    source: str
    target: str
    state: str = ""
    note: str = ""
    place: int = field(default=0, compare=False, kw_only=True)  # the row of the table, where it was read

    @property
    def cells(self) -> tuple[str, ...]:
        """The six cells in the order of the headings."""
        return self.row_id, self.context, self.source, self.target, self.state, self.note


def encode(
    rows: Iterable[TableRow],
    file_format: Format,
    *,
    head: Sequence[tuple[str, str]] = (),
    language: str = "en",
    name: str = "Texts",
) -> bytes:
    """Return the table as a file; ``head`` stands above it, of at most ten lines.

    Raises ``CellChanges`` for a text that the format can't carry unchanged.
    """
    cells = tuple(row.cells for row in rows)
    above = 0 if file_format == "docx" else len(head)
    layout = Layout(tuple(head), HEADINGS, _WIDTHS, language, name)
    try:
        content = _WRITERS[file_format](layout, cells)
    except TooLong as found:
        raise CellChanges(cell=_cell(found.row + above + 1, found.column)) from found
    _compare(cells, _READERS[file_format](content), above)
    return content


def read(content: bytes, file_format: Format) -> tuple[TableRow, ...]:
    """Return the rows of a table that was filled in.  Raises subclasses of ``ExchangeRefused`` that name the cell."""
    try:
        found = _READERS[file_format](content)
    except Unreadable as fault:
        raise ExchangeRefused from fault
    number, first, columns = _headings(found.tables)
    _refuse_oddities(found.marks, number, first)
    rows: list[TableRow] = []
    seen: set[str] = set()
    for place, cells in enumerate(found.tables[number - 1][first:], start=first + 1):
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(cells, columns, place)
        if row.row_id in seen:
            raise CellRefused(
                cell=_cell(place, columns["id"] + 1), reason=Word(N_("this id stands twice in the table."))
            )
        seen.add(row.row_id)
        rows.append(row)
        if len(rows) > MOST_UNITS:
            raise TooManyUnits(line=place, limit=f"{MOST_UNITS:,}")
    return tuple(rows)


def _row(cells: Sequence[str], columns: dict[str, int], place: int) -> TableRow:
    if len(cells) <= max(columns.values()):
        raise CellRefused(
            cell=_cell(place, len(cells) + 1), reason=Word(N_("the row has fewer cells than the headings."))
        )
    if any(cell.strip() for at, cell in enumerate(cells) if at not in columns.values()):
        raise _wrong(place, len(cells), N_("there is text outside of the six columns."))
    row_id, context, source, target, state, note = (cells[columns[name]] for name in HEADINGS)
    row = TableRow(row_id, context, source, target, state, note, place=place)
    if not row.row_id.strip():
        raise _wrong(place, columns["id"] + 1, N_("the id is missing."))
    if row.state and row.state not in STATES:
        raise _wrong(place, columns["state"] + 1, N_("the state isn’t known."))
    return row


def _headings(tables: Sequence[Rows]) -> tuple[int, int, dict[str, int]]:
    """Return the number of the table, the number of rows down to its headings, and where each column stands."""
    for number, rows in enumerate(tables, start=1):
        for place, cells in enumerate(rows[:20], start=1):
            names = [cell.strip().casefold() for cell in cells]
            if all(names.count(name) == 1 for name in HEADINGS):
                return number, place, {name: names.index(name) for name in HEADINGS}
    raise NoTable(columns=", ".join(HEADINGS))


def _refuse_oddities(marks: Iterable[Mark], table: int, first: int) -> None:
    for mark in marks:
        if mark.table in {table, None} and (mark.row is None or mark.row >= first):
            raise _wrong(mark.row or 1, mark.column or 1, _REASONS[mark.what])


def _compare(sent: Sequence[Sequence[str]], found: Found, above: int) -> None:
    back = found.tables[0][above + 1 :] if found.tables else ()
    for number, row in enumerate(sent):
        for column, text in enumerate(row):
            if number >= len(back) or column >= len(back[number]) or back[number][column] != text:
                raise CellChanges(cell=_cell(number + above + 2, column + 1))


def _wrong(row: int, column: int, reason: str) -> CellRefused:
    return CellRefused(cell=_cell(row, column), reason=Word(reason))


def _cell(row: int, column: int) -> str:
    """Return the place as spreadsheets name it; rows and columns count from 1."""
    return f"{column_letters(column - 1)}{row}"
