"""What the readers of spreadsheets and of delimited text hand over: rows of cells that know their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

Value = str | int | float | bool | datetime | date | time | None

_LETTERS = 26


class UnreadableTable(ValueError):
    """A file that can't be read as a table; ``reason`` is one of the constants below."""

    TOO_LARGE = "too large"
    TOO_MANY_CELLS = "too many cells"
    SUSPICIOUS = "suspicious"
    NOT_A_TABLE = "not a table"
    UNKNOWN_ENCODING = "unknown encoding"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its place as spreadsheets name it, such as ``C7``."""

    coordinate: str
    value: Value

    @property
    def text(self) -> str:
        """The value as trimmed text; whole numbers carry no decimal point."""
        if self.value is None:
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        if isinstance(self.value, datetime | date | time):
            return self.value.isoformat()
        return str(self.value).strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` counts from 1 as the reader's spreadsheet does."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be before it is refused."""

    octets: int = 20 * 1024 * 1024
    cells: int = 500_000
    parts: int = 2_000  # files in a zipped workbook
    unpacked_octets: int = 200 * 1024 * 1024
    ratio: int = 100  # unpacked to packed


LIMITS = Limits()


def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def row_of(number: int, values: Iterable[Value]) -> Row:
    """Return a row whose cells carry their coordinates."""
    return Row(
        number,
        tuple(Cell(f"{column_letters(index)}{number}", value) for index, value in enumerate(values)),
    )
