"""The table on the command line, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from forum.core.catalogue import translator
from forum.matching import commands, queries
from forum.matching.commands import NoSuchCity, NoSuchRound, match_city, match_round
from forum.matching.operations import rounds
from tests.matching.chinese import chinese
from tests.matching.test_rounds import NATION, _call, now, three

__all__ = ["now", "three"]
pytestmark = pytest.mark.usefixtures("three")


@pytest.fixture(autouse=True)
def both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak the Chinese that stands in the parts as well."""
    monkeypatch.setattr(commands, "translator", lambda language: chinese() if language == "zh" else translator("en"))


def _printed(command: Any, *arguments: Any) -> str:
    lines: list[str] = []
    command(*arguments, lines.append)
    return "\n".join(lines)


def test_a_city_s_suggestions_come_ranked_with_figures_that_add_up(now: Any) -> None:
    table = _printed(match_city, "hangzhou", "en", now.date())
    assert table.index("Lyon") < table.index("Osaka")
    for line in table.splitlines():
        if figures := re.findall(r"\d+\.\d", line if re.match(r"\d  ", line) else ""):
            assert round(float(figures[0]) * 10) == sum(round(float(figure) * 10) for figure in figures[1:])
    assert "Lyon offers “" in table
    assert "Osaka offers “" in table


def test_both_languages_print_the_same_figures(now: Any) -> None:
    english, text = (_printed(match_city, "hangzhou", language, now.date()) for language in ("en", "zh"))
    assert re.findall(r"\d+\.\d", english) == re.findall(r"\d+\.\d", text)
    assert not re.search(r"[A-Za-z]", text)


def test_a_round_prints_its_pairs_before_and_after_it_is_frozen(now: Any) -> None:
    made = _call(now)
    before = _printed(match_round, "spring", "en", now.date())
    rounds.freeze(made, queries.facts(now.date()), queries.grounds(now.date()), actor=NATION, now=now)
    assert before == _printed(match_round, "spring", "en", now.date())
    assert before.startswith("Spring round: 1 pair\n")
    assert "Hangzhou" in before
    assert "Osaka" not in before.splitlines()[2]
    assert _printed(match_round, "spring", "zh", now.date()).startswith("春季匹配轮: 1组配对")


def test_unknown_names_are_answered_in_words(now: Any) -> None:
    with pytest.raises(NoSuchRound):
        match_round("none", "en", now.date(), print)
    with pytest.raises(NoSuchCity) as refused:
        match_city("none", "zh", now.date(), print)
    assert refused.value.say(chinese()) == "没有名为“none”的公开城市资料。"
