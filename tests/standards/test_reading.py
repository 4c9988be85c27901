"""Reading published files: lists without evaluation, scopes without markup, bad rows by themselves."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.standards.import_errors import OtherHeading
from forum.standards.imports import deliverables
from forum.standards.imports.lines import LONGEST_LINE, lines
from forum.standards.imports.literals import LONGEST, listed
from forum.standards.imports.markup import extract
from forum.standards.published import Deliverable, Read, Unreadable
from tests.standards.published import rows, table

HEADING = ",".join(deliverables.HEADING).encode() + b"\n"
GOOD = b"7,IS,,ISO 7:2020,Cities,,2020-05-04,1,['13.020'],ISO/TC 268,6060,,,['en'],9,\n"


def read(content: bytes) -> list[Read]:
    return list(deliverables.from_table(io.BytesIO(content)))


def only(content: bytes) -> Unreadable:
    (found,) = read(HEADING + content)
    assert found.wrong is not None
    return found.wrong


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("", ()),
        ("[]", ()),
        ("['en','fr']", ("en", "fr")),
        ("['en', 'fr']", ("en", "fr")),
        ("[12346]", (12346,)),
        ("[12346, 7]", (12346, 7)),
        ('["en"]', ("en",)),
    ],
)
def test_lists_are_read_as_they_are_published(cell: str, items: tuple[object, ...]) -> None:
    assert listed(cell, "languages") == items


@pytest.mark.parametrize(
    "cell",
    [
        "[__import__('os').system('touch /tmp/ran')]",
        "['en'] + ['fr']",
        "[['en']]",
        "['e\\x6e']",
        "[1_000]",
        "[(lambda: 1)()]",
        "{'en'}",
        "['en' 'fr']",
        "[1.5]",
        "['en'",
        "[" + "'en'," * LONGEST + "]",
        "[" * 5000 + "]" * 5000,
    ],
)
def test_a_list_that_holds_code_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable):
        listed(cell, "languages")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_the_reader_of_lists_fail_otherwise(text: str) -> None:
    for cell in (text, f"[{text}]", f"['{text}']"):
        try:
            found = listed(cell, "languages")
        except Unreadable:
            continue
        assert all(isinstance(item, str | int) for item in found)


def test_a_scope_becomes_plain_words() -> None:
    source = (
        '<p class="Mso">A <b>system</b> &amp; more<!-- [if !supportLists]--><script>alert(1)</script>'
        "<ul><li>one<li>two</ul><style>p{}</style> &lt;script&gt;x&lt;/script&gt;<img src=x onerror=alert(1)"
    )
    assert extract(source) == "A system & more one two"


def test_an_extract_has_at_most_four_hundred_signs() -> None:
    assert len(extract("word " * 10_000)) <= 400
    assert extract("<" * 50_000) == ""


def test_good_rows_are_read() -> None:
    found = read(table(rows(200)))
    assert [each.wrong for each in found] == [None] * 200
    record = read(HEADING + GOOD)[0].record
    assert isinstance(record, Deliverable)
    assert (record.stage, record.ics, record.committee) == ("60.60", ("13.020",), "ISO/TC 268")


def test_a_renamed_column_is_named() -> None:
    with pytest.raises(OtherHeading) as refused:
        deliverables.from_table(io.BytesIO(HEADING.replace(b"currentStage", b"stage") + GOOD))
    assert refused.value.facts == {"missing": "currentStage", "unknown": "stage", "column": 11}


def test_columns_in_another_order_are_refused() -> None:
    with pytest.raises(OtherHeading):
        deliverables.from_table(io.BytesIO(HEADING.replace(b"id,deliverableType", b"deliverableType,id")))


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    found = read(b"\xef\xbb\xbf" + HEADING.replace(b"\n", b"\r\n") + GOOD.replace(b"\n", b"\r\n"))
    assert [each.wrong for each in found] == [None]


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (b",6060,", b",9999,", "currentStage"),
        (b",6060,", b",-1,", "currentStage"),
        (b",6060,", b",60.60,", "currentStage"),
        (b"2020-05-04", b"04/05/2020", "publicationDate"),
        (b"2020-05-04", b"2020-13-01", "publicationDate"),
        (b",1,['13.020']", b",first,['13.020']", "edition"),
        (b"['13.020']", b"['13.20']", "icsCode"),
        (b"7,IS", b"seven,IS", "id"),
        (b"7,IS", b"99999999999999,IS", "id"),
        (b",IS,,", b",IS,Add,", "supplementType"),
        (b"ISO 7:2020", b"", "reference"),
        (b"['en']", b"[open('/etc/passwd')]", "languages"),
    ],
)
def test_a_wrong_value_is_put_aside_with_its_field(before: bytes, after: bytes, field: str) -> None:
    assert only(GOOD.replace(before, after)).field == field


@pytest.mark.parametrize(
    "bad",
    [
        b'8,IS,,ISO 8:2020,"Cities never closed,,2020-05-04,1,[],ISO/TC 268,6060,,,[],9,\n',
        b'8,IS,,ISO 8:2020,"Cities "badly" quoted",,2020-05-04,1,[],ISO/TC 268,6060,,,[],9,\n',
        b"8,IS,,ISO 8:2020,too few\n",
        b"8,IS,,ISO 8:2020,\xff\xfe,,2020-05-04,1,[],ISO/TC 268,6060,,,[],9,\n",
        b"8,IS,,ISO 8:2020," + b"x" * (LONGEST_LINE * 3) + b",,2020-05-04,1,[],ISO/TC 268,6060,,,[],9,\n",
        b'8,IS,,ISO 8:2020,"'
        + b"x" * (LONGEST_LINE * 3)
        + b"\n"
        + b"y\n" * 9_000
        + b'",,,1,[],ISO/TC 268,6060,,,[],9,\n',
    ],
)
def test_a_broken_row_costs_no_other(bad: bytes) -> None:
    others = [GOOD.replace(b"7,IS", f"{number},IS".encode()) for number in (11, 12, 13)]
    found = read(HEADING + others[0] + bad + others[1] + others[2])
    assert [each.record.iso_id for each in found if each.record is not None] == [11, 12, 13]
    assert [(each.line, each.key) for each in found if each.wrong] == [(3, "8")]


def test_two_broken_rows_in_a_row_are_two() -> None:
    bad = b'8,IS,,ISO 8:2020,"Cities never closed,,,1,[],ISO/TC 268,6060,,,[],9,\n'
    quoted = GOOD.replace(b"Cities", b'"Cities, large"')
    found = read(HEADING + bad + bad.replace(b"8,IS", b"9,IS") + quoted)
    assert [each.key for each in found if each.wrong] == ["8", "9"]
    assert [each.record.iso_id for each in found if each.record is not None] == [7]


def test_text_over_several_lines_is_one_row() -> None:
    scope = b'"<p>One</p>\n1,IS,looks like a row\n<p>Two</p>"'
    found = read(HEADING + GOOD[:-1] + scope + b"\n" + GOOD.replace(b"7,IS", b"8,IS"))
    assert [each.record.iso_id for each in found if each.record is not None] == [7, 8]


def test_a_line_without_end_is_not_held() -> None:
    found = list(lines(io.BytesIO(b"x" * (LONGEST_LINE * 4) + b"\nnext\n")))
    assert [(line.number, line.is_cut) for line in found] == [(1, True), (2, False)]
    assert len(found[0].content) == 1000


def test_lines_of_json_are_read_one_by_one() -> None:
    good = {
        "id": 7,
        "deliverableType": "IS",
        "supplementType": None,
        "reference": "ISO 7:2020",
        "publicationDate": "2020-05",
        "edition": 1,
        "icsCode": ["13.020"],
        "ownerCommittee": "ISO/TC 268",
        "currentStage": 0,
        "replaces": None,
        "replacedBy": [8],
        "languages": ["en"],
        "pages": {"en": 9},
        "scope": {"en": "<p>Scope</p>"},
    }
    bad = ["{", "[" * 100_000, '"text"', json.dumps({**good, "icsCode": "['13.020']"}), json.dumps({**good, "more": 1})]
    bad += [
        json.dumps({**good, "id": 10**400}),
        json.dumps({**good, "title": "Text"}).replace('"edition": 1', '"edition": NaN'),
    ]
    text = "\n".join([json.dumps(good), *bad, json.dumps({**good, "id": 9, "title": {"en": "Cities"}})])
    found = list(deliverables.from_lines(io.BytesIO(text.encode())))
    assert [each.record.iso_id for each in found if each.record is not None] == [7, 9]
    assert len([each for each in found if each.wrong]) == len(bad)
    first = found[0].record
    assert isinstance(first, Deliverable)
    assert (first.stage, first.published_precision, first.scope_extract) == ("00.00", "month", "Scope")


def test_lines_of_json_with_other_keys_are_refused_at_once() -> None:
    with pytest.raises(OtherHeading):
        list(deliverables.from_lines(io.BytesIO(b'{"id": 1, "stage": 6060}\n')))
