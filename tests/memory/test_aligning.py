"""Two sides of a text beside each other: cut where they fit, joined again without losing a sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.memory.rules.aligning import put_together, side_by_side

ENGLISH = "Hello there. This is it!\n\n- First item\n- Second item. With two.\n\n1. A number"
CHINESE = "你好。就是这个！\n\n- 第一\n- 第二。有两个。\n\n1. 数"
WILD = st.lists(
    st.one_of(
        st.sampled_from(["A. ", "b", "。", "！", "? ", "”", "\n", "\n\n", "- ", "1. ", "> ", "城市", "**", "\t"]),
        st.text(max_size=4),
    ),
    max_size=14,
).map(lambda parts: "".join(parts).strip())  # fmt: skip


def test_marks_of_lists_and_line_breaks_belong_to_no_segment() -> None:
    found = side_by_side(ENGLISH, CHINESE, "zh")
    assert [(each.source, each.target) for each in found] == [
        ("Hello there.", "你好。"),
        ("This is it!", "就是这个！"),
        ("First item", "第一"),
        ("Second item.", "第二。"),
        ("With two.", "有两个。"),
        ("A number", "数"),
    ]
    assert found[-1].source_end == len(ENGLISH)
    assert found[-1].target_end == len(CHINESE)


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        ("zh", ["甲。", "乙！", "丙", "丁。", "戊。", "己"], "甲。乙！\n\n- 丙\n- 丁。戊。\n\n1. 己"),
        ("en", ["A.", "B!", "C", "D.", "E.", "F"], "A. B!\n\n- C\n- D. E.\n\n1. F"),
        ("zh", ["甲。", "乙！", "- 丙", "* 丁。", "戊。", "1. 己"], "甲。乙！\n\n- 丙\n* 丁。戊。\n\n1. 己"),
        ("zh", [" ", "", "", "", "", ""], ""),
    ],
)
def test_a_text_that_is_written_anew_has_the_marks_and_lines_of_its_original(
    language: str, texts: list[str], expected: str
) -> None:
    assert put_together(side_by_side(ENGLISH, "", language), texts) == expected


def test_a_line_with_another_number_of_sentences_stays_whole() -> None:
    found = side_by_side("One. Two. Three.\nFour. Five.", "一，二。三。\n四。五。", "zh")
    assert [each.source for each in found] == ["One. Two. Three.", "Four.", "Five."]


def test_another_number_of_lines_does_not_fit() -> None:
    assert side_by_side("One.\nTwo.", "一。二。", "zh") == ()


@given(WILD, WILD, st.sampled_from(["en", "zh"]))
def test_unchanged_segments_give_the_translation_as_it_was(source: str, target: str, language: str) -> None:
    found = side_by_side(source, target, language)
    if found and target:
        assert put_together(found, [each.target for each in found]) == target
        assert found[-1].target_end == len(target)
    if found:
        assert found[-1].source_end == len(source)


@given(WILD)
def test_no_word_of_the_source_is_left_out(source: str) -> None:
    found = side_by_side(source, "", "zh")
    said = "".join(each.head + each.source + each.tail for each in found)
    assert "".join(said.split()) == "".join(source.split())
