"""Seals: any one character, in any language, by any path."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from forum.agreements import operations, queries
from forum.agreements.kinds import Party, Terms
from forum.agreements.models import AgreementText
from forum.agreements.operations import Wording
from forum.agreements.rules.canonical import digits, document, is_same, normal, seal, short_hash
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.text import clean
from forum.ports.documents.canonical import encode
from tests.agreements.texts import HANGZHOU, HERS, LYON, NOW, clause, own, started, value

# One visible character more, less or another; what the canonical form levels by its rule isn't visible.
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Mc", "Cn"))


PAST_THE_PRODUCT = {
    "en": sql("UPDATE agreement_clause SET en = :said WHERE id = :id"),
    "zh": sql("UPDATE agreement_clause SET zh = :said WHERE id = :id"),
}


def mutated(text: str, place: int, letter: str, deed: str) -> str:
    place %= len(text)
    if deed == "insert":
        return text[:place] + letter + text[place:]
    return text[:place] + (letter if deed == "replace" else "") + text[place + 1 :]


@given(
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    LETTERS,
    st.sampled_from(["insert", "replace", "delete"]),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=150)
def test_any_one_character_changes_the_seal(which: int, place: int, letter: str, deed: str, language: str) -> None:
    whole = value()
    chosen = whole.clauses[which % len(whole.clauses)]
    changed = mutated(chosen.side(language), place, letter, deed)
    assume(normal(changed) != normal(chosen.side(language)))
    changes: dict[str, Any] = {language: changed}
    other = replace(
        whole,
        clauses=tuple(replace(each, **changes) if each is chosen else each for each in whole.clauses),
    )
    before, after = seal(whole), seal(other)
    assert after.both != before.both
    assert (after.en != before.en, after.zh != before.zh) == (language == "en", language == "zh")


@pytest.fixture
def text(writing: None) -> AgreementText:
    return started()


@given(st.integers(0, 10_000), LETTERS, st.sampled_from(["sql", "operation"]), st.sampled_from(LANGUAGES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_by_any_path_also_past_the_product(
    text: AgreementText, place: int, letter: str, path: str, language: str
) -> None:
    found = clause(text, "scope")
    changed = mutated(found.side(language), place, letter, "insert")
    assume(clean(changed) == changed)
    assume(normal(changed) != normal(found.side(language)))
    assume("{{" not in changed.replace("{{sides}}", ""))  # a broken variable is refused by the operation
    before = queries.fresh_seal(text)
    if path == "sql":
        session.execute(PAST_THE_PRODUCT[language], {"said": changed, "id": found.id})
        session.expire(found)
    else:
        sides = {"en": found.en, "zh": found.zh} | {language: changed}
        wording = Wording(sides["en"], sides["zh"])
        operations.edit_clause(found, wording, seen_version=found.version, party_key="lyon", actor=HERS, now=NOW)
    assert queries.fresh_seal(text).both != before.both
    assert not queries.verify(text, before.short)
    assert queries.verify(text, queries.fresh_seal(text).short)


@pytest.mark.parametrize(
    "change",
    [
        {"title_en": "Memorandum."},
        {"title_zh": "备忘录。"},
        {"parties": (LYON, replace(HANGZHOU, name_zh="杭州市"))},
        {"parties": (HANGZHOU, LYON)},
        {"parties": (LYON, Party("hz", HANGZHOU.name_en, HANGZHOU.name_zh))},
        {"authentic": ("en",)},
        {"prevailing": "en"},
        {"terms": Terms(48, None, 3)},
        {"terms": Terms(60, None, 6)},
        {"terms": Terms(60, date(2032, 3, 1), 3)},
        {"terms": Terms(60, None, 3, budget_reference="B-7")},
        {"terms": Terms(60, None, 3, automatic_renewal=True)},
    ],
)
def test_everything_that_the_text_says_counts(change: dict[str, Any]) -> None:
    whole = value()
    assert seal(replace(whole, **change)).both != seal(whole).both


def test_the_order_of_clauses_counts() -> None:
    whole = value()
    assert seal(replace(whole, clauses=whole.clauses[::-1])).both != seal(whole).both


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a，b", "a,b"),
        ("“x”", '"x"'),
        ("Ａ", "A"),
        ("a b", "a  b"),
        ("（一）", "(一)"),
        ("……", "..."),
        ("a\u00a0b", "a b"),
    ],
)
def test_typography_counts(one: str, other: str) -> None:
    assert seal(value(value().instrument, own(one, "甲"))) != seal(value(value().instrument, own(other, "甲")))


@pytest.mark.parametrize(
    ("one", "other"), [("a\r\nb", "a\nb"), ("a  \nb", "a\nb"), ("e\u0301", "é"), ("a\u3000", "a"), ("a\rb", "a\nb")]
)
def test_line_ends_trailing_blanks_and_composition_do_not_count(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert seal(value(value().instrument, own(one, "甲"))) == seal(value(value().instrument, own(other, "甲")))


def test_the_form_is_json_with_sorted_keys_and_holds_what_it_promises() -> None:
    encoded = encode(document(value(), LANGUAGES))
    read = json.loads(encoded)
    assert list(read) == sorted(read)
    assert encoded.decode() == json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert {"instrument", "parties", "clauses", "variables", "authentic"} <= set(read)
    assert [each["key"] for each in read["clauses"]] == [each.key for each in value().clauses]
    assert read["variables"]["zh"]["validity"] == "有效期五年"
    assert "{{" not in encoded.decode()


def test_a_seal_of_one_language_knows_nothing_of_the_other() -> None:
    assert "里昂" not in json.dumps(document(value(), ["en"]), ensure_ascii=False)


def test_matching_and_notes_are_no_part_of_the_seal() -> None:
    whole = value()
    unmatched = replace(whole, clauses=tuple(replace(each, matched=False) for each in whole.clauses))
    assert seal(unmatched) == seal(whole)


def test_the_short_digits_are_sixteen_in_groups_of_four() -> None:
    assert short_hash("0123456789abcdef" * 4) == "0123 4567 89ab cdef"


@pytest.mark.parametrize(
    "typed", ["0123 4567 89AB CDEF", "0123-4567-89ab-cdef", "０１２３４５６７８９ａｂｃｄｅｆ", " 0123456789abcdef\n"]
)
def test_digits_are_read_as_people_type_them(typed: str) -> None:
    assert digits(typed) == "0123456789abcdef"


def test_the_digits_of_a_copy_are_compared_with_the_text() -> None:
    known = seal(value())
    for typed in (known.short, known.both, known.en, known.zh.upper()):
        assert is_same(known, typed)
    for typed in ("", known.both[:15], known.both[:17], known.en[:16], seal(value(prevailing="en")).short):
        assert not is_same(known, typed)
