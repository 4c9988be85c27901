"""Variables of clauses: what ``{{party_a}}``, ``{{validity}}`` and their like say in each language."""

from __future__ import annotations

import re
from datetime import date

from forum.agreements.kinds import SELF_NAMES, Agreement
from forum.core.numerals import MONTHS, to_chinese, to_english

_VARIABLE = re.compile(r"\{\{([a-z_]+)\}\}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
LANGUAGE_NAMES = {"en": {"en": "English", "zh": "Chinese"}, "zh": {"en": "英文", "zh": "中文"}}
# What has no value until somebody gives one; a clause that needs it can't be signed before.
OPEN_TERMS = frozenset({"validity", "notice", "budget_reference", "licence_reference"})


def variables(agreement: Agreement, language: str) -> dict[str, str]:
    """Return every variable with its words in a language; what isn't known yet is left out."""
    chinese = language == "zh"
    terms = agreement.terms
    names = [party.name(language) for party in agreement.parties]
    words = {f"party_{_LETTERS[order]}": name for order, name in enumerate(names[: len(_LETTERS)])}
    originals = len(names)
    words |= {
        "parties": _listed(names, chinese=chinese),
        "instrument": SELF_NAMES[agreement.instrument][chinese],
        "languages": _listed([LANGUAGE_NAMES[language][each] for each in _order(agreement, language)], chinese=chinese),
        "sides": ("双方" if len(names) == 2 else "各方") if chinese else "the Parties",
        "originals": to_chinese_measure(originals) if chinese else f"{to_english(originals)} ({originals})",
    }
    if terms.ends_on is not None:
        words["validity"] = _until(terms.ends_on, chinese=chinese)
    elif terms.term_months:
        period = say_months(terms.term_months, language)
        words["validity"] = f"有效期{period}" if chinese else f"for a term of {period}"
    if terms.notice_months:
        words["notice"] = say_months(terms.notice_months, language)
    if terms.budget_reference:
        words["budget_reference"] = terms.budget_reference
    if terms.licence_reference:
        words["licence_reference"] = terms.licence_reference
    return words


def _order(agreement: Agreement, language: str) -> list[str]:
    """Each language names itself first."""
    return sorted(agreement.authentic, key=lambda each: (each != language, each))


def _listed(names: list[str], *, chinese: bool) -> str:
    if chinese:
        return "、".join(names[:-1]) + ("和" if len(names) > 1 else "") + "".join(names[-1:])
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + "".join(names[-1:])


def to_chinese_measure(number: int) -> str:
    """Return a number before a measure word: 两 for two, ``say_chinese`` for the rest."""
    return "两" if number == 2 else to_chinese(number)


def say_months(months: int, language: str) -> str:
    """Return a period as texts write it: ``five (5) years``, ``three (3) months``; ``五年``、``三个月``."""
    years, rest = divmod(months, 12)
    number, unit = (years, "year") if not rest else (months, "month")
    if language == "zh":
        return to_chinese_measure(number) + ("年" if unit == "year" else "个月")
    return f"{to_english(number)} ({number}) {unit}{'s' if number != 1 else ''}"


def say_day(day: date, language: str) -> str:
    """Return a date as texts write it: ``20 April 2027``, ``2027年4月20日``."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def _until(day: date, *, chinese: bool) -> str:
    return f"有效期至{say_day(day, 'zh')}止" if chinese else f"until and including {say_day(day, 'en')}"


def resolve(text: str, words: dict[str, str]) -> str:
    """Return the text with its variables filled in; those without a value stay as they are, to be seen."""
    return _VARIABLE.sub(lambda found: words.get(found[1], found[0]), text)


def unresolved(text: str, words: dict[str, str]) -> tuple[str, ...]:
    """Return the names of variables that a text uses and that have no value yet."""
    return tuple(dict.fromkeys(name for name in _VARIABLE.findall(text) if name not in words))


def unknown(text: str, words: dict[str, str]) -> tuple[str, ...]:
    """Return what stands in double braces and is no variable at all, such as a misspelt name."""
    inside = re.findall(r"\{\{(.*?)\}\}", text)
    return tuple(dict.fromkeys(name for name in inside if name not in words and name not in OPEN_TERMS))
