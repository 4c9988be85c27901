"""Tables in workbooks (XLSX): every cell a text, never a formula; what isn't a text is named."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from forum.ports.documents.cleaning import clean
from forum.ports.documents.tabular import Found, Layout, Mark, Oddity, Rows, TooLong, Unreadable

LONGEST = 32_767  # UTF-16 units in a cell, fixed by the format
MOST_BYTES = 8 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_CELLS = 200_000
MOST_SHEETS = 20
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook keeps naive times; the same table gives the same bytes
# What the library raises on a workbook that isn't one, beside its own exception.
_DEFECTS = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    SyntaxError,
    RuntimeError,
    OSError,
    zlib.error,
    zipfile.BadZipFile,
)


def encode(layout: Layout, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet; raise ``TooLong`` for a text that no cell can hold."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"author": "", "created": _MADE})
        page = book.add_worksheet(layout.name or ("Comments" if layout.language == "en" else "意见"))
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for column, width in enumerate(layout.widths):
            page.set_column(column, column, width)
        for number, (label, value) in enumerate(layout.head):
            page.write_string(number, 0, clean(label), text)
            _write(page, number, 1, clean(value), text)
        first = len(layout.head)
        for column, each in enumerate(layout.headings):
            page.write_string(first, column, clean(each), heading)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                words = clean(cell)
                if len(words.encode("utf-16-le")) // 2 > LONGEST:
                    raise TooLong(number, column + 1)
                _write(page, first + number, column, words, text)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(first)
        page.freeze_panes(first + 1, 0)
    return buffer.getvalue()


def _write(page: Any, row: int, column: int, words: str, look: Any) -> None:
    if words:
        page.write_string(row, column, words, look)


def read(content: bytes) -> Found:
    """Return every sheet as a table.  Raises ``Unreadable``; the file's parts were checked when it was taken."""
    from openpyxl import load_workbook  # noqa: PLC0415 - it weighs 20 MB in each process that reads a workbook
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    embedded = _look_into(content)
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
        tables, marks = [], [Mark(Oddity.EMBEDDED)] if embedded else []
        for number, page in enumerate(book.worksheets[:MOST_SHEETS], start=1):
            rows, odd = _sheet(page, number)
            tables.append(rows)
            marks += odd
    except (*_DEFECTS, InvalidFileException) as broken:
        if isinstance(broken, Unreadable):
            raise
        raise Unreadable(type(broken).__name__) from broken
    return Found((), tuple(tables), tuple(marks))


def _look_into(content: bytes) -> bool:
    """Refuse by the directory alone what would unpack to too much; tell whether pictures or objects are inside."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too many bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise Unreadable("no package") from broken
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("unpacks to too much")
    return any(part.filename.startswith(("xl/media/", "xl/embeddings/")) for part in parts)


def _sheet(page: Any, table: int) -> tuple[Rows, list[Mark]]:
    if page.max_row * page.max_column > MOST_CELLS:
        raise Unreadable("too many cells")
    marks = [Mark(Oddity.MERGED, table, area.min_row, area.min_col) for area in page.merged_cells.ranges]
    rows = []
    for number, cells in enumerate(page.iter_rows(), start=1):
        texts = []
        for column, cell in enumerate(cells, start=1):
            text, odd = _text(cell)
            texts.append(text)
            if odd is not None:
                marks.append(Mark(odd, table, number, column))
        rows.append(tuple(texts))
    return tuple(rows), marks


def _text(cell: Any) -> tuple[str, Oddity | None]:
    value = cell.value
    if value is None:
        return "", None
    if cell.data_type == "f":
        return "", Oddity.FORMULA
    if isinstance(value, str):
        return clean(value), None
    if isinstance(value, datetime | date | time):
        return value.isoformat(), Oddity.NUMBER
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), None
    return clean(str(value)), None if isinstance(value, int) else Oddity.NUMBER
