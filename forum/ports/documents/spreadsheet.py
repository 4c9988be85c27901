"""Workbooks (XLSX): every text is a text, every date a date, and nothing in them runs.

Written with XlsxWriter as constant strings, read with openpyxl in read-only mode under limits.
The first row of a sheet is hidden and holds machine keys, the second the headings for people: so a
file that was exported can be filled in and imported in whatever language its reader chose.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from forum.ports.documents.cleaning import clean, shortened
from forum.ports.documents.table import LIMITS, Limits, Row, UnreadableTable, Value, row_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LONGEST_TEXT = 32_767  # characters in a cell, fixed by the format
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_WIDEST, _NARROWEST = 60, 8
_WRAP_FROM = 40
# What openpyxl raises on a workbook that isn't one, beside its own exception.
_DEFECTS = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key for re-import, its heading for people and, if wished, its width in characters."""

    key: str
    heading: str
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of rows; date-times are naive wall times whose zone the heading names."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Properties:
    """What the workbook says of itself; ``created`` is the release and not the clock."""

    title: str
    created: datetime
    author: str = ""
    subject: str = ""
    notice: str = ""  # stands above each printed page, and among the properties


def encode(sheets: Sequence[Sheet], properties: Properties) -> bytes:
    """Return the workbook; raise ValueError for an aware date-time, which a cell can't hold."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties(
            {
                "title": clean(properties.title),
                "author": clean(properties.author),
                "subject": clean(properties.subject),
                "comments": clean(properties.notice),
                "created": properties.created.replace(tzinfo=None, microsecond=0),
            }
        )
        book.set_calc_mode("manual")
        formats = _Formats(book)
        taken: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, taken))
            _write(page, sheet, formats)
            if properties.notice:
                page.set_header(f"&L{clean(properties.notice).replace('&', '&&')[:200]}")
    return buffer.getvalue()


class _Formats:
    """The few formats that all sheets share."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.heading = book.add_format(
            {
                "bold": True,
                "bottom": 1,
                "bottom_color": "#a8322a",
                "bg_color": "#fbfaf6",
                "font_color": "#1c2230",
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        self.key = book.add_format({"font_color": "#6d7587"})
        self.text = book.add_format({**top, "num_format": "@"})
        self.wrapped = book.add_format({**top, "num_format": "@", "text_wrap": True})
        self.number = book.add_format(top)
        self.moment = book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm"})
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd"})
        self.clock = book.add_format({**top, "num_format": "hh:mm"})


def _write(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    widths = [column.width or _width(index, sheet) for index, column in enumerate(sheet.columns)]
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, widths[index])
        page.write_string(0, index, column.key, formats.key)
        page.write_string(1, index, shortened(clean(column.heading), _LONGEST_TEXT), formats.heading)
    page.set_row(0, None, None, {"hidden": True})
    page.set_row(1, 30)
    for number, row in enumerate(sheet.rows, start=2):
        for index, value in enumerate(row):
            _write_cell(page, number, index, value, formats, wrap=widths[index] >= _WRAP_FROM)
    page.freeze_panes(2, 0)
    if sheet.columns:
        page.autofilter(1, 0, max(1 + len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
    page.set_footer("&C&P / &N")


def _write_cell(
    page: Worksheet,
    row: int,
    column: int,
    value: Value,
    formats: _Formats,
    *,
    wrap: bool,
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value, formats.number)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, formats.number)
    elif isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError("a cell holds wall time: convert to the venue's zone first")
        page.write_datetime(row, column, value, formats.moment)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime.combine(value, time()), formats.day)
    elif isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        page.write_number(row, column, seconds / 86_400, formats.clock)  # a clock is a part of a day
    elif text := shortened(clean(value), _LONGEST_TEXT):
        page.write_string(row, column, text, formats.wrapped if wrap else formats.text)


def _width(index: int, sheet: Sheet) -> float:
    """Return a width in which most cells fit; a Chinese character takes two places."""
    longest = _places(sheet.columns[index].heading)
    for row in sheet.rows[:200]:
        value = row[index] if index < len(row) else None
        if isinstance(value, datetime):
            longest = max(longest, 16)
        elif isinstance(value, str):
            longest = max(longest, *(_places(line[:_WIDEST]) for line in value.splitlines() or [""]))
    return float(min(max(longest + 2, _NARROWEST), _WIDEST))


def _places(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _sheet_name(wished: str, taken: set[str]) -> str:
    """Return a name that the format accepts and that no other sheet of the workbook has."""
    base = _FORBIDDEN_IN_NAMES.sub(" ", clean(wished)).replace("\n", " ").replace("\t", " ").strip(" '")
    if not base or base.casefold() == "history":  # reserved by Excel
        base = "Sheet"
    name, count = _cut(base, _LONGEST_NAME), 1
    while name.casefold() in taken:
        count += 1
        suffix = f" {count}"
        name = _cut(base, _LONGEST_NAME - len(suffix)) + suffix
    taken.add(name.casefold())
    return name


def _cut(name: str, units: int) -> str:
    """Return the beginning of a name; the format counts UTF-16 units, so a rare character counts twice."""
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip(" '")


def read(content: bytes, *, sheet: int = 0, limits: Limits = LIMITS) -> tuple[Row, ...]:
    """Return the rows of one sheet with the coordinates of each cell.

    A formula is read as the value its author saw.  Raises UnreadableTable for a file that is too
    large, packed suspiciously tightly, holds macros or isn't a workbook.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - it weighs 20 MB in each process that reads a workbook
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    _check_package(content, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (*_DEFECTS, InvalidFileException, OSError) as error:
        raise UnreadableTable(UnreadableTable.NOT_A_TABLE, type(error).__name__) from error
    try:
        if sheet >= len(book.worksheets):
            raise UnreadableTable(UnreadableTable.NOT_A_TABLE, "no such sheet")
        page = book.worksheets[sheet]
        page.reset_dimensions()  # the file's own claim of its size may be false
        rows, cells = [], 0
        for number, values in enumerate(page.iter_rows(values_only=True), start=1):
            cells += len(values)
            if cells > limits.cells:
                raise UnreadableTable(UnreadableTable.TOO_MANY_CELLS)
            rows.append(row_of(number, [_plain(value) for value in values]))
    except _DEFECTS as error:
        if isinstance(error, UnreadableTable):
            raise
        raise UnreadableTable(UnreadableTable.NOT_A_TABLE, type(error).__name__) from error
    finally:
        book.close()
    return tuple(rows)


def _plain(value: object) -> Value:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, int | float | bool | datetime | date | time):
        return value
    return clean(str(value))


def _check_package(content: bytes, limits: Limits) -> None:
    if len(content) > limits.octets:
        raise UnreadableTable(UnreadableTable.TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > limits.parts or unpacked > limits.unpacked_octets:
                raise UnreadableTable(UnreadableTable.TOO_LARGE, "unpacked")
            if unpacked > limits.ratio * max(len(content), 1):
                raise UnreadableTable(UnreadableTable.SUSPICIOUS, "packed too tightly")
            for part in parts:
                name = part.filename.replace("\\", "/")
                if name.startswith("/") or ".." in name.split("/") or name.endswith("vbaProject.bin"):
                    raise UnreadableTable(UnreadableTable.SUSPICIOUS, name)
                if name.endswith((".xml", ".rels")):
                    with package.open(part) as stream:
                        if b"<!" in stream.read(1024).replace(b"<!--", b""):
                            raise UnreadableTable(UnreadableTable.SUSPICIOUS, "document type")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableTable(UnreadableTable.NOT_A_TABLE, type(error).__name__) from error
