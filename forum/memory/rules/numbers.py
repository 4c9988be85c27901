"""Numbers and dates in a text: finding them, comparing them by value, putting other ones in.

Figures alone count: Chinese numerals, and figures that belong to a word (CO2, 2nd, 3D), are words and stay.
A date is one number whether it is written 20 April 2027, April 20, 2027, 2027-04-20 or 2027年4月20日.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from forum.core.numerals import MONTHS

_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}
_MONTH = "(?:" + "|".join((*MONTHS, "sept", *(name[:3] for name in MONTHS))) + r")\b\.?"
_NOT_IN_WORD = r"(?<![A-Za-z\d])(?<!\d[.,])"
_DATE = re.compile(
    rf"{_NOT_IN_WORD}(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?![\d-])"
    rf"|(?P<day_first>\d{{1,2}} {_MONTH}(?: \d{{4}})?)(?!\d)"
    rf"|(?P<month_first>{_MONTH} \d{{1,2}}(?:, \d{{4}})?)(?!\d)"
    r"|(?P<han>(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?[日号])"
    rf"|(?P<month_year>{_MONTH} \d{{4}})(?!\d)"
    r"|(?P<han_month>\d{4} ?年 ?\d{1,2} ?月)"
    r")",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"{_NOT_IN_WORD}\d+(?:[.,]\d+)*(?![A-Za-z])")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_FIGURES = re.compile(r"\d+")
PLACE = "\ue000"  # a private sign: no text that is taken in means anything by it

Date = tuple[int | None, int, int | None]  # year, month, day
Value = Date | Decimal | str  # a text is what is only compared and copied as it is written


@dataclass(frozen=True, slots=True)
class Number:
    """A number or a date where it stands."""

    start: int
    end: int
    text: str
    value: Value
    form: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """A stored translation with the numbers of the new text in it."""

    text: str
    changed: bool


def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers and dates of a text in their order."""
    found: list[Number] = []
    for match in _DATE.finditer(text):
        value = _date(match)
        if value is not None:
            found.append(Number(match.start(), match.end(), match.group(), value, match.lastgroup or ""))
    taken = [(each.start, each.end) for each in found]
    found += [
        Number(match.start(), match.end(), match.group(), *_number(match.group()))
        for match in _NUMBER.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


@lru_cache(maxsize=256)
def skeleton(text: str) -> str:
    """Return the text with a sign for each number: equal skeletons differ in numbers alone."""
    if not any(map(str.isdigit, text)):
        return text
    undated = _DATE.sub(lambda match: match.group() if _date(match) is None else PLACE, text)
    return _NUMBER.sub(PLACE, undated)


def replaced(text: str, by: list[str]) -> str:
    """Return the text with each number replaced by the string in its place."""
    made, end = [], 0
    for each, put in zip(numbers(text), by, strict=True):
        made += [text[end : each.start], put]
        end = each.end
    return "".join([*made, text[end:]])


def fitted(new: str, source: str, target: str) -> Fitted | None:
    """Return the stored target with the numbers of the new text, or nothing where they can't be put in with certainty.

    The stored source and target must hold the same numbers, and one number may not become two different ones.
    """
    before, after, there = numbers(source), numbers(new), numbers(target)
    if len(before) != len(after) or Counter(each.value for each in before) != Counter(each.value for each in there):
        return None
    becomes: dict[Value, Number] = {}
    for old, fresh in zip(before, after, strict=True):
        if becomes.setdefault(old.value, fresh).value != fresh.value:
            return None
    written = {old.value: old for old in before}
    put = []
    for each in there:
        text = _written_as(each, written[each.value], becomes[each.value])
        if text is None:
            return None
        put.append(text)
    made = replaced(target, put)
    return Fitted(made, made != target)


def _number(text: str) -> tuple[Value, str]:
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")), "grouped"
    if _PLAIN.fullmatch(text) and (len(text) == 1 or not text.startswith("0") or text.startswith("0.")):
        return Decimal(text), "plain"
    return text, "chain"  # 4.3.1, 007: compared and copied as they are written


def _date(match: re.Match[str]) -> Value | None:
    form, text = match.lastgroup, match.group().casefold()
    figures = [int(each) for each in _FIGURES.findall(text)]
    year: int | None = None
    day: int | None = None
    if form == "iso":
        year, month, day = figures
    elif form in {"han", "han_month"}:
        month_at = 1 if "年" in text else 0
        year, month = (figures[0] if month_at else None), figures[month_at]
        day = figures[month_at + 1] if form == "han" else None
    else:
        month = _SHORT[re.sub(r"[\d\s,.]", "", text)[:3]]
        if form == "month_year":
            year = figures[0]
        else:
            day, year = figures[0], (figures[1] if len(figures) > 1 else None)
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return year, month, day


def _written_as(there: Number, old: Number, fresh: Number) -> str | None:
    """Return a new number as the target writes the old one."""
    if fresh.value == old.value:
        return there.text
    if isinstance(fresh.value, tuple) or isinstance(there.value, tuple):
        if not (isinstance(fresh.value, tuple) and isinstance(there.value, tuple)):
            return None
        return _date_as(there.form, fresh.value, there.text)
    if there.form in {"grouped", "plain"} and isinstance(fresh.value, Decimal):
        if there.form != old.form and "grouped" in {there.form, old.form}:
            return f"{fresh.value:,}" if there.form == "grouped" else f"{fresh.value}"
        return fresh.text
    return fresh.text if there.form == old.form else None


def _date_as(form: str, value: Date, like: str) -> str | None:
    """Return a date in the form of another one; nothing where the form can't say all of it, or says more."""
    year, month, day = value
    if form.startswith("han"):
        if form == "han_month" and year is None:
            return None
        gap = " " if re.search(r"\d [年月日号]|[年月] \d", like) else ""
        first = f"{year}{gap}年{gap}" if year is not None else ""
        last = f"{gap}{day}{gap}{'号' if '号' in like else '日'}" if day is not None else ""
        return f"{first}{month}{gap}月{last}"
    if form == "iso":
        return None if year is None or day is None else f"{year:04d}-{month:02d}-{day:02d}"
    return _in_english(form, value, _month_like(month, like))


def _month_like(month: int, like: str) -> str:
    """Return the name of a month as long as the other text writes it."""
    name, letters = MONTHS[month - 1].capitalize(), re.sub(r"[\d\s,.]", "", like)
    if len(letters) < 5 and letters.casefold() not in {"may", "june", "july"}:
        return name[:3] + ("." if "." in like else "")
    return name


def _in_english(form: str, value: Date, name: str) -> str | None:
    year, _month, day = value
    if (day is None) != (form == "month_year") or (form == "month_year" and year is None):
        return None
    if form == "month_year":
        return f"{name} {year}"
    if form == "day_first":
        return f"{day} {name}" + (f" {year}" if year is not None else "")
    return f"{name} {day}" + (f", {year}" if year is not None else "")
