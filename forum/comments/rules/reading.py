"""From the tables of a document to a table of comments: where the headings are, which rows count, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forum.comments.rules.findings import Finding, Level, gravest_first
from forum.comments.rules.template import (
    CLAUSE,
    HEADINGS,
    CommentTable,
    heading_of,
    is_heading,
    looks_like_headings,
)
from forum.core.refusals import N_
from forum.ports.documents.tabular import Found, Mark, Oddity, Rows

_HEAD_SPELLINGS = {
    "date": 0,
    "日期": 0,
    "document": 1,
    "文件": 1,
    "project": 2,
    "项目": 2,
}
_GRAVE: dict[Oddity, tuple[str, str]] = {
    Oddity.MERGED: ("PF-02", N_("Cells are merged here. Split them: every comment has a row of eight cells.")),
    Oddity.NESTED: ("PF-02", N_("There is a table inside this cell. Write its content as text.")),
    Oddity.EMBEDDED: (
        "PF-03",
        N_("A picture, file or other object is embedded. Take it out and describe it in words."),
    ),
    Oddity.FORMULA: ("PF-01", N_("This cell holds a formula. Replace it by its text.")),
}
_LIGHT: dict[Oddity, str] = {
    Oddity.INSERTED: N_("Tracked insertions were taken as written."),
    Oddity.DELETED: N_("Text struck out by change tracking was left out."),
    Oddity.RAISED: N_("Superscript or subscript was read as plain text."),
    Oddity.NUMBER: N_(
        "The spreadsheet took this cell for a number or a date. Check it, and format the column as text."
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as it was read, and what was found about its shape."""

    table: CommentTable
    findings: tuple[Finding, ...]
    is_national: bool = False  # the national summary, not the international template


def read_table(found: Found) -> Reading:
    """Return the one table of comments of a document, with findings about everything that isn't as it should be."""
    places = [
        (number, row)
        for number, rows in enumerate(found.tables)
        if (row := _heading_row(rows, is_heading, looks_like_headings)) is not None
    ]
    if not places:
        return Reading(
            CommentTable(),
            (Finding("PF-04", Level.REJECT, N_("No table with the eight headings of the template was found.")),),
        )
    number, at = next((place for place in places if is_heading(found.tables[place[0]][place[1]])), places[0])
    rows = found.tables[number]
    findings = _headings(rows[at])
    if len(places) > 1:
        findings.append(
            Finding("PF-04", Level.REJECT, N_("The file holds a second table of comments. Join them into one."))
        )
    kept, counted = _body(rows, at, findings)
    findings += _marks(found.marks, number + 1, counted)
    head = _head(found, number, at)
    return Reading(CommentTable(*head, rows=tuple(kept)), tuple(gravest_first(findings)))


def _heading_row(rows: Rows, *tests: Callable[[Sequence[str]], bool]) -> int | None:
    for test in tests:
        for place, row in enumerate(rows[:40]):
            if test(_trimmed(row)):
                return place
    return None


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """Leave out empty cells at the end beyond the eighth: spreadsheets count columns that nobody filled."""
    cells = list(row)
    while len(cells) > len(HEADINGS) and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _headings(row: Sequence[str]) -> list[Finding]:
    cells = _trimmed(row)
    if is_heading(cells):
        return []
    findings = []
    if len(cells) != len(HEADINGS):
        sentence = N_("The table has %(found)s columns; the template has eight.")
        findings.append(Finding("PF-01", Level.REJECT, sentence, facts={"found": len(cells)}))
    for place, expected in enumerate(HEADINGS):
        if place < len(cells) and heading_of(cells[place]) != place:
            sentence = N_("The heading reads “%(found)s”; the template has “%(expected)s” here.")
            facts = {"found": cells[place].strip()[:60], "expected": expected}
            findings.append(Finding("PF-01", Level.REJECT, sentence, column=place + 1, facts=facts))
    return findings


def _body(rows: Rows, at: int, findings: list[Finding]) -> tuple[list[tuple[str, ...]], dict[int, int]]:
    """Return the rows of comments, and which raw row (from 1) each of them is (from 1)."""
    kept: list[tuple[str, ...]] = []
    counted: dict[int, int] = {}
    for place in range(at + 1, len(rows)):
        cells = _trimmed(rows[place])
        if not any(cell.strip() for cell in cells) or is_heading(cells):
            continue
        counted[place + 1] = len(kept) + 1
        if len(cells) != len(HEADINGS):
            sentence = N_("This row has %(found)s cells; the template has eight.")
            findings.append(Finding("PF-01", Level.REJECT, sentence, row=len(kept) + 1, facts={"found": len(cells)}))
        kept.append((*cells, *[""] * len(HEADINGS))[: len(HEADINGS)])
    return kept, counted


def _marks(marks: Sequence[Mark], table: int, counted: dict[int, int]) -> list[Finding]:
    findings = []
    for mark in marks:
        if mark.table is not None and mark.table != table:
            continue
        row = counted.get(mark.row) if mark.row is not None else None
        if mark.row is not None and row is None and mark.what not in _GRAVE:
            continue  # above the table, in a repeated heading or in a row that was struck out
        column = mark.column if mark.column is not None and mark.column <= len(HEADINGS) else None
        if mark.what in _GRAVE:
            rule, sentence = _GRAVE[mark.what]
            findings.append(Finding(rule, Level.REJECT, sentence, row, column))
        elif mark.what is not Oddity.NUMBER or column == CLAUSE + 1:
            findings.append(Finding("PF-01", Level.WARN, _LIGHT[mark.what], row, column))
    return findings


def _head(found: Found, number: int, at: int) -> tuple[str, str, str]:
    values = ["", "", ""]
    lines = list(found.paragraphs)
    for row in (*(row for table in found.tables[:number] for row in table), *found.tables[number][:at]):
        filled = [cell for cell in row if cell.strip()]
        lines += filled if len(filled) != 2 or ":" in filled[0] else [f"{filled[0]}: {filled[1]}"]
    for line in lines:
        for label, value in _pairs(line):
            place = _HEAD_SPELLINGS[label]
            values[place] = values[place] or value
    return values[0], values[1], values[2]


def _pairs(line: str) -> list[tuple[str, str]]:
    label, colon, _value = line.replace("：", ":").partition(":")
    key = " ".join(label.casefold().split())
    if colon and key in _HEAD_SPELLINGS:
        return [(key, line[len(label) + 1 :].strip())]
    return []
