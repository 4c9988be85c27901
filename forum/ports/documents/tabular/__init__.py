"""Tables of texts inside documents that people fill in: read with every oddity named, written so that nothing runs.

word (DOCX), workbook (XLSX) and plain (CSV) share the values below; none of them knows what a table is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Unreadable(ValueError):
    """Bytes that aren't such a document, or are too large to be opened; the message is for developers."""


class TooLong(ValueError):
    """A text that a cell of the format can't hold; places count from 1, the row of headings not counted."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__(f"row {row}, column {column}")
        self.row, self.column = row, column


class Oddity(StrEnum):
    """What a reader must know of a place before trusting its text."""

    MERGED = "merged"
    NESTED = "nested"
    EMBEDDED = "embedded"
    DELETED = "deleted"  # text struck out by change tracking, left out here
    INSERTED = "inserted"  # text put in by change tracking, taken as written
    RAISED = "raised"  # superscript or subscript, read as plain text
    FORMULA = "formula"
    NUMBER = "number"  # a cell that a spreadsheet took for a number or date


@dataclass(frozen=True, slots=True)
class Mark:
    """An oddity and its place: the table, row and column count from 1; nothing means the whole document."""

    what: Oddity
    table: int | None = None
    row: int | None = None
    column: int | None = None


Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a document holds: its paragraphs outside of tables, its tables row by row, and what is odd about them."""

    paragraphs: tuple[str, ...]
    tables: tuple[Rows, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is set: the lines above it, its headings, and the share of the width of each column."""

    head: Sequence[tuple[str, str]]
    headings: Sequence[str]
    widths: Sequence[int]
    language: str = "en"
    name: str = ""  # of a workbook's sheet
