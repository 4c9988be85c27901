"""Foreign text becomes plain text on the right side."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.agenda.imports.texts import (
    by_script,
    is_filler,
    is_traditional,
    language_codes,
    looks_like_break,
    one_line,
    plain,
    safe_address,
    two_sides,
)
from forum.core.bilingual import TextState


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ("Hello<script>alert(1)</script> world", "Hello world"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;done", "done"),
        (
            "### Heading\r\n**bold** and [words](https://forum.example/x)",
            "Heading\nbold and words (https://forum.example/x)",
        ),
        ("* point\n+ point", "- point\n- point"),
        ("a < b and c > d", "a < b and c > d"),
        ("zero\u200bwidth \u202eturned\u0007", "zerowidth turned"),
        (None, ""),
        (12, "12"),
    ],
)
def test_markup_becomes_plain_text(raw: Any, text: str) -> None:
    assert plain(raw) == text


@given(
    st.text(max_size=300)
    | st.from_regex(r"(<[a-z/]{1,6}[^>]{0,9}>|&[a-z]{2,5};|\*|#|\[|\]|\(|\)|x){0,40}", fullmatch=True)
)
def test_cleaning_twice_changes_nothing_and_leaves_no_tags(raw: Any) -> None:
    once = plain(raw)
    assert plain(once) == once
    assert "<script" not in once.casefold()
    assert "\x00" not in once


def test_hostile_length_is_cut_quickly() -> None:
    begin = time.process_time()
    for raw in ("[" * 2_000_000, "<a " * 700_000, "**_" * 700_000, "&lt;" * 500_000):
        assert len(plain(raw)) <= 20_000
    assert time.process_time() - begin < 2


def test_a_text_goes_to_the_side_of_its_script() -> None:
    assert (by_script("城市101").zh, by_script("城市101").en) == ("城市101", "")
    assert by_script("Cities").en == "Cities"
    joined = by_script("城市 / Cities")
    assert (joined.zh, joined.en) == ("城市", "Cities")
    assert by_script("Cities / 城市").zh == "Cities / 城市"


def test_equal_texts_fill_only_the_language_they_are_written_in() -> None:
    chinese, same = two_sides("資料○蔽實務", "資料○蔽實務")
    assert (same, chinese.en, chinese.state("en")) == (True, "", TextState.MISSING)
    assert chinese.state("zh") is TextState.SOURCE
    english, _ = two_sides("Kernel", "Kernel")
    assert (english.en, english.zh) == ("Kernel", "")
    both, same = two_sides("Kernel", "核心", "zh")
    assert (same, both.state("zh"), both.state("en")) == (False, TextState.SOURCE, TextState.HUMAN)


def test_language_words_become_codes() -> None:
    assert language_codes("中文") == (("zh",), ())
    assert language_codes("de, en") == (("de", "en"), ())
    assert language_codes("zh-Hant") == (("zh",), ())
    assert language_codes("Klingon!") == ((), ("Klingon!",))
    assert language_codes(None) == ((), ())


def test_fillers_breaks_and_traditional_characters_are_recognised() -> None:
    assert all(map(is_filler, ("TBA", "tba.", "No description", "-", "待定")))
    assert not is_filler("TBA by the chair")
    assert looks_like_break("Main Conference: lunch")
    assert looks_like_break("茶歇")
    assert not looks_like_break("Breaking the ice with teachers")
    assert is_traditional("這個時間的開門")
    assert not is_traditional("这个时间的开门")


@pytest.mark.parametrize("raw", ["javascript:alert(1)", "/relative", "data:text/html,x", "", None, 'https://x"y'])
def test_only_web_addresses_are_kept(raw: Any) -> None:
    assert safe_address(raw) == ""
    assert safe_address("https://forum.example/a?b=c") == "https://forum.example/a?b=c"


def test_a_title_is_one_line() -> None:
    assert one_line("  two\r\n lines ") == "two lines"
