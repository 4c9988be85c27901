"""Which terms a check finds, where, and what else it says of a translation."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.terms.rules.checking import Glossary, Spelling, Term, check, check_both
from forum.terms.rules.findings import SENTENCES, FindingKind
from forum.terms.rules.matching import Automaton, longest
from forum.terms.rules.wording import look_over
from forum.terms.states import USE_LIFE, Use

P, A, D, F = Use.PREFERRED, Use.ADMITTED, Use.DEPRECATED, Use.FORBIDDEN


def term(name: str, *words: tuple[str, str, Use] | tuple[str, str, Use, str] | tuple[str, str, Use, str, bool]) -> Term:
    return Term(name, tuple(Spelling(*each) for each in words))


TERMS = Glossary(
    [
        term("smart-city", ("en", "smart city", P), ("zh", "智慧城市", P), ("zh", "智能城市", F)),
        term("new-type", ("en", "new-type smart city", P), ("zh", "新型智慧城市", P)),
        term("ai", ("en", "artificial intelligence", P), ("zh", "人工智能", P)),
        term("resilient", ("en", "resilient city", P), ("zh", "韧性城市", P), ("zh", "弹性城市", F)),
        term("resilience", ("en", "resilience", P), ("zh", "韧性", P), ("zh", "恢复力", D)),
        term("party", ("en", "party", P), ("zh", "缔约方", P)),
        term("CD", ("en", "CD", A), ("en", "committee draft", P), ("zh", "委员会草案", P)),
        term("ISO", ("en", "ISO", P), ("zh", "国际标准化组织", P)),
        term("bus", ("en", "bus", P), ("zh", "公共汽车", P)),
        term(
            "community",
            ("en", "community", P),
            ("zh", "社区", P, "ISO 37101"),
            ("zh", "城市", P, "GB/T 36749-2018"),
        ),
        term("moderator", ("en", "moderator", P), ("zh", "主持人", P, "", False)),
    ]
)


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("A smart city.", "一座智慧城市。", []),
        ("Smart cities and SMART CITY", "智慧城市", []),
        ("A smart-city plan", "智慧城市规划", []),
        ("The resilient city plans.", "弹性城市作规划。", [("forbidden", "弹性城市"), ("missing", "resilient city")]),
        ("Resilience of towns", "城镇的恢复力", [("deprecated", "恢复力"), ("missing", "Resilience")]),
        ("Recovery of towns", "城镇的恢复力", []),  # deprecated for resilience alone
        ("Elastic towns", "弹性城市", [("forbidden", "弹性城市")]),
        ("A new-type smart city", "新型智慧城市", []),  # the longest wins: smart city is inside
        ("A new-type smart city", "智慧城市", [("missing", "new-type smart city")]),
        ("Artificial intelligence", "人工智能城市", []),  # 智能城市 is covered in part
        ("Smart cities", "智能城市", [("forbidden", "智能城市"), ("missing", "Smart cities")]),
        ("Two parties", "两个缔约方", []),
        ("Two buses", "两辆公共汽车", []),
        ("partying, smartcity, outsmart city", "聚会", []),  # word boundaries
        ("a cd of music", "一张唱片", []),  # an acronym has its capitals
        ("The CD is out; both CDs.", "草案", [("missing", "CD")]),
        ("See ISO 37120 and ISO/TC 268.", "见ISO 37120和ISO/TC 268。", []),  # part of a reference
        ("ISO asks.", "该组织询问。", [("missing", "ISO")]),
        ("The moderator asks.", "司仪询问。", []),  # nobody has confirmed 主持人
        ("smart. City", "聪明。城市", []),  # not over a full stop
        ("IEC SyC Smart Cities", "IEC SyC Smart Cities", []),  # a name that stays as it is
        ("", "智能城市", []),
    ],
)
def test_terms_are_found_longest_first_with_plurals_and_at_word_boundaries(
    source: str, target: str, found: list[tuple[str, str]]
) -> None:
    assert [(str(each.kind), each.found) for each in check(source, target, "en", TERMS)] == found


def test_a_finding_names_its_place_what_is_wanted_and_has_a_steady_key() -> None:
    bad, missing = check("In a Smart City.", "在智能城市里。", "en", TERMS)
    assert "在智能城市里。"[bad.span.start : bad.span.end] == "智能城市"
    assert (bad.side, bad.wanted, bad.concept) == ("target", ("智慧城市",), "smart-city")
    assert (missing.side, (missing.span.start, missing.span.end)) == ("source", (5, 15))
    moved = check("Words before. In a smart city.", "前文。在智能城市里。", "en", TERMS)
    assert [each.key for each in moved] == [bad.key, missing.key]
    assert bad.key != missing.key
    assert bad.sentence % bad.facts() == "“智能城市” is not used for this. Write 智慧城市."


def test_the_owner_of_the_document_decides() -> None:
    said = "The community decides."
    assert check(said, "社区决定。", "en", TERMS) == ()
    assert check(said, "城市决定。", "en", TERMS) == ()
    assert check(said, "社区决定。", "en", TERMS, owner="ISO 37101") == ()
    (wrong,) = check(said, "社区决定。", "en", TERMS, owner="GB/T 36749-2018")
    assert wrong.wanted == ("城市",)
    assert check("城市决定。", "The city decides.", "zh", TERMS) == ()  # the usage of one document alone
    (back,) = check("城市决定。", "The city decides.", "zh", TERMS, owner="GB/T 36749-2018")
    assert back.wanted == ("community",)


def test_neither_side_is_the_original() -> None:
    found = check_both("Smart towns.", "智能城市和新型智慧城市。", TERMS)
    assert {(str(each.kind), each.side, each.found) for each in found} == {
        ("forbidden", "target", "智能城市"),
        ("missing", "target", "新型智慧城市"),
    }


def test_every_kind_of_finding_has_its_sentence_and_the_uses_their_table() -> None:
    assert set(SENTENCES) == {str(kind) for kind in FindingKind}
    for use in Use:
        assert {row.target for row in USE_LIFE.lawful(use, {"translator"})} <= set(Use) - {use}
        assert not USE_LIFE.lawful(use, {"reader"})


@given(st.lists(st.text("ab城市 -", min_size=1, max_size=6), max_size=8), st.text("ab城市 -.", max_size=40))
def test_whatever_the_words_are_the_spans_hold_them_and_never_meet(words: list[str], text: str) -> None:
    found = Automaton(words).all_in(text)
    for span, _ in found:
        assert 0 <= span.start < span.end <= len(text)
    chosen = [span for span, _ in longest(found)]
    assert not any(one.meets(two) for place, one in enumerate(chosen) for two in chosen[place + 1 :])


def test_three_hundred_words_against_five_thousand_terms_take_milliseconds() -> None:
    dice = random.Random(5)
    words = [f"w{number}" for number in range(3000)]
    han = [chr(0x4E00 + number) for number in range(3000)]
    many = Glossary(
        term(
            str(number),
            ("en", " ".join(dice.choices(words, k=dice.randint(1, 4))), P),
            ("zh", "".join(dice.choices(han, k=dice.randint(2, 6))), P),
        )
        for number in range(5000)
    )
    source, target = " ".join(dice.choices(words, k=300)), "".join(dice.choices(han, k=600))
    began = time.perf_counter()
    for _ in range(10):
        many.check(source, target, "en")
    assert (time.perf_counter() - began) / 10 < 0.1  # about 5 ms on an idle machine; others work beside the tests


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("1,200 cities", "1200个城市", []),
        ("1.2 million people", "120万人", []),
        ("13 billion", "130亿", []),
        ("on 3 November 2026 at 2:30 PM", "2026年11月3日14:30", []),
        ("twelve cities, 3 rooms", "12座城市，三个会场", []),
        ("housing of the 1970s", "二十世纪七十年代的住宅", []),
        ("11 cities", "12座城市", [("number_missing", "11"), ("number_added", "12")]),
        ("ISO 37120:2018 and GB/T 36749-2018", "ISO 37120:2018和GB/T 36749—2018", []),
        ("ISO 37120:2018", "ISO 37122:2019", [("reference_missing", None), ("reference_added", None)]),
        ("ISO/TC 268/SC 1/WG 2 and ITU-T Y.4900/L.1600", "ISO/TC 268/SC 1/WG 2和ITU-T Y.4900/L.1600", []),
        ("Yes, here.", "是,这里。", [("half_width", ",")]),
        ("Yes, here.", "是，这里.", [("half_width", ".")]),
        ("at 14:30", "于14:30", []),
        ("uses ISO 37101", "采用 ISO 37101标准", [("blank", "ISO")]),
        ("uses  it", "采用  它", [("doubled_blank", None)]),
        ("Write %(name)s to <b>us</b>.", "请致函<b>我们</b>。", [("placeholder", "%(name)s")]),
        ("Write {name}.", "请致函{name}。", []),
        ("A note (short)", "说明（简短", [("brackets", "（")]),
        ("Adoption of the standard here", "Adoption of the standard here", [("untranslated", None)]),
        ("He said that this very sentence stays.", "他说that this very sentence stays。", [("untranslated", None)]),
        ("CNIS", "CNIS", []),
        ("word " * 60, "词", [("length", None)]),
        ("word " * 60, "词语" * 60, []),
    ],
)
def test_other_faults_of_a_translation_are_named(source: str, target: str, found: list[tuple[str, str | None]]) -> None:
    seen = look_over(source, target, "en")
    assert [str(each.kind) for each in seen] == [kind for kind, _ in found]
    for each, (_, what) in zip(seen, found, strict=True):
        assert what is None or each.found == what
        text = source if each.side == "source" else target
        assert 0 <= each.span.start <= each.span.end <= len(text)
        assert each.sentence % each.facts()


def test_towards_english_other_signs_count() -> None:
    assert look_over("采用 ISO 37101标准，共12条。", "It adopts ISO 37101, with 12 clauses.", "zh") == ()
    (rest,) = look_over("城市可持续发展标准化", "Standards for 城市可持续发展标准化", "zh")
    assert rest.kind is FindingKind.UNTRANSLATED


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["en", "zh"]))
def test_no_text_breaks_a_check(source: str, target: str, lang: str) -> None:
    for each in (*look_over(source, target, lang), *TERMS.check(source, target, lang)):
        assert len(each.key) == 32
