"""What no engine may touch: found in every form, put back whatever became of its token, and missed when it is gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.translation.protection import (
    as_spans,
    from_spans,
    joined,
    losses,
    mask,
    protected,
    segments,
    unmask,
)


@pytest.mark.parametrize(
    "reference",
    [
        "ISO/TC 268/SC 1/WG 2",
        "ISO/TS 37107:2019/Amd 1:2021",
        "ITU-T Y.4900/L.1600",
        "GB/T 36749-2018",
        "GB/T 28039—2011",
        "GB/T 40759–2021",
        "IEC 60050-831",
        "ISO 37101",
        "ISO 37120:2018",
        "ISO/IEC JTC 1/SC 27/WG 5",
        "ISO/IEC Guide 51",
        "ISO/CD 37101.2",
        "ISO/FDIS 37125",
        "SAC/TC 567",
        "IEEE 802.11",
        "IEC/TR 63233-1",
        "CEN/TC 465",
        "EN 17680",
        "DB33/T 2345-2021",
        "T/CECS 123-2020",
        "RFC 5545",
        "ITU-T Y.4900",
        "IWA 18:2016",
        "ISO",
    ],
)
def test_a_reference_is_one_thing_in_either_language(reference: str) -> None:
    for sentence in (f"See {reference}, and more.", f"依据{reference}标准。", f"（{reference}）", reference):
        masked, vault = mask(sentence)
        assert vault == (reference,)
        assert masked.count("⟦0⟧") == 1
        assert unmask(masked, vault) == (sentence, ())


@pytest.mark.parametrize(
    "word", ["ISOLATION", "ISOlation", "isotope", "CENTRE", "ENTRY", "SACRED", "DINNER 3", "ITUNES"]
)
def test_a_word_that_begins_like_a_body_is_translated(word: str) -> None:
    assert mask(f"the {word} of cities") == (f"the {word} of cities", ())


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("as said [1] and 【23】 and 〔2024〕12号", ("[1]", "【23】", "〔2024〕")),
        ("<b>Open</b><br/> &amp; <!-- note --> x < y", ("<b>", "</b>", "<br/>", "&amp;", "<!-- note -->")),
        ("%(count)s of 100%%, %(share).1f", ("%(count)s", "%%", "%(share).1f")),
        ("{name} and {{ city }} and {% if x %}", ("{name}", "{{ city }}", "{% if x %}")),
        (
            "mail a.b+c@forum.example or https://forum.example/a?b=1#c.",
            ("a.b+c@forum.example", "https://forum.example/a?b=1#c"),
        ),
        ("见https://forum.example/zh/。谢谢", ("https://forum.example/zh/",)),
        ("[the page](https://a.example/x_(1)) ends", ("[", "](https://a.example/x_(1))")),
        ('[rules](/en/rules "All of them")', ("[", '](/en/rules "All of them")')),
        ("![the hall](hall.png) and `code [1]`", ("![the hall](hall.png)", "`code [1]`")),
        ("```\nISO 1\n```\nafter", ("```\nISO 1\n```",)),
        ("<https://forum.example/>", ("<https://forum.example/>",)),
        ("50 % of cities, 3 {", ()),
    ],
)
def test_markup_placeholders_links_and_code_are_found(text: str, things: tuple[str, ...]) -> None:
    masked, vault = mask(text)
    assert vault == things
    assert unmask(masked, vault) == (text, ())
    assert losses(text, text) == ()


def test_the_longest_name_wins_and_a_name_is_no_part_of_a_word() -> None:
    names = ["Forum", "Hangzhou Forum", "杭州", ""]
    masked, vault = mask("The Hangzhou Forum, a Forum; Forums in 杭州市", names)
    assert vault == ("Hangzhou Forum", "Forum", "杭州")
    assert masked == "The ⟦0⟧, a ⟦1⟧; Forums in ⟦2⟧市"


@pytest.mark.parametrize("token", ["⟦0⟧", "⟦ 0 ⟧", "[0]", "【0】", "［０］", "〔0〕", "⟦０⟧", "⟦0】"])
def test_a_token_is_known_whatever_became_of_its_brackets(token: str) -> None:
    assert unmask(f"在{token}中", ("ISO 37101",)) == ("在ISO 37101中", ())


@pytest.mark.parametrize("answer", ["在中", "在0中", "在(0)中", "在⟦零⟧中", "在⟦0⟧和⟦0⟧中", "在⟦1⟧中", "在⟦0中"])
def test_a_token_that_is_gone_doubled_or_another_one_is_missed(answer: str) -> None:
    assert unmask(answer, ("ISO 37101",))[1] == ("ISO 37101",)


def test_a_number_beside_a_reference_does_not_become_part_of_it() -> None:
    final, lost = unmask("⟦0⟧2018年", ("ISO 37101",))
    assert (final, lost) == ("ISO 37101 2018年", ())
    assert losses("In 2018, ISO 37101", final) == ()


def test_a_citation_of_the_source_is_not_taken_for_a_token() -> None:
    masked, vault = mask("As [0] says, see [1] and ISO 37101")
    assert unmask(masked.replace("As", "据"), vault) == ("据 [0] says, see [1] and ISO 37101", ())


@pytest.mark.parametrize(
    ("source", "final", "lost"),
    [
        ("ISO 37101 helps", "有帮助", ("ISO 37101",)),
        ("ISO 37101 helps", "ISO 37101 ISO 37101", ("ISO 37101",)),
        ("ISO 37101 helps", "ISO 37102有帮助", ("ISO 37101", "ISO 37102")),
        ("It helps", "见https://evil.example/", ("https://evil.example/",)),
        ("It helps", "它[3]有帮助", ("[3]",)),
        ("It helps", "<b>它</b>有帮助", ("<b>", "</b>")),
        ("<b>It</b> helps", "</b>它<b>有帮助", ("</b>", "<b>")),
        ("<b><i>It</i></b>", "<b><i>它</b></i>", ("</b>", "</i>", "<b>", "<i>")),
        ("[page](/a) [other](/b)", "[页](/b)[其他](/a)", ()),
        ("[page](/a)", "页](/a)[", ("[",)),
        ("The International Organization", "国际标准化组织（ISO）", ()),
        ("%(a)s and %(b)s", "%(a)s和%(a)s", ("%(a)s", "%(b)s")),
        ("100%% sure", "100%肯定", ("%%",)),
        ("write to a@b.example", "写信至a@b.example.cn", ("a@b.example", "a@b.example.cn")),
    ],
)
def test_the_final_text_holds_each_thing_as_often_as_its_source(source: str, final: str, lost: tuple[str, ...]) -> None:
    assert losses(source, final) == lost


def test_a_name_that_only_the_translation_needs_is_no_loss_but_one_that_is_gone_is() -> None:
    assert losses("the host city", "主办城市杭州", ["杭州"]) == ()
    assert losses("杭州 welcomes you", "Welcome", ["杭州"]) == ("杭州",)


def test_spans_bring_a_token_back_even_when_what_is_in_them_was_translated() -> None:
    sent = as_spans("see ⟦0⟧ & ⟦1⟧")
    assert sent == ('see <span translate="no" id="t0">⟦0⟧</span> &amp; <span translate="no" id="t1">⟦1⟧</span>')
    answer = '参见<SPAN id=t1 translate="no">一</SPAN >&amp;<span translate="no" id="t0">标准</span>'
    assert from_spans(answer) == "参见⟦1⟧&⟦0⟧"
    assert from_spans('<span translate="no">⟦0⟧</span>') == '<span translate="no">⟦0⟧</span>', "left for the report"


def test_lines_keep_their_marks_and_only_words_are_sent() -> None:
    text = "# Rules\r\n\n* First [1]\n1. ISO 37101\n> quoted\n```\nx\n```\n  \n"
    masked, vault = mask(text)
    lines = segments(masked)
    assert [line.core for line in lines if line.has_words] == ["Rules", "First ⟦0⟧", "quoted"]
    assert unmask(joined(lines, [line.core for line in lines]), vault) == (text, ())


@given(st.text(alphabet=st.sampled_from("ab 1[]⟦⟧()<>/%{}`!:.城市ISO37@#-\n_\"'&;"), max_size=80))
def test_whatever_a_text_holds_it_comes_back_as_it_was(text: str) -> None:
    masked, vault = mask(text, ["城市"])
    lines = segments(masked)
    assert unmask(joined(lines, [line.core for line in lines]), vault)[1] == ()
    assert unmask(masked, vault)[1] == ()
    assert losses(text, text, ["城市"]) == ()
    assert len(protected(text, ["城市"])) == len(vault)
    assert from_spans(as_spans(masked)) == masked


@given(st.integers(1, 4000))
def test_long_and_nested_brackets_take_no_time(length: int) -> None:
    for hostile in ("[" * length, "`" * length, "<" * length, "[a](" * length, "ISO/" * length, "a@" * length):
        mask(hostile)
