"""Comma-separated values that spreadsheets open as text, and a tolerant reader of what people send.

A cell that a spreadsheet would run as a formula gets an apostrophe in front.  The reader takes away
exactly that apostrophe, so every text survives the way out and back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from forum.ports.documents.cleaning import clean
from forum.ports.documents.table import LIMITS, Limits, Row, UnreadableTable, Value, row_of

MEDIA_TYPE = "text/csv; charset=utf-8"

_GUARD = "'"
_DELIMITERS = (",", ";", "\t")
_SAMPLE_ROWS = 20
# Excel and its relatives run a cell that starts so, full-width forms included; white space in front
# doesn't stop all of them.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\Z")


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet runs it; plain numbers stay as they are."""
    return _GUARD + text if _needs_guard(text) else text


def unguarded(text: str) -> str:
    """Take away the apostrophe that ``guarded`` put in front, and no other."""
    return text[1:] if text.startswith(_GUARD) and _needs_guard(text[1:]) else text


def _needs_guard(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not _PLAIN_NUMBER.match(text)


def encode(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return UTF-8 with a byte order mark, every cell quoted, lines ended by CRLF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(clean(heading)) for heading in headings])
    writer.writerows([guarded(_text(value)) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return clean(str(value))


def read(content: bytes, limits: Limits = LIMITS) -> tuple[Row, ...]:
    """Return the rows of a delimited file in UTF-8, UTF-16 with a mark, or GB 18030.

    The delimiter (comma, semicolon or tab) is the one that makes the widest even table.
    Raises UnreadableTable for a file that is too large, binary or in another encoding.
    """
    if len(content) > limits.octets:
        raise UnreadableTable(UnreadableTable.TOO_LARGE)
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableTable(UnreadableTable.NOT_A_TABLE, "holds NUL")
    rows, cells = [], 0
    try:
        for number, values in enumerate(_records(text, _delimiter(text)), start=1):
            cells += len(values)
            if cells > limits.cells:
                raise UnreadableTable(UnreadableTable.TOO_MANY_CELLS)
            rows.append(row_of(number, [clean(unguarded(value)) for value in values]))
    except csv.Error as error:
        raise UnreadableTable(UnreadableTable.NOT_A_TABLE, str(error)) from error
    return tuple(rows)


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(UnreadableTable.UNKNOWN_ENCODING)


def _records(text: str, delimiter: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """Return the delimiter under which the first rows have the most columns, evenly."""
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = []
        for record in _records(text, delimiter):
            if record:
                widths.append(len(record))
            if len(widths) == _SAMPLE_ROWS:
                break
        if not widths or widths[0] == 1:
            continue
        score = (widths.count(widths[0]), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best
