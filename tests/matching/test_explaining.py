"""The reasons: one set of records, told in two languages and from two sides, with no word of a third city."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from forum.core.bilingual import Text
from forum.core.catalogue import Translator, translator
from forum.matching.rules.bars import Bar, BarKind, WarningKind, first_bar, warnings
from forum.matching.rules.explaining import Reason, ReasonKind, reason_from, reasons
from forum.matching.rules.facts import CityFacts, Grounds
from forum.matching.rules.ranking import raises, suggest, unmet_needs, weakest_parts, why_not
from forum.matching.rules.score import DEFAULT_WEIGHTS, one_decimal, score, tenths
from forum.matching.rules.sentences import NEEDS, Wording
from tests.matching.chinese import chinese
from tests.matching.cities import GROUNDS, HANGZHOU, LYON, NAMES, TODAY, YEAR, at_random, city, many

AREAS = {**NAMES, "A03": Text("Smart city", "智慧城市"), "A09": Text("Ecological environment", "生态环境")}


def _say(language: str, you: int | None, *cities: CityFacts) -> Wording:
    translate: Translator = chinese() if language == "zh" else translator("en")
    return Wording(translate, {each.id: each.name for each in cities or (HANGZHOU, LYON)}, AREAS, you)


def test_the_card_that_hangzhou_reads() -> None:
    english = _say("en", HANGZHOU.id).paragraph(reasons(HANGZHOU, LYON, YEAR))
    assert english.startswith("Lyon offers “Ecological environment” at level 3, your first need.")
    assert "You offer “Smart city” at level 3, their second need." in english
    assert "1–2 shared office hours a day." in english
    assert "Both work in English." in english
    text = _say("zh", HANGZHOU.id).paragraph(reasons(HANGZHOU, LYON, YEAR))
    assert text.startswith("里昂可提供“生态环境”（3级），正是贵市第1项需求。")
    assert "贵市可提供“智慧城市”（3级），对应对方第2项需求。" in text
    assert "每日共同办公时间1–2小时。" in text
    assert "双方均可使用英语工作。" in text


def test_the_card_that_lyon_reads_is_mirrored() -> None:
    card = _say("en", LYON.id).paragraph(reasons(LYON, HANGZHOU, YEAR))
    assert card.startswith("Hangzhou offers “Smart city” at level 3, your second need.")
    assert "You offer “Ecological environment” at level 3, their first need." in card
    assert "You hold a valid certificate or a committee role in “Ecological environment”." in card


def test_the_national_office_reads_both_names_and_no_you() -> None:
    card = _say("en", None).paragraph(reasons(HANGZHOU, LYON, YEAR))
    assert "Hangzhou offers “Smart city” at level 3, the second need of Lyon." in card
    assert not re.search(r"\b[Yy]ou", card)
    assert "贵市" not in _say("zh", None).paragraph(reasons(HANGZHOU, LYON, YEAR))


def _numbers(reason: Reason, sentence: str) -> list[str]:
    """The numbers of a sentence, an English ordinal read as its number."""
    for at, words in enumerate(NEEDS, start=1):
        sentence = sentence.replace(words, f"{at} need")
    return sorted(re.findall(r"\d[\d,.]*\d|\d", sentence))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("reader", ["first", "second", "office"])
def test_both_languages_name_the_same_facts_and_numbers(seed: int, reader: str) -> None:
    chance = random.Random(seed)
    one, two = at_random(chance, 1, at_home=True), at_random(chance, 2, at_home=False)
    one, two = replace(one, name=Text("Alpha", "阿尔法")), replace(two, name=Text("Beta", "贝塔"))
    you = {"first": 1, "second": 2, "office": None}[reader]
    english, text = _say("en", you, one, two), _say("zh", you, one, two)
    for reason in reasons(one, two, YEAR):
        en, zh = english.reason(reason), text.reason(reason)
        assert _numbers(reason, en) == _numbers(reason, zh), (en, zh)
        assert "%" not in en + zh
        assert not re.search(r"[A-Za-z]", zh), zh
        for area, name in AREAS.items():
            assert (f"“{name.en}”" in en) == (f"“{name.zh}”" in zh), (en, zh, area)
        for name in (one.name, two.name):
            assert (name.en in en) == (name.zh in zh), (en, zh)


def test_every_kind_of_reason_was_told() -> None:
    told = set()
    for seed in range(60):
        chance = random.Random(seed)
        pair = at_random(chance, 1, at_home=True), at_random(chance, 2, at_home=False)
        told |= {reason.kind for reason in reasons(*pair, YEAR)}
    assert told == set(ReasonKind)


def test_an_explanation_names_no_third_city() -> None:
    cities = many(4, 10, 10)
    say = _say("en", 1, *cities)
    for other in cities[10:]:
        card = say.paragraph(reasons(cities[0], other, YEAR))
        named = {int(number) for number in re.findall(r"City (\d+)\b", card)}
        assert named <= {1, other.id}


def test_reasons_come_back_from_their_records() -> None:
    for reason in reasons(HANGZHOU, LYON, YEAR):
        assert reason_from(reason.as_record()) == reason


def test_half_hours_are_told_as_they_are() -> None:
    delhi = city(3, country="IN", zone_name="Asia/Kolkata")
    found = [_say("en", 1, HANGZHOU, delhi).reason(reason) for reason in reasons(HANGZHOU, delhi, YEAR)]
    assert "5.5 shared office hours a day." in found


def test_what_would_raise_it_is_what_comes_of_raising_it() -> None:
    steps = raises(HANGZHOU, LYON, DEFAULT_WEIGHTS, YEAR)
    assert [(step.area, step.level) for step in steps] == [("A08", 1), ("A05", 2)]
    before = score(HANGZHOU, LYON, DEFAULT_WEIGHTS, YEAR).total
    for step in steps:
        more = replace(HANGZHOU, offers={**HANGZHOU.offers, step.area: step.level})
        assert score(more, LYON, DEFAULT_WEIGHTS, YEAR).total - before == step.gain > 0
    points = one_decimal(tenths(steps[1].gain))
    assert _say("en", 1).raising(steps[1]) == f"An offer in “Area five” at level 2 would add {points} points."
    assert _say("zh", 1).raising(steps[1]) == f"如在“戊领域”领域提供2级支持，可增加{points}分。"


def test_nothing_raises_what_is_whole() -> None:
    full = replace(HANGZHOU, offers=dict.fromkeys(LYON.needs, 3))
    assert raises(full, LYON, DEFAULT_WEIGHTS, YEAR) == []


def test_why_not_gives_the_rank_and_the_two_weakest_parts() -> None:
    others = many(6, 0, 30)
    others = [replace(each, id=each.id + 100) for each in others]
    ranked = suggest(HANGZHOU, [*others, LYON], DEFAULT_WEIGHTS, GROUNDS)
    answer = why_not(HANGZHOU, LYON, ranked, DEFAULT_WEIGHTS, GROUNDS)
    assert ranked[answer.rank - 1].city == LYON
    assert answer.of == len(ranked)
    assert answer.weakest == ("hours", "shared")
    sentence = _say("en", 1).why_not(answer, 1, 2)
    assert sentence == (
        f"Lyon ranks {answer.rank} of {answer.of}. "
        "Its weakest parts are “Office hours in common” and “Needs in common”."
    )


def test_a_part_that_weighs_nothing_is_never_the_weakest() -> None:
    weights = replace(DEFAULT_WEIGHTS, hours=0, fit=50)
    assert "hours" not in weakest_parts(score(HANGZHOU, LYON, weights, YEAR), weights)


def test_the_city_that_was_set_aside_reads_no_reason() -> None:
    grounds = Grounds(TODAY, blocks=frozenset({(LYON.id, HANGZHOU.id)}))
    bar = first_bar(HANGZHOU, LYON, grounds)
    assert bar is not None
    assert bar.kind is BarKind.BLOCKED
    full = first_bar(HANGZHOU, replace(LYON, taken=2), GROUNDS)
    assert full is not None
    assert full.kind is BarKind.FULL
    for language in ("en", "zh"):
        aside = _say(language, HANGZHOU.id).bar(bar, 1, 2)
        # A full city reads the same: from the sentence nobody can tell which of the two it is.
        assert aside == _say(language, HANGZHOU.id).bar(full, 1, 2)
    assert _say("en", HANGZHOU.id).bar(bar, 1, 2) == "Lyon can't be proposed to you at present."
    assert _say("en", LYON.id).bar(bar, 1, 2) == "Your city has set Hangzhou aside."
    assert _say("en", None).bar(bar, 1, 2) == "Lyon has set Hangzhou aside."


@pytest.mark.parametrize("you", [1, 2, None])
@pytest.mark.parametrize("kind", BarKind)
def test_every_bar_has_a_sentence_in_both_languages_for_each_reader(kind: BarKind, you: int | None) -> None:
    bar = Bar(kind, 2, 1, 3)
    english, text = _say("en", you).bar(bar, 1, 2), _say("zh", you).bar(bar, 1, 2)
    assert english.endswith(".")
    assert text.endswith("。")
    assert not re.search(r"[A-Za-z]", text)


def test_warnings_name_unequal_levels_and_old_profiles() -> None:
    old = replace(LYON, confirmed_on=None, level="borough")
    found = warnings(HANGZHOU, old, GROUNDS)
    assert [warn.kind for warn in found] == [WarningKind.LEVELS, WarningKind.STALE]
    assert warnings(HANGZHOU, LYON, GROUNDS) == []
    assert _say("en", 1).warning(found[1]).startswith("The profile of Lyon")
    assert _say("en", 2).warning(found[1]).startswith("Your profile")
    assert _say("zh", 1).warning(found[0]) == "双方城市行政层级不对等，发出邀请前请先征询意见。"


def test_a_stale_profile_ranks_below_a_weaker_fresh_one() -> None:
    weak = city(5, country="JP")
    ranked = suggest(HANGZHOU, [replace(LYON, confirmed_on=None), weak], DEFAULT_WEIGHTS, GROUNDS)
    assert [each.city.id for each in ranked] == [5, 2]
    assert ranked[0].score.total < ranked[1].score.total
    assert ranked[1].stale


def test_needs_that_nobody_meets_are_the_agenda_of_the_next_forum() -> None:
    neighbour = city(3, offers={"A08": 3})  # of the same side: no help to Hangzhou
    assert unmet_needs([HANGZHOU, LYON, neighbour]) == {"A08": [1]}
    assert unmet_needs([HANGZHOU, LYON]) == {"A08": [1, 2]}
