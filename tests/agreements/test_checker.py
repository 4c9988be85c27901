"""The checker: each finding once where it belongs, and not where it doesn't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forum.agreements.kinds import Agreement, Instrument, Level, Party, Rank, Terms, Use
from forum.agreements.library import library, place_of, required, use_of
from forum.agreements.rules.checker import Finding, blockers, findings, notice_by
from forum.agreements.rules.quantities import Kind, differences
from forum.agreements.rules.sentences import SENTENCES
from forum.agreements.rules.variables import resolve, variables
from forum.core.catalogue import translator
from tests.agreements.texts import HANGZHOU, LYON, OSAKA, TODAY, library_clause, own, value

MEMORANDUM = Instrument.MEMORANDUM


def codes(agreement: Agreement, level: Level | None = None) -> list[str]:
    return [each.code for each in findings(agreement, today=TODAY) if level in (None, each.level)]


def said(english: str, chinese: str, **changes: Any) -> list[str]:
    """What the checker says of a memorandum with one more clause."""
    return codes(value(MEMORANDUM, own(english, chinese), **changes))


@pytest.mark.parametrize("instrument", Instrument)
@pytest.mark.parametrize("parties", [(LYON, HANGZHOU), (LYON, HANGZHOU, OSAKA)])
def test_the_library_raises_no_finding_in_any_instrument(instrument: Instrument, parties: tuple[Party, ...]) -> None:
    for variant in (0, -1):
        clauses = tuple(
            replace(
                library_clause(key),
                en=each.variants[variant].en,
                zh=each.variants[variant].zh,
                variant=each.variants[variant].name,
            )
            for key, each in library().items()
            if each.uses[instrument] in (Use.REQUIRED, Use.OPTIONAL)
        )
        assert codes(value(instrument, parties=parties, clauses=clauses)) == []


@pytest.mark.parametrize("key", library())
def test_each_pair_of_the_library_says_the_same_numbers_and_variables(key: str) -> None:
    whole = value()
    for variant in library()[key].variants:
        english, chinese = (resolve(variant.side(side), variables(whole, side)) for side in ("en", "zh"))
        assert differences(english, chinese, frozenset(Kind)) == ((), ())
        assert "{{" not in english + chinese
        assert english
        assert chinese


def test_the_library_asks_what_the_office_asks() -> None:
    letters = {
        "purpose": "RRRR", "scope": "RRRR", "forms": "ORRR", "contacts": "ORRR", "action_plan": "-ORR",
        "costs": "ORRR", "copyright": "ORRR", "data_privacy": "OORR", "confidentiality": "OORR", "publicity": "OOOO",
        "non_binding": "RRRR", "disputes": "ORRR", "effect_term": "RRRR", "continuation": "-RRR",
        "automatic_renewal": "FOOF", "languages": "RRRR", "signature": "RRRR",
    }  # fmt: skip
    names = {Use.REQUIRED: "R", Use.OPTIONAL: "O", Use.NOT_OFFERED: "-", Use.FORBIDDEN: "F"}
    found = {key: "".join(names[use_of(key, each)] for each in Instrument) for key in library()}
    assert found == letters
    assert place_of("scope") < place_of("own_1") < place_of("non_binding")


@pytest.mark.parametrize("key", [each.key for each in required(MEMORANDUM)])
def test_a_required_clause_that_is_missing_is_named(key: str) -> None:
    whole = value()
    without = replace(whole, clauses=tuple(each for each in whole.clauses if each.key != key))
    found = [each for each in blockers(without, today=TODAY) if each.code == "required_missing"]
    assert [each.clause for each in found] == [key]
    assert library()[key].heading_zh in found[0].sentence(translator("zh"), "zh")


def test_a_forbidden_clause_stops_and_one_that_is_not_offered_warns() -> None:
    assert codes(value(Instrument.INTENT, library_clause("automatic_renewal"))) == ["forbidden_present"]
    assert codes(value(Instrument.INTENT, library_clause("continuation")), Level.WARNING) == ["not_offered_present"]
    assert codes(value(MEMORANDUM, library_clause("automatic_renewal"))) == []


def test_an_unmatched_or_one_sided_clause_stops() -> None:
    assert said("We meet.", "双方会晤。") == []
    assert codes(value(MEMORANDUM, own("We meet.", "双方会晤。", matched=False))) == ["not_matched"]
    assert said("We meet.", " ") == ["side_empty_zh"]
    assert said("", "双方会晤。") == ["side_empty_en"]


def test_numbers_and_dates_that_differ_stop_and_counts_in_words_warn() -> None:
    assert said("It ends on 20 April 2027.", "于2027年4月21日终止。") == ["quantities_differ"]
    assert said("It ends on 20 April 2027.", "于2027年4月20日终止。") == []
    assert codes(value(MEMORANDUM, own("Three projects.", "两个项目。")), Level.WARNING) == ["counts_differ"]


def test_parties_that_differ_between_the_languages_stop() -> None:
    assert said("City of Lyon leads.", "杭州市人民政府牵头。") == ["names_differ"]
    assert said("City of Lyon leads.", "双方共同牵头。") == ["names_differ"]
    assert said("City of Lyon leads.", "里昂市牵头。") == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The Parties become sister cities.", "双方结成姊妹关系。"),
        ("The Parties cooperate.", "双方建立友好城市关系。"),
        ("Within their Friendship City relationship", "在友城关系框架下"),
    ],
)
def test_words_of_a_friendship_city_stop_in_text_and_title(english: str, chinese: str) -> None:
    assert said(english, chinese) == ["friendship_city"]
    assert codes(value(title_zh="关于建立友好城市关系的备忘录")) == ["friendship_city"]
    assert said("The friendly cooperation of both cities", "两市开展友好合作") == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Each Party shall report.", "双方将提交报告。"),
        ("Each Party reports.", "双方应当提交报告。"),
        ("This text is legally binding.", "本文件对双方有效。"),
        ("A Party is liable for delay.", "延误的一方承担责任。"),
    ],
)
def test_binding_words_stop_beside_a_statement_that_nothing_binds(english: str, chinese: str) -> None:
    assert said(english, chinese) == ["binding_wording"]
    without = value(MEMORANDUM, own(english, chinese))
    without = replace(without, clauses=tuple(each for each in without.clauses if each.key != "non_binding"))
    assert "binding_wording" not in codes(without)


def test_words_of_intention_do_not_bind() -> None:
    assert said("Each Party will report.", "双方将提交报告。") == []
    assert said("This text is not legally binding.", "本文件不具有法律约束力。") == []


def test_a_promise_of_money_needs_a_budget_reference() -> None:
    promise = ("City of Lyon will pay EUR 20,000.", "里昂市将支付2万欧元。")
    assert said(*promise) == ["payment_without_budget"]
    assert said(*promise, terms=Terms(60, None, 3, budget_reference="B-2027-4")) == []
    assert said("No Party will pay the other.", "任何一方均不向另一方支付费用。") == []
    assert said("Staff are trained.", "资助人员培训。") == ["payment_without_budget"]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The Parties share the full text of ISO standards.", "双方开展标准交流。"),
        ("The Parties exchange views.", "双方互换国家标准全文。"),
        ("Hangzhou will provide copies of GB standards to Lyon.", "双方开展交流。"),
        ("The Parties cooperate.", "将GB/T 40759标准文本提供给对方。".replace("40759", "")),
    ],
)
def test_giving_away_texts_of_standards_stops(english: str, chinese: str) -> None:
    assert "standards_given_away" in said(english, chinese)


def test_referring_to_standards_is_free() -> None:
    assert said("The Parties exchange lists of standards numbers.", "双方交换标准目录。") == []
    assert said("No Party copies texts of standards.", "任何一方不得复制标准文本。") == []


def test_translating_a_standard_needs_a_licence_reference() -> None:
    words = ("The Parties will jointly translate a national standard.", "双方将联合翻译国家标准。")
    assert said(*words) == ["translation_without_licence"]
    assert said(*words, terms=Terms(60, None, 3, licence_reference="SAC-7")) == []
    assert said("Meetings have translation.", "会议配备翻译。") == []


def test_ranks_that_differ_warn() -> None:
    unequal = (replace(LYON, rank=Rank.CITY_HEAD), replace(HANGZHOU, rank=Rank.OFFICE_HEAD))
    (found,) = findings(value(parties=unequal), today=TODAY)
    assert (found.code, found.level) == ("ranks_differ", Level.WARNING)
    assert "City of Lyon" in found.sentence(translator("en"), "en")
    assert "里昂市" in found.sentence(translator("zh"), "zh")
    equal = tuple(replace(each, rank=Rank.CITY_HEAD) for each in unequal)
    assert codes(value(parties=equal)) == []


def test_notice_must_fit_into_the_term_and_still_lie_ahead() -> None:
    assert codes(value(terms=Terms(3, None, 3))) == ["notice_too_long"]
    assert codes(value(terms=Terms(4, None, 3))) == []
    assert codes(value(terms=Terms(None, date(2027, 5, 1), 3))) == ["notice_passed"]
    assert codes(value(terms=Terms(None, date(2027, 6, 1), 3))) == []


def test_the_last_day_for_notice_keeps_to_the_calendar() -> None:
    assert notice_by(value(terms=Terms(None, date(2030, 5, 31), 3))) == date(2030, 2, 28)
    assert notice_by(value(terms=Terms(None, date(2028, 1, 15), 2))) == date(2027, 11, 15)
    assert notice_by(value(terms=Terms(None, date(2029, 3, 31), 3))) == date(2028, 12, 31)
    assert notice_by(value()) is None


def test_a_text_without_term_and_a_value_without_a_number_stop() -> None:
    assert codes(value(terms=Terms(None, None, 3))) == ["no_end", "value_missing"]
    (found,) = findings(value(terms=Terms(60, None, None)), today=TODAY)
    assert (found.code, found.clause) == ("value_missing", "continuation")
    assert "notice period" in found.sentence(translator("en"), "en")


def test_no_language_prevails_while_both_are_equal() -> None:
    assert codes(value(prevailing="zh")) == ["prevailing_set"]
    words = ("The English text prevails.", "以英文本为准。")
    assert said(*words) == ["prevailing_named"]
    assert "prevailing_named" not in said(*words, authentic=("en",), prevailing="en")


def test_personal_data_call_for_the_privacy_clause() -> None:
    words = ("Lists of participants are exchanged.", "双方交换参会人员名单。")
    assert said(*words) == ["privacy_missing"]
    assert codes(value(MEMORANDUM, own(*words), library_clause("data_privacy"))) == []


def test_a_deviation_from_the_library_is_a_note() -> None:
    whole = value()
    scope = next(each for each in whole.clauses if each.key == "scope")
    changed = replace(scope, en=scope.en + "\nMore.", zh=scope.zh + "\n更多。")
    (found,) = findings(
        replace(whole, clauses=tuple(changed if each is scope else each for each in whole.clauses)), today=TODAY
    )
    assert (found.code, found.level, found.clause) == ("deviation", Level.NOTE, "scope")
    assert said("Own words.", "自拟条款。") == []


def test_blockers_come_first() -> None:
    whole = value(MEMORANDUM, own("Three projects end in 2029.", "两个项目。"), terms=Terms(60, None, None))
    levels = [each.level for each in findings(whole, today=TODAY)]
    assert levels == sorted(levels, key=list(Level).index)
    assert set(levels) == {Level.BLOCKER, Level.WARNING}


def test_every_sentence_exists_and_can_be_said_in_both_languages() -> None:
    facts = {
        "english": ("1",), "chinese": ("2",), "words": "x", "values": ("notice",), "ranks": (("a", "b", "c"),),
    }  # fmt: skip
    for code in SENTENCES:
        finding = Finding(Level.NOTE, code, "scope", "Scope", "合作范围", facts)
        for language in ("en", "zh"):
            sentence = finding.sentence(translator(language), language)
            assert sentence
            assert "%(" not in sentence
