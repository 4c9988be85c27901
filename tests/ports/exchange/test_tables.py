"""Tables of texts in DOCX and XLSX: they come back the same, or the cell is named."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.ports.exchange import errors
from forum.ports.exchange.tables import HEADINGS, Format, TableRow, encode, read

FORMATS: tuple[Format, ...] = ("docx", "xlsx")
ROWS = (
    TableRow("session:1.title", "Opening", "=1+1", "", "missing", "keep it short"),
    TableRow("session:2.title", "", " Two lines\n\tand “quotes” ", "两行\n和引号", "machine", ""),
    TableRow("session:3.title", "x", "2027", "@二〇二七", "reviewed", "-"),
)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_table_comes_back_the_same(kind: Format) -> None:
    assert read(encode(ROWS, kind), kind) == ROWS


@pytest.mark.parametrize("kind", FORMATS)
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_whatever_is_written_comes_back_or_is_refused_by_its_cell(kind: Format, texts: list[str]) -> None:
    rows = tuple(TableRow(f"t{at}", "", text, "", "human", "") for at, text in enumerate(texts))
    content, cell = b"", ""
    try:
        content = encode(rows, kind)
    except errors.CellChanges as refused:
        cell = refused.facts["cell"]
    assert cell.startswith("C") if cell else read(content, kind) == rows


@pytest.mark.parametrize("kind", FORMATS)
def test_a_control_character_is_refused_by_its_cell(kind: Format) -> None:
    with pytest.raises(errors.CellChanges, match="Cell D2"):
        encode([TableRow("a", "", "b", "c\x01d")], kind)


def workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


GOOD = ["a", "", "City", "城市", "human", ""]


def test_columns_in_another_order_and_lines_above_are_read() -> None:
    turned = list(reversed(HEADINGS))
    content = workbook([["From the bureau"], [], turned, list(reversed(GOOD)), []])
    assert read(content, "xlsx") == (TableRow(*GOOD),)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([[*GOOD[:3], "=1+1", "human", ""]], "Cell D2"),
        ([GOOD, [*GOOD[:3], "x", "human", ""]], "Cell A3"),
        ([["", "", "a", "b", "human", ""]], "Cell A2"),
        ([["a", "", "a", "b", "perfect", ""]], "Cell E2"),
        ([["a", "", "a", 3.5, "human", ""]], "Cell D2"),
        ([[*GOOD, "more"]], "Cell G2"),
    ],
)
def test_a_cell_that_cant_be_taken_is_named(rows: list[list[Any]], place: str) -> None:
    with pytest.raises(errors.CellRefused, match=place):
        read(workbook([list(HEADINGS), *rows]), "xlsx")


def test_no_table_and_no_document_are_refused() -> None:
    with pytest.raises(errors.NoTable, match="target"):
        read(workbook([["id", "source"], ["a", "b"]]), "xlsx")
    for kind in FORMATS:
        with pytest.raises(errors.ExchangeRefused):
            read(b"PK\x03\x04 nothing", kind)


def test_a_row_with_too_few_cells_is_named() -> None:
    made = Document()
    table = made.add_table(2, 6)
    for place, name in enumerate(HEADINGS):
        table.cell(0, place).text = name
        table.cell(1, place).text = GOOD[place]
    last = table.rows[1]._tr.tc_lst[-1]
    last.getparent().remove(last)
    buffer = io.BytesIO()
    made.save(buffer)
    with pytest.raises(errors.CellRefused, match="Cell F2"):
        read(buffer.getvalue(), "docx")
