"""Workbooks, reopened by a reader that shares no code with the writer."""

from __future__ import annotations

import io
import time as clock
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import get_column_letter

from forum.ports.documents.cleaning import clean
from forum.ports.documents.spreadsheet import Column, Properties, Sheet, encode, read
from forum.ports.documents.table import Limits, UnreadableTable, Value, column_letters
from tests.ports.documents.payloads import FORMULAS

MIDNIGHT = datetime.combine(date(2027, 4, 20), time())  # wall time, as cells hold it
MORNING = datetime.combine(date(2027, 4, 20), time(9, 30))
PROPERTIES = Properties("Forum", datetime(2027, 4, 2, tzinfo=UTC))


def sheet(*rows: Sequence[Value], name: str = "Programme", columns: int = 2) -> Sheet:
    return Sheet(name, tuple(Column(f"key{n}", f"Heading {n}") for n in range(columns)), rows)


def test_there_are_forty_payloads() -> None:
    assert len(set(FORMULAS)) == 40


def test_no_payload_becomes_a_formula_or_a_link() -> None:
    content = encode([sheet(*[[payload, "https://a.example"] for payload in FORMULAS])], PROPERTIES)
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [page.cell(number, 1) for number in range(3, 43)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [clean(payload) for payload in FORMULAS]
    assert page["B3"].hyperlink is None
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_text_comes_back_from_any_sheet(text: str, name: str) -> None:
    rows = read(encode([sheet([text, "x"], name=name), sheet(name=name)], PROPERTIES))
    assert rows[2].cells[0].value == (clean(text) or None)


def test_values_keep_their_type() -> None:
    values: list[Value] = [
        "00123",
        "+8613800000000",
        7,
        1.5,
        True,
        date(2027, 4, 20),
        MORNING,
        None,
    ]
    content = encode([sheet([*values, time(9, 30)], columns=9)], PROPERTIES)
    found = [cell.value for cell in read(content)[2].cells]
    assert found[:5] == values[:5]
    assert found[5:7] == [MIDNIGHT, MORNING]
    assert found[7] is None
    assert found[8] == time(9, 30)


def test_an_aware_time_is_refused() -> None:
    with pytest.raises(ValueError, match="wall time"):
        encode([sheet([datetime(2027, 4, 20, tzinfo=UTC), ""])], PROPERTIES)


def test_keys_are_hidden_and_headings_stay_in_view() -> None:
    page = openpyxl.load_workbook(io.BytesIO(encode([sheet(["a", "b"])], PROPERTIES))).worksheets[0]
    assert page.row_dimensions[1].hidden
    assert [page["A1"].value, page["A2"].value] == ["key0", "Heading 0"]
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:B3"


def test_a_chinese_column_is_wide_enough() -> None:
    page = openpyxl.load_workbook(io.BytesIO(encode([sheet(["城市标准化国际论坛", "b"])], PROPERTIES))).worksheets[0]
    assert page.column_dimensions["A"].width >= 18


def test_two_runs_are_identical() -> None:
    first = encode([sheet(["a", "b"])], PROPERTIES)
    clock.sleep(2.1)  # a zipped file's times count in steps of two seconds
    assert encode([sheet(["a", "b"])], PROPERTIES) == first


@pytest.mark.parametrize("index", [0, 25, 26, 701, 702])
def test_columns_are_lettered_as_spreadsheets_do(index: int) -> None:
    assert column_letters(index) == get_column_letter(index + 1)


def package(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04broken",
        b"not a workbook",
        package(hello=b"x"),
        package(xl__vbaProject=b""),
        package(**{"..__evil.xml": b"<a/>"}),
        package(**{"xl__vbaProject.bin": b"x"}),
        package(**{"xl__workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        package(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook"}),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableTable):
        read(content)


def test_a_bomb_is_refused_quickly() -> None:
    begin = clock.process_time()
    with pytest.raises(UnreadableTable, match="suspicious"):
        read(package(**{"xl__workbook.xml": b"0" * 50_000_000}))
    assert clock.process_time() - begin < 2


def test_limits_count_cells() -> None:
    content = encode([sheet(*[["a", "b"] for _ in range(50)])], PROPERTIES)
    with pytest.raises(UnreadableTable, match="cells"):
        read(content, limits=Limits(cells=60))
    assert len(read(content)) == 52
