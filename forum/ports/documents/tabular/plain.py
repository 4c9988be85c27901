"""Comma-separated tables: UTF-8 with a mark, every cell quoted (RFC 4180), no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from forum.ports.documents.cleaning import clean
from forum.ports.documents.delimited import guarded, unguarded
from forum.ports.documents.tabular import Found, Layout, Unreadable

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
_DELIMITERS = (",", ";", "\t")
_SAMPLE = 40  # rows in which headings must stand


def encode(layout: Layout, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the head, the headings and the rows, each as wide as the table."""
    wide = len(layout.headings)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for label, value in layout.head:
        writer.writerow([guarded(clean(label)), guarded(clean(value)), *[""] * (wide - 2)])
    writer.writerow([guarded(clean(heading)) for heading in layout.headings])
    writer.writerows([guarded(clean(cell)) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def read(content: bytes, looks_right: Callable[[Sequence[str]], bool]) -> Found:
    """Return the rows; the delimiter is the one under which some early row looks right.  Raises ``Unreadable``."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too many bytes")
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable("holds NUL")
    best: list[list[str]] | None = None
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter)
        if any(looks_right(row) for row in rows[:_SAMPLE]):
            best = rows
            break
        best = best or rows
    return Found((), (tuple(tuple(row) for row in best or []),))


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("neither UTF-8 nor UTF-16 nor GB 18030")


def _rows(text: str, delimiter: str) -> list[list[str]]:
    found = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append([clean(unguarded(cell)) for cell in record])
            if len(found) > MOST_ROWS:
                raise Unreadable("too many rows")
    except csv.Error as broken:
        raise Unreadable(str(broken)) from broken
    return found
