"""Numbers in words: English and Chinese, read and written; the English names of the months."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SMALL = {word: number for number, word in enumerate(UNITS)} | TENS
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_ANY = "|".join(sorted([*_SMALL, *_SCALES, "hundred"], key=len, reverse=True))
# Each is bounded, so that no text, however odd, takes long to read.
# "five", "twenty-one", "one hundred and five thousand"
ENGLISH = rf"(?:(?:{_ANY})\b(?:(?:[\s-]+and)?[\s-]+(?:{_ANY})\b){{0,12}})"

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_DIGITS |= {"九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
CHINESE = "[零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿]{1,24}"
# "500,000", "1 500.5", "50万", "1.5亿", "120千"
FIGURES = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?"
_MIXED = re.compile(rf"({FIGURES})([百千万亿]{{0,4}})")


def from_english(words: str) -> int | None:
    """Return the number that English words say, or None."""
    total = group = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "and":
            continue
        if word in _SMALL:
            group += _SMALL[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = 0
        else:
            return None
    return total + group


def from_chinese(text: str) -> int | None:
    """Return the number that Chinese numerals say (also 大写 and years written digit by digit), or None."""
    if not text or any(c not in _DIGITS and c not in _PLACES and c not in _GROUPS for c in text):
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _PLACES:
            section += (digit or (1 if _PLACES[c] == 10 or section == 0 else 0)) * _PLACES[c]
            digit = 0
        else:
            section += digit
            total = (total + section) * _GROUPS[c] if c == "亿" else total + (section or 1) * _GROUPS[c]
            section = digit = 0
    return total + section + digit


def from_figures(text: str) -> Decimal | None:
    """Return the number of figures with Chinese or no scale: ``500,000``, ``50万``, ``1.5亿``; or None."""
    found = _MIXED.fullmatch(text.replace(" ", ""))
    if found is None:
        number = from_chinese(text)
        return None if number is None else Decimal(number)
    value = Decimal(found[1].replace(",", ""))
    for c in found[2]:
        value *= {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[c]
    return value


def to_english(number: int) -> str:
    """Return a number from 0 to 999,999,999 in English words: ``twenty-one``, ``one hundred and five``."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        word = next(word for word, value in TENS.items() if value == tens * 10)
        return f"{word}-{UNITS[unit]}" if unit else word
    for word, size in (("million", 10**6), ("thousand", 1000), ("hundred", 100)):
        if number >= size:
            head, rest = divmod(number, size)
            joint = " and " if rest < 100 else " "
            return f"{to_english(head)} {word}" + (f"{joint}{to_english(rest)}" if rest else "")
    raise AssertionError


def to_chinese(number: int) -> str:
    """Return a number from 0 to 9,999,999,999 in Chinese numerals: ``二十一``, ``一百零五``, ``五十万``."""
    if number == 0:
        return "零"
    said = ""
    for name, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, size)
        if section:
            gap = "零" if said and section < 1000 else ""
            said += gap + _section(section) + name
    # 一十二 is said 十二 at the beginning of a number.
    return said.removeprefix("一") if said.startswith("一十") else said


def _section(number: int) -> str:
    said, gap = "", False
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            said += ("零" if gap and said else "") + "零一二三四五六七八九"[digit] + place
        gap = digit == 0
    return said
