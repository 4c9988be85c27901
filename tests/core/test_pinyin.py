"""Pinyin: words are read as words, without the weight of the whole table of phrases."""

from __future__ import annotations

import sys

import pytest

from forum.core.pinyin import syllables


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("重庆", "chong qing"),
        ("长沙", "chang sha"),
        ("厦门", "xia men"),
        ("六安", "lu an"),
        ("蚌埠", "beng bu"),
        ("银行", "yin hang"),
        ("标准化", "biao zhun hua"),
        ("杭州", "hang zhou"),
        ("ISO 37101标准", "ISO 37101 biao zhun"),
    ],
)
def test_words_are_read_as_words(word: str, read: str) -> None:
    assert " ".join(syllables(word)) == read


def test_the_whole_table_of_phrases_is_never_loaded() -> None:
    syllables("重庆")
    assert "pypinyin.phrases_dict" not in sys.modules
