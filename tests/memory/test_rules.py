"""Cutting, normalising, numbers and scores, by tables of cases and by many random texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.memory.rules import scoring
from forum.memory.rules.normalising import normalised, tokens
from forum.memory.rules.numbers import PLACE, fitted, numbers, replaced, skeleton
from forum.memory.rules.segmenting import assembled, joined, pairs, paragraphs, pieces, segments

MIXED = st.lists(
    st.one_of(
        st.sampled_from(
            [
                ". ", "。", "！", "? ", "”", "’ ", "\n", "\r\n", "\n\n ", "e.g. ", "Dr. ", "ISO 37101:2016", "3.5 %",
                "U.S. ", "…", "1,200", "2027年4月20日", "20 April 2027", "城市", "A", "b ", "（", "）", "J. ", "1. ",
                "①", "　", "……", "No. 5",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three! four", ["One.", "Two?", "Three! four"]),
        ("See ISO 37101:2016. It grew by 3.5 percent.", ["See ISO 37101:2016.", "It grew by 3.5 percent."]),
        ("Dr. Li and Prof. J. Smith came. All stayed.", ["Dr. Li and Prof. J. Smith came.", "All stayed."]),
        ("The U.S. delegation, e.g. Boston, came.", ["The U.S. delegation, e.g. Boston, came."]),
        ("See Fig. 3 and No. 5. He said no. The end.", ["See Fig. 3 and No. 5.", "He said no.", "The end."]),
        ("“Why?” “Because.” So it is.", ["“Why?”", "“Because.”", "So it is."]),
        ("1. Scope\n2. Terms\n", ["1. Scope", "2. Terms"]),
        ("A title without a stop", ["A title without a stop"]),
        ("依据ISO 37101:2016。增长3.5%！是吗？是。", ["依据ISO 37101:2016。", "增长3.5%！", "是吗？", "是。"]),
        ("他说：“很好。”大家同意。", ["他说：“很好。”", "大家同意。"]),
        ("城市；社区；国家", ["城市；社区；国家"]),
        ("见ITU-T Y.4900。GB/T 36749-2018适用。", ["见ITU-T Y.4900。", "GB/T 36749-2018适用。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_of_both_languages(text: str, expected: list[str]) -> None:
    assert list(segments(text)) == expected


@settings(max_examples=400, deadline=None)
@given(MIXED)
def test_what_was_cut_joins_back(text: str) -> None:
    assert joined(pieces(text)) == text
    assert joined(paragraphs(text)) == text
    assert all(piece.text == piece.text.rstrip() for piece in pieces(text))


def test_translations_of_the_pieces_are_joined_as_their_language_joins() -> None:
    parts = pieces("第一句。第二句。\n第三句。")
    assert assembled(parts, ["First.", "Second.", "Third."], "en") == "First. Second.\nThird."
    back = pieces("First. Second.\nThird.")
    assert assembled(back, ["第一句。", "第二句。", "第三句。"], "zh") == "第一句。第二句。\n第三句。"


@pytest.mark.parametrize(
    ("source", "target", "count"),
    [
        ("One. Two.", "一。二。", 2),
        ("One. Two.", "一和二。", 1),
        ("One.\nTwo. Three.", "一。二。\n三。", 1),  # as many in all, and not line by line
        ("One", "", 0),
    ],
)
def test_pairs_need_as_many_sentences_line_by_line(source: str, target: str, count: int) -> None:
    assert len(pairs(source, target)) == count


@settings(max_examples=300, deadline=None)
@given(MIXED)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
    assert PLACE not in skeleton("No figure")
    assert skeleton(text) == replaced(text, [PLACE] * len(numbers(text)))


def test_width_case_and_blanks_are_no_difference() -> None:
    assert normalised("Ｓmart  Ｃity　２０２７\n") == "smart city 2027"
    assert tokens(normalised("Smart 城市, 2027!")) == ["smart", "城", "市", "2027"]


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Opening ceremony", "Opening ceremony", 101),
        ("Opening ceremony", "opening  CEREMONY", 100),
        ("１２ 城市", "12 城市", 100),
        ("The forum opens on 20 April 2027.", "The forum opens on 21 May 2028.", 95),
        ("论坛于2027年4月20日开幕", "论坛于2028年5月1日开幕", 95),
        ("1,200 guests in 3 halls", "950 guests in 12 halls", 95),
        ("Growth of 3.5%", "Growth of 12%", 95),
        ("Exchange of good practices between cities", "Exchange of best practices between cities", 87),
        ("三个城市", "五个城市", 75),  # Chinese numerals are words
        ("The CO2 of cities", "The CO3 of cities", 85),  # so are figures inside words
        ("Urban resilience", "Waste water", 9),
    ],
)
def test_scores_by_the_table(one: str, other: str, score: int) -> None:
    assert scoring.score(one, other) == score
    assert scoring.score(other, one) == score


@settings(max_examples=300, deadline=None)
@given(MIXED, MIXED)
def test_scores_are_symmetric_and_within_bounds(one: str, other: str) -> None:
    score = scoring.score(one, other)
    assert score == scoring.score(other, one)
    assert 0 <= score <= 101
    left, right = normalised(one), normalised(other)
    if left != right:
        assert scoring.likeness(left, right) <= scoring.at_best(scoring.character_likeness(left, right)) <= 94


@pytest.mark.parametrize(
    ("new", "source", "target", "expected"),
    [
        ("It opens on 21 May 2028.", "It opens on 20 April 2027.", "2027年4月20日开幕。", "2028年5月21日开幕。"),
        ("Opens May 21, 2028", "Opens April 20, 2027", "2027-04-20开幕", "2028-05-21开幕"),
        ("2028年5月21日开幕", "2027年4月20日开幕", "Opens on 20 Apr 2027", "Opens on 21 May 2028"),
        ("2028年6月开幕", "2027年4月开幕", "Opens in April 2027", "Opens in June 2028"),
        ("1,500 guests", "1,200 guests", "1200位来宾", "1500位来宾"),
        ("1500位来宾", "1200位来宾", "1,200 guests", "1,500 guests"),
        ("Growth of 4.25%", "Growth of 3.5%", "增长3.5%", "增长4.25%"),
        ("7 of 9 cities", "3 of 5 cities", "5个城市中的3个", "9个城市中的7个"),
        ("5 of 3 cities", "3 of 5 cities", "5个城市中的3个", "3个城市中的5个"),
        ("Clause 4.3.2", "Clause 4.3.1", "第4.3.1条", "第4.3.2条"),
        ("ISO 37120:2018", "ISO 37101:2016", "ISO 37101:2016", "ISO 37120:2018"),
        ("4 cities", "3 cities", "三个城市", None),  # numerals are left alone, so nothing is certain
        ("30 million people", "3 million people", "300万人", None),
        ("2 rooms and 5 halls", "3 rooms and 3 halls", "3个房间和3个大厅", None),  # which 3 is which
        ("3 cities", "3 cities in 2027", "2027年3个城市", None),
        ("on 5 halls", "on 20 April 2027 halls", "2027年4月20日大厅", None),
    ],
)
def test_numbers_are_put_in_or_nothing_is_offered(new: str, source: str, target: str, expected: str | None) -> None:
    made = fitted(new, source, target)
    assert (made.text if made else None) == expected


def test_dates_that_are_none_are_numbers() -> None:
    assert [each.form for each in numbers("on 99 April and 2027-13-45")] == ["plain", "plain", "plain", "plain"]
    assert [each.form for each in numbers("20 April, 2027年4月 and 1,200 or 007")] == [
        "day_first",
        "han_month",
        "grouped",
        "chain",
    ]
