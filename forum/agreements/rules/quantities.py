"""Numbers, dates, periods and sums of money in a text, read in English and in Chinese into the same values.

``五年``, ``five (5) years`` and ``60 months`` are one period; ``2027年4月20日`` and ``20 April 2027`` one date;
``人民币50万元`` and ``CNY 500,000`` one sum.  Reading is done on a copy in half-width form; the text stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from forum.core.numerals import CHINESE, ENGLISH, FIGURES, MONTHS, from_english, from_figures


class Kind(StrEnum):
    """What a quantity is."""

    DATE = "date"
    PERIOD = "period"
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    COUNT = "count"  # written in words, such as "two originals": idiom is possible


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value with the words it was written in; only kind and value tell two apart."""

    kind: Kind
    value: str
    words: str

    @property
    def sense(self) -> tuple[Kind, str]:
        """What must be the same in both languages."""
        return self.kind, self.value


Reading = Callable[[re.Match[str]], "tuple[Kind, str] | None"]

_MONTHS = {name: number for number, name in enumerate(MONTHS, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
# "may" in small letters is the verb.
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)).replace("may", "(?-i:May|MAY)") + r")\b\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_UNITS_EN = r"(working days?|business days?|years?|months?|weeks?|days?|hours?|minutes?|quarters?)"
_CURRENCIES_EN = {
    "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "renminbi": "CNY", "¥": "CNY", "eur": "EUR", "euro": "EUR",
    "euros": "EUR", "€": "EUR", "usd": "USD", "us$": "USD", "$": "USD", "us dollar": "USD", "us dollars": "USD",
    "gbp": "GBP", "£": "GBP", "pounds sterling": "GBP", "jpy": "JPY", "yen": "JPY", "chf": "CHF",
    "swiss francs": "CHF", "sgd": "SGD", "singapore dollars": "SGD", "hkd": "HKD", "hong kong dollars": "HKD",
    "cad": "CAD", "canadian dollars": "CAD", "aud": "AUD", "australian dollars": "AUD", "krw": "KRW", "rub": "RUB",
}  # fmt: skip
_CURRENCIES_ZH = {
    "人民币": "CNY", "元人民币": "CNY", "元": "CNY", "圆": "CNY", "欧元": "EUR", "美元": "USD", "英镑": "GBP",
    "日元": "JPY", "瑞士法郎": "CHF", "新加坡元": "SGD", "新元": "SGD", "港元": "HKD", "港币": "HKD", "加元": "CAD",
    "加拿大元": "CAD", "澳元": "AUD", "澳大利亚元": "AUD", "韩元": "KRW", "卢布": "RUB",
}  # fmt: skip
_MONEY_EN = "|".join(re.escape(word) for word in sorted(_CURRENCIES_EN, key=len, reverse=True))
_MONEY_ZH = "|".join(sorted(_CURRENCIES_ZH, key=len, reverse=True))
_SCALE_EN = r"(?:\s*(thousand|million|billion)\b)?"
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_NUMBER_ZH = rf"({FIGURES}[百千万亿]{{0,4}}|{CHINESE})"
_DAY_ZH = rf"(\d{{1,2}}|{CHINESE})"
_YEAR_ZH = r"(\d{4}|[〇○零一二三四五六七八九]{4})"
_UNITS_ZH = r"(年|个月|个?星期|周|个?工作日|个?小时|分钟|个?季度|天|日)"
_COUNTED_EN = r"(originals?|copies|copy|times|persons?|people|participants?|meetings?|sessions?|projects?|standards?)"
_COUNTED_ZH = r"(?:份|次|名|人|项|场|期|套|部|个项目|个标准)"


def _plain(value: Decimal | int) -> str:
    number = Decimal(value).normalize()
    return format(number, "f")


def _in_words(text: str) -> Decimal | None:
    """Return the number of figures or English words."""
    if text[:1].isdigit():
        return from_figures(text)
    number = from_english(text)
    return None if number is None else Decimal(number)


def _date(year: str, month: str, day: str) -> tuple[Kind, str] | None:
    """Return a date with the parts that are known; a month or day that can't be is no date."""
    if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return None
    parts = (year or "----", f"{int(month):02d}" if month else "", f"{int(day):02d}" if day else "")
    return Kind.DATE, "-".join(part for part in parts if part)


def _period(number: Decimal | None, unit: str) -> tuple[Kind, str] | None:
    """Return a period in months, days, working days, hours or minutes: five years are sixty months."""
    if number is None:
        return None
    for names, factor, base in (
        (("working", "business", "工作日"), 1, "working days"),
        (("year", "年"), 12, "months"),
        (("month", "个月"), 1, "months"),
        (("quarter", "季度"), 3, "months"),
        (("week", "周", "星期"), 7, "days"),
        (("day", "天", "日"), 1, "days"),
        (("hour", "小时"), 1, "hours"),
        (("minute", "分钟"), 1, "minutes"),
    ):
        if any(name in unit.lower() for name in names):
            return Kind.PERIOD, f"{_plain(number * factor)} {base}"
    return None


def _money(number: Decimal | None, currency: str) -> tuple[Kind, str] | None:
    return None if number is None else (Kind.MONEY, f"{currency} {_plain(number)}")


def _scaled(number: str, scale: str | None) -> Decimal | None:
    value = _in_words(number)
    return None if value is None else value * _SCALES[(scale or "").lower()]


def _zh(text: str) -> str:
    number = from_figures(text)
    return "" if number is None else _plain(number)


def _of_kind(kind: Kind, number: Decimal | None) -> tuple[Kind, str] | None:
    return None if number is None else (kind, _plain(number))


_ISO_DATE = re.compile(r"\b((?:19|20|21)\d\d)([-./])(\d{1,2})\2(\d{1,2})\b")
_NUMBER_EN = rf"({FIGURES}|{ENGLISH})"
# "five (5)": the figure in brackets only repeats the word.
_ECHO = rf"(?:\s*\(\s*{FIGURES}\s*\))?"

_READINGS_EN: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (
        re.compile(rf"\b{_DAY}(?: day of| of)?\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE),
        lambda m: _date(m[3], str(_MONTHS[m[2].lower()]), m[1]),
    ),
    (
        re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(\d{{4}})\b", re.IGNORECASE),
        lambda m: _date(m[3], str(_MONTHS[m[1].lower()]), m[2]),
    ),
    (_ISO_DATE, lambda m: _date(m[1], m[3], m[4])),
    (re.compile(rf"\b{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE), lambda m: _date(m[2], str(_MONTHS[m[1].lower()]), "")),
    (
        re.compile(rf"\b{_DAY}(?: of)?\s+{_MONTH}", re.IGNORECASE),
        lambda m: _date("", str(_MONTHS[m[2].lower()]), m[1]),
    ),
    (
        re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?!\s*\d)", re.IGNORECASE),
        lambda m: _date("", str(_MONTHS[m[1].lower()]), m[2]),
    ),
    (
        re.compile(rf"({_MONEY_EN})\s*({FIGURES}){_SCALE_EN}", re.IGNORECASE),
        lambda m: _money(_scaled(m[2], m[3]), _CURRENCIES_EN[m[1].lower()]),
    ),
    (
        re.compile(rf"\b({FIGURES}|{ENGLISH}){_SCALE_EN}{_ECHO}\s*({_MONEY_EN})(?![a-z])", re.IGNORECASE),
        lambda m: _money(_scaled(m[1], m[2]), _CURRENCIES_EN[m[3].lower()]),
    ),
    (
        re.compile(rf"\b{_NUMBER_EN}{_ECHO}\s*(?:%|per\s?cent\b)", re.IGNORECASE),
        lambda m: _of_kind(Kind.PERCENT, _in_words(m[1])),
    ),
    (re.compile(r"\bhalf a year\b|\bsix-month\b", re.IGNORECASE), lambda _: (Kind.PERIOD, "6 months")),
    (
        re.compile(rf"\b{_NUMBER_EN}{_ECHO}(?:[\s-]+calendar)?[\s-]+(?:consecutive )?{_UNITS_EN}\b", re.IGNORECASE),
        lambda m: _period(_in_words(m[1]), m[2]),
    ),
    (
        re.compile(rf"\b(?:articles?|clauses?|sections?)\s+{_NUMBER_EN}\b", re.IGNORECASE),
        lambda m: _of_kind(Kind.NUMBER, _in_words(m[1])),
    ),
    (
        re.compile(rf"\b({FIGURES})\s+(thousand|million|billion)\b", re.IGNORECASE),
        lambda m: _of_kind(Kind.NUMBER, _scaled(m[1], m[2])),
    ),
    (
        re.compile(rf"\b({ENGLISH}){_ECHO}\s+(?:\w+\s+)?{_COUNTED_EN}\b", re.IGNORECASE),
        lambda m: _of_kind(Kind.COUNT, _in_words(m[1])),
    ),
    (re.compile(r"\bin (duplicate|triplicate)\b", re.IGNORECASE), lambda m: (Kind.COUNT, "23"["dt".index(m[1][0])])),
    (re.compile(rf"(?<![\w.])({FIGURES})"), lambda m: _of_kind(Kind.NUMBER, from_figures(m[1]))),
    (re.compile(r"(\d{1,15})"), lambda m: (Kind.NUMBER, _plain(int(m[1])))),
)

_READINGS_ZH: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (
        re.compile(rf"{_YEAR_ZH}\s*年\s*{_DAY_ZH}\s*月\s*{_DAY_ZH}\s*[日号]"),
        lambda m: _date(_zh(m[1]), _zh(m[2]), _zh(m[3])),
    ),
    (_ISO_DATE, lambda m: _date(m[1], m[3], m[4])),
    (re.compile(rf"{_YEAR_ZH}\s*年\s*{_DAY_ZH}\s*月(?!\s*\d)"), lambda m: _date(_zh(m[1]), _zh(m[2]), "")),
    (re.compile(rf"{_DAY_ZH}\s*月\s*{_DAY_ZH}\s*[日号]"), lambda m: _date("", _zh(m[1]), _zh(m[2]))),
    (
        re.compile(rf"({_MONEY_ZH}|[¥€£$]|US\$|CNY|RMB|EUR|USD|GBP)\s*{_NUMBER_ZH}\s*({_MONEY_ZH})?整?"),
        lambda m: _money(from_figures(m[2]), _currency_zh(m[1], m[3])),
    ),
    (
        re.compile(rf"{_NUMBER_ZH}\s*({_MONEY_ZH})整?"),
        lambda m: _money(from_figures(m[1]), _CURRENCIES_ZH[m[2]]),
    ),
    (re.compile(rf"百分之({CHINESE}|{FIGURES})"), lambda m: _of_kind(Kind.PERCENT, from_figures(m[1]))),
    (re.compile(rf"({FIGURES})\s*%"), lambda m: _of_kind(Kind.PERCENT, from_figures(m[1]))),
    (re.compile(r"(?<![一二两三四五六七八九十\d])半年"), lambda _: (Kind.PERIOD, "6 months")),
    (re.compile(rf"{_NUMBER_ZH}年半"), lambda m: _half_more(from_figures(m[1]))),
    (re.compile(r"((?:19|20|21)\d\d)\s*年(?![期内间])"), lambda m: (Kind.NUMBER, m[1])),
    (re.compile(r"(二[〇○零][〇○零一二三四五六七八九]{2})年"), lambda m: _of_kind(Kind.NUMBER, from_figures(m[1]))),
    (re.compile(rf"第\s*{_NUMBER_ZH}\s*[条款章]"), lambda m: _of_kind(Kind.NUMBER, from_figures(m[1]))),
    # 第一年, 一日之内 and the like are ordinals; 一年一度 is an idiom.
    (re.compile(rf"第{_NUMBER_ZH}(?:{_UNITS_ZH}|届|次|期)"), lambda m: _ordinal(m[1])),
    (re.compile(rf"{_NUMBER_ZH}\s*{_UNITS_ZH}(?!一度)"), lambda m: _period(from_figures(m[1]), m[2])),
    (re.compile(rf"({CHINESE}){_COUNTED_ZH}"), lambda m: _of_kind(Kind.COUNT, from_figures(m[1]))),
    (re.compile(rf"(?<![\d.])({FIGURES}[百千万亿]{{0,4}})"), lambda m: _of_kind(Kind.NUMBER, from_figures(m[1]))),
    (re.compile(r"(\d{1,15})"), lambda m: (Kind.NUMBER, _plain(int(m[1])))),
)


def _currency_zh(before: str, after: str | None) -> str:
    if after and after not in ("元", "圆", "元人民币"):
        return _CURRENCIES_ZH[after]
    return _CURRENCIES_ZH.get(before) or _CURRENCIES_EN[before.lower()]


def _half_more(years: Decimal | None) -> tuple[Kind, str] | None:
    return None if years is None else (Kind.PERIOD, f"{_plain(years * 12 + 6)} months")


def _ordinal(number: str) -> tuple[Kind, str] | None:
    """Return an ordinal written with figures; 第一 has no figure on the English side."""
    return _of_kind(Kind.NUMBER, from_figures(number)) if number[:1].isdigit() else None


_MARKER_EN = re.compile(r"(?m)^[ \t]*(?:\([0-9a-z]{1,3}\)|[0-9]{1,2}[.)])(?=\s)|(?<=[;:])\s*\([0-9a-z]{1,3}\)")
_MARKER_ZH = re.compile(
    rf"(?m)^[ \t]*(?:\((?:{CHINESE}|\d{{1,2}})\)|(?:{CHINESE}|\d{{1,2}})[、)])|(?<=[;:])\((?:{CHINESE}|\d+)\)"
)


@lru_cache(maxsize=512)  # a text is checked at every step of its case, and most of its clauses never change
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return every quantity of a text, in the order of their kinds of writing.

    Markers of lists aren't quantities.  What one reading took isn't read again by a later one.
    """
    text = unicodedata.normalize("NFKC", text)
    chinese = language == "zh"
    text = (_MARKER_ZH if chinese else _MARKER_EN).sub(lambda m: " " * len(m[0]), text)
    return tuple(_read(text, _READINGS_ZH if chinese else _READINGS_EN))


def _read(text: str, readings: tuple[tuple[re.Pattern[str], Reading], ...]) -> Iterator[Quantity]:
    for pattern, reading in readings:
        taken: list[tuple[int, int]] = []
        for found in pattern.finditer(text):
            sense = reading(found)
            if sense == (Kind.COUNT, "1"):
                continue  # one and 一 are idiom more often than number
            if sense is not None:
                yield Quantity(*sense, found[0].strip())
            if sense is not None or found[0].startswith("第"):
                taken.append(found.span())
        for start, end in taken:
            text = text[:start] + "\x1f" * (end - start) + text[end:]


def differences(english: str, chinese: str, kinds: frozenset[Kind]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands in one language only: the English words of it, then the Chinese ones.

    Values are compared, not how often they're written: a language may repeat a term that the other one refers to.
    """
    sides = [
        {q.sense: q.words for q in quantities(english, "en")},
        {q.sense: q.words for q in quantities(chinese, "zh")},
    ]
    mine, theirs = sides
    # A bare word or figure answers for a count, whichever way each language writes it.
    said, said_there = _said(english, chinese=False), _said(chinese, chinese=True)
    return (
        tuple(words for sense, words in mine.items() if sense[0] in kinds and not _answered(sense, theirs, said_there)),
        tuple(words for sense, words in theirs.items() if sense[0] in kinds and not _answered(sense, mine, said)),
    )


_SAID_ZH = re.compile(rf"({CHINESE})[个家处座条]")


@lru_cache(maxsize=512)
def _said(text: str, *, chinese: bool) -> frozenset[str]:
    """Return every number that a text says in words, whatever it counts: “three centres”, 三个中心.

    They answer for a figure on the other side; by themselves they aren't compared, for many are idiom.
    """
    text = unicodedata.normalize("NFKC", text)
    if chinese:
        read = (from_figures(m[1]) for m in _SAID_ZH.finditer(text))
    else:
        read = (_in_words(m[0]) for m in re.finditer(rf"\b{ENGLISH}", text, re.IGNORECASE))
    return frozenset(_plain(number) for number in read if number is not None)


def _answered(sense: tuple[Kind, str], others: dict[tuple[Kind, str], str], said: frozenset[str]) -> bool:
    kind, value = sense
    if kind in (Kind.NUMBER, Kind.COUNT):
        return (Kind.NUMBER, value) in others or (Kind.COUNT, value) in others or value in said
    return sense in others
