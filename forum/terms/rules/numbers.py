"""Numbers of a text by their value, so that “1.2 million” and “120万”, or “3 November” and “11月3日”, agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from forum.core.numerals import MONTHS, TENS, UNITS

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "万": 4, "亿": 8, "万亿": 12, "千": 3, "百万": 6}
_NUMBER = re.compile(
    r"(?<![\w.])(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[ \u00a0]?(thousand|million|billion|trillion|万亿|百万|千|万|亿)(?![A-Za-z]))?"
)
_LOOSE = re.compile(r"\d+(?:\.\d+)?")
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d{2}))?[ \u00a0]?([ap])\.?m\b\.?", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ENGLISH: dict[str, int] = (
    {word: value for value, word in enumerate(UNITS)}
    | {word: value for value, word in enumerate(_ORDINALS, start=1)}
    | {word: value for value, word in enumerate(MONTHS, start=1)}
    | {word[:3]: value for value, word in enumerate(MONTHS, start=1)}
    | TENS
    | {"hundred": 100, "dozen": 12, "half": 30, "quarter": 15, "once": 1, "twice": 2, "both": 2, "noon": 12}
)
_LETTERS = re.compile(r"[a-z]+(?:-[a-z]+)?")
_HAN_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"两": 2, "〇": 0, "双": 2, "半": 30}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER = re.compile(r"[零〇一二三四五六七八九十百千两双半]{1,20}")

_DECADE = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})世纪([一二三四五六七八九十]{1,3}|\d{1,2})年代")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits, where it stands, and its value in one spelling."""

    start: int
    end: int
    text: str
    value: str


def _spelled(value: Decimal) -> str:
    plain = format(value.normalize(), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def numbers_in(text: str, lang: str) -> list[Number]:
    """Return the numbers that are written in digits."""
    found = []
    if lang == "en":
        for match in _CLOCK.finditer(text):
            hour = int(match.group(1)) % 12 + (12 if match.group(3).casefold() == "p" else 0)
            found.append(Number(match.start(), match.end(), match.group(), str(hour)))
            if int(match.group(2) or 0):
                found.append(Number(match.start(), match.end(), match.group(), str(int(match.group(2)))))
        text = _CLOCK.sub(lambda match: "\0" * len(match.group()), text)
    taken: set[int] = set()
    for match in _NUMBER.finditer(text):
        digits = match.group(1).replace(",", "").replace("，", "")
        value = Decimal(digits[:40]).scaleb(_SCALES.get(match.group(2) or "", 0))
        found.append(Number(match.start(), match.end(), match.group(), _spelled(value)))
        taken.update(range(match.start(), match.end()))
    for match in _LOOSE.finditer(text):
        if match.start() not in taken:
            value = Decimal(match.group()[:40])
            found.append(Number(match.start(), match.end(), match.group(), _spelled(value)))
    return sorted(found, key=lambda each: each.start)


def words_in(text: str) -> set[str]:
    """Return the values of the numbers that are written in words, in either language, and of the months."""
    found: set[str] = set()
    for match in _LETTERS.finditer(text.casefold()):
        parts = [_ENGLISH[part] for part in match.group().split("-") if part in _ENGLISH]
        found |= {str(part) for part in parts}
        if len(parts) == 2:
            found.add(str(sum(parts)))
    for match in _HAN_NUMBER.finditer(text):
        found.add(str(_han_value(match.group())))
        found |= {str(_HAN_DIGITS[sign]) for sign in match.group() if sign in _HAN_DIGITS}
    for century, decade in _DECADE.findall(text):
        found.add(str((_any_value(century) - 1) * 100 + _any_value(decade)))
    return found


def _any_value(word: str) -> int:
    return int(word) if word.isascii() else _han_value(word)


def _han_value(word: str) -> int:
    total, waiting = 0, 0
    if not any(sign in _HAN_UNITS for sign in word):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in word))
    for sign in word:
        if sign in _HAN_UNITS:
            total += (waiting or 1) * _HAN_UNITS[sign]
            waiting = 0
        else:
            waiting = _HAN_DIGITS[sign]
    return total + waiting
