"""Tables of comments as files: three formats, two layouts, and nothing in them that says who wrote.

A file is read again before it leaves: what would come back changed is refused, and the cell is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from forum.comments.errors import CellTooLong, WouldChange
from forum.comments.rules.reading import read_table
from forum.comments.rules.summary import SUMMARY_HEADINGS, Summary, is_summary_heading, read_summary
from forum.comments.rules.template import HEADINGS, CommentTable, is_heading
from forum.ports.documents.tabular import Found, Layout, TooLong, plain, word, workbook
from forum.ports.files.kinds import SHAPES, Kind

Rows = Sequence[Sequence[str]]
FORMATS: dict[str, Kind] = {"docx": Kind.DOCX, "xlsx": Kind.XLSX, "csv": Kind.CSV}
MEDIA_TYPES: dict[str, str] = {name: SHAPES[kind].media_type for name, kind in FORMATS.items()}
_WIDTHS = (17, 17, 24, 26, 17, 80, 60, 26)
_SUMMARY_WIDTHS = (10, 28, 110, 40, 50, 29)
_WRITERS: dict[str, Callable[[Layout, Rows], bytes]] = {
    "docx": word.encode,
    "xlsx": workbook.encode,
    "csv": plain.encode,
}
_READERS: dict[str, Callable[[bytes], Found]] = {
    "docx": word.read,
    "xlsx": workbook.read,
    "csv": lambda content: plain.read(content, lambda row: is_heading(row) or is_summary_heading(row)),
}


def table_as(table: CommentTable, file_format: str, language: str = "en") -> bytes:
    """Return the template with eight columns; the headings are English in every language.

    Raises ``CellTooLong`` or ``WouldChange``.
    """
    content = _written(file_format, Layout(table.head, HEADINGS, _WIDTHS, language), table.rows)
    back = read_table(_READERS[file_format](content)).table
    _compare(table.rows, back.rows)
    _compare([[value for _label, value in table.head]], [[value for _label, value in back.head]])
    return content


def summary_as(summary: Summary, file_format: str) -> bytes:
    """Return the national summary with six columns.  Raises ``CellTooLong`` or ``WouldChange``."""
    content = _written(file_format, Layout(summary.head, SUMMARY_HEADINGS, _SUMMARY_WIDTHS, "zh"), summary.rows)
    back = read_summary(_READERS[file_format](content))
    _compare(summary.rows, back[0].rows if back else ())
    return content


def _written(file_format: str, layout: Layout, rows: Rows) -> bytes:
    try:
        return _WRITERS[file_format](layout, rows)
    except TooLong as found:
        raise CellTooLong(row=found.row, column=found.column) from found


def _compare(sent: Rows, back: Rows) -> None:
    for number, row in enumerate(sent):
        for column, text in enumerate(row):
            if number >= len(back) or back[number][column] != text:
                raise WouldChange(row=number + 1, column=column + 1)
    if len(back) != len(sent):
        raise WouldChange(row=len(sent) + 1, column=1)
