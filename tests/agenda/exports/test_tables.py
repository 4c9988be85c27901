"""The agenda as tables."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import openpyxl
import pytest

from forum.agenda.exports import as_csv, as_xlsx
from forum.agenda.programme import Programme
from forum.core.bilingual import Text, TextState
from forum.core.catalogue import translator
from forum.ports.documents import delimited
from tests.agenda.exports import programmes as cast
from tests.ports.documents.payloads import FORMULAS


def sheets(programme: Programme, language: Any = "en", **changes: Any) -> list[list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(programme, language, **changes)))
    return [[list(row) for row in page.iter_rows(values_only=True)] for page in book.worksheets]


def column(programme: Programme, key: str, language: Any = "en", **changes: Any) -> list[Any]:
    rows = sheets(programme, language, **changes)[0]
    index = rows[0].index(key)
    return [row[index] for row in rows[2:]]


def test_dates_are_dates_at_the_venue_and_the_heading_names_the_zone() -> None:
    rows = sheets(cast.programme(cast.item()))[0]
    place = rows[0].index("starts")
    assert rows[1][place] == "Starts (Asia/Shanghai)"
    assert rows[2][place] == datetime.combine(cast.FIRST_DAY, time(9, 0))


def test_one_language_falls_back_and_says_so_in_its_own_column() -> None:
    programme = cast.programme(cast.item(title=Text("City standards", "")))
    assert column(programme, "title", "zh") == ["City standards"]
    assert column(programme, "title_state", "zh") == [translator("zh")("Translation pending")]


def test_both_languages_have_a_column_each_and_nothing_is_repeated() -> None:
    programme = cast.programme(cast.item(title=Text("City standards", "")), cast.item(2, title=Text("A", "甲")))
    assert column(programme, "title_en", "both") == ["City standards", "A"]
    assert column(programme, "title_zh", "both") == [None, "甲"]


def test_machine_text_can_be_left_out() -> None:
    programme = cast.programme(cast.item(title=Text("City", "城市", state_zh=TextState.MACHINE)))
    assert column(programme, "title", "zh") == ["城市"]
    assert column(programme, "title_state", "zh") == [translator("zh")("Machine translation")]
    assert column(programme, "title", "zh", texts="reviewed") == ["City"]
    assert column(programme, "title", "zh", texts="source") == ["City"]


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_no_payload_becomes_a_formula_anywhere(language: Any) -> None:
    items = [
        cast.item(
            number,
            title=Text(payload, payload),
            abstract=Text(payload, ""),
            language=payload,
            speakers=(cast.speaker(number, name=Text(payload, payload), organisation=Text(payload, "")),),
        )
        for number, payload in enumerate(FORMULAS, start=1)
    ]
    programme = cast.programme(*items)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(programme, language)))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert len(cells) > 1000
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    for row in delimited.read(as_csv(programme, language))[1:]:
        assert row.cells[0].text.isdigit()
    for line in as_csv(programme, language).decode("utf-8-sig").split('","'):
        assert not line.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_speakers_and_rooms_have_their_sheets() -> None:
    programme, people, rooms = sheets(cast.large(30))
    assert [len(programme), len(rooms)] == [32, 10]
    assert people[2][0] == "ZHOU Lan"
    assert rooms[2][:3] == ["great", "Great Hall", 1200]


def test_the_text_table_holds_what_the_workbook_holds() -> None:
    rows = delimited.read(as_csv(cast.large(30), "both"))
    assert len(rows) == 31
    assert [cell.text for cell in rows[0].cells][5] == f"{translator('zh')('Title')} (中文)"


def test_two_runs_are_identical() -> None:
    assert as_xlsx(cast.large(30), "both") == as_xlsx(cast.large(30), "both")
    assert as_csv(cast.large(30), "both") == as_csv(cast.large(30), "both")
