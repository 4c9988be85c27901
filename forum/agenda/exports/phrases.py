"""Dates, spans of days and names of languages as each language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

LOCALES: dict[str, str] = {"en": "en_GB", "zh": "zh_Hans_CN"}


@lru_cache(maxsize=1024)
def day_name(day: date, language: str) -> str:
    """Return a day with weekday and year in one language."""
    return format_date(day, "full", locale=LOCALES[language])


@lru_cache(maxsize=1024)
def short_day(day: date, language: str) -> str:
    """Return a day without its year, such as 20 Apr."""
    return str(format_skeleton("MMMd", day, locale=LOCALES[language]))


@lru_cache(maxsize=1024)
def language_name(code: str, language: str) -> str:
    """Return the name of a language, or its code when it has none."""
    return str(Locale.parse(LOCALES[language]).languages.get(code.replace("-", "_"), code))


def offset_name(moment: datetime) -> str:
    """Return the offset of an aware wall time as GMT+08:00."""
    text = moment.strftime("%z")
    return f"GMT{text[:3]}:{text[3:5]}"


def languages_listed(codes: Iterable[str], language: str) -> str:
    """Return the names of languages, each once, without a last "and"."""
    separator = "、" if language == "zh" else ", "
    return separator.join(dict.fromkeys(language_name(code, language) for code in codes))


def days_span(first: date, last: date, language: str) -> str:
    """Return the days of the forum, such as 20–22 April 2027; months in full, unlike Babel's intervals."""
    if last - first < timedelta(days=1):
        return day_name(first, language)
    locale = LOCALES[language]
    if language == "zh":
        return f"{format_date(first, 'long', locale=locale)}至{_without(first, last, locale)}"
    begin = str(first.day) if (first.year, first.month) == (last.year, last.month) else _without(last, first, locale)
    dash = "–" if begin.isdigit() else " – "
    return f"{begin}{dash}{format_date(last, 'long', locale=locale)}"


def _without(known: date, day: date, locale: str) -> str:
    """Return a day without what a known day has told already: the year, and in Chinese the month."""
    chinese = locale.startswith("zh")
    if day.year != known.year:
        return format_date(day, "long", locale=locale)
    if chinese:
        return format_date(day, "d日" if day.month == known.month else "M月d日", locale=locale)
    return format_date(day, "d MMMM", locale=locale)
