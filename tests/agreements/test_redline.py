"""Redlines: by words in English, by characters in Chinese, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forum.agreements.rules.redline import Change, Segment, redline


def test_english_changes_by_words() -> None:
    assert redline("for five years", "for three years", "en") == (
        Segment(Change.SAME, "for "),
        Segment(Change.REMOVED, "five"),
        Segment(Change.ADDED, "three"),
        Segment(Change.SAME, " years"),
    )


def test_chinese_changes_by_characters_and_keeps_latin_words_and_figures_whole() -> None:
    assert redline("有效期五年", "有效期三年", "zh") == (
        Segment(Change.SAME, "有效期"),
        Segment(Change.REMOVED, "五"),
        Segment(Change.ADDED, "三"),
        Segment(Change.SAME, "年"),
    )
    assert Segment(Change.REMOVED, "37101") in redline("依据ISO 37101开展", "依据ISO 37120开展", "zh")


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["en", "zh"]))
def test_the_segments_give_back_both_wordings(before: str, after: str, language: str) -> None:
    found = redline(before, after, language)
    assert "".join(each.text for each in found if each.change is not Change.ADDED) == before
    assert "".join(each.text for each in found if each.change is not Change.REMOVED) == after


def test_long_wordings_are_compared_by_sentences_first_and_nothing_is_lost() -> None:
    before = "".join(f"第{number}句保持不变。" for number in range(900))
    after = before.replace("第7句保持不变。", "第7句有所变化。")
    found = redline(before, after, "zh")
    assert [each.text for each in found if each.change is Change.REMOVED] == ["保持不"]
    assert "".join(each.text for each in found if each.change is not Change.REMOVED) == after
    whole = redline("甲" * 3000, "乙" * 3000, "zh")
    assert whole == (Segment(Change.REMOVED, "甲" * 3000), Segment(Change.ADDED, "乙" * 3000))


def test_equal_wordings_have_no_change() -> None:
    assert redline("同样的文字", "同样的文字", "zh") == (Segment(Change.SAME, "同样的文字"),)
    assert redline("", "", "en") == ()
