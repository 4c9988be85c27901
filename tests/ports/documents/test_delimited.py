"""Delimited text: nothing runs, and everything comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.ports.documents.cleaning import clean
from forum.ports.documents.delimited import encode, guarded, read, unguarded
from forum.ports.documents.table import Limits, UnreadableTable
from tests.ports.documents.payloads import FORMULAS

TEXTS = st.text(
    st.one_of(st.sampled_from(list("=+-@＝＋－＠'\"\t\r\n,;0123")), st.characters(exclude_categories=["Cs"]))
)


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_begins_as_a_formula(payload: str) -> None:
    cell = next(csv.reader(io.StringIO(encode([payload], []).decode("utf-8-sig"), newline="")))[0]
    assert cell.startswith("'")
    assert cell[1:] == clean(payload)


@pytest.mark.parametrize("number", ["-5", "+8613800000000", "1,299.50", "-0.5", "00123", "2027-04-20"])
def test_a_plain_number_stays_as_it_is(number: str) -> None:
    assert guarded(number) == number


@settings(max_examples=300)
@given(TEXTS)
def test_the_guard_is_taken_away_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(max_examples=200)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_a_table_comes_back_as_it_went(rows: list[list[str]]) -> None:
    found = read(encode(["first", "second"], rows))
    assert [[cell.value for cell in row.cells] for row in found] == [
        ["first", "second"],
        *[[clean(value) for value in row] for row in rows],
    ]


def test_the_file_has_a_mark_and_carriage_returns() -> None:
    content = encode(["城市"], [["杭州"]])
    assert content == b'\xef\xbb\xbf"\xe5\x9f\x8e\xe5\xb8\x82"\r\n"\xe6\x9d\xad\xe5\xb7\x9e"\r\n'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_what_people_send_is_read(delimiter: str, encoding: str) -> None:
    text = f"姓名{delimiter}电话\r\n李明{delimiter}+86 10 1234 5678\r\n"
    rows = read(text.encode(encoding))
    assert [cell.text for cell in rows[1].cells] == ["李明", "+86 10 1234 5678"]
    assert rows[1].cells[1].coordinate == "B2"


@pytest.mark.parametrize("content", [b"a,b\0c", b"\xff\xff\xff\xff"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableTable):
        read(content)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableTable, match="too large"):
        read(b"a,b\n" * 100, Limits(octets=100))
    with pytest.raises(UnreadableTable, match="cells"):
        read(b"a,b\n" * 100, Limits(cells=100))
    assert len(read(b"a,b\n" * 100)) == 100
