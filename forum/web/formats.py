"""Dates, times, lists and numbers as each language writes them: unambiguous, 24 hours, zone named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from forum.core.bilingual import Shown, Text
from forum.core.refusals import Word
from forum.core.refusals import spoken as say
from forum.core.text import is_chinese
from forum.web.language import current_language


def day(value: date) -> str:
    """Return ``Tue, 20 Apr 2027`` or ``2027年4月20日周二``."""
    return format_skeleton("yMMMEd", _naive(value), locale=get_locale())


def day_short(value: date) -> str:
    """Return ``20 April`` or ``4月20日``."""
    return format_skeleton("MMMMd", _naive(value), locale=get_locale())


def weekday(value: date) -> str:
    """Return ``Tuesday`` or ``星期二``."""
    return format_date(value, "EEEE", locale=get_locale())


def _naive(value: date) -> datetime:
    return datetime(value.year, value.month, value.day, 12, 0)  # noqa: DTZ001 - a calendar day has no zone


def clock(value: datetime, zone: ZoneInfo | str | None = None) -> str:
    """Return ``14:30``, in the zone where one is given, else as the value stands."""
    return format_time(_local(value, zone), "HH:mm", locale=get_locale())


def _local(value: datetime, zone: ZoneInfo | str | None) -> datetime:
    if zone is not None and value.tzinfo is not None:
        value = value.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return value.replace(tzinfo=None)


def day_clock(value: datetime, zone: ZoneInfo | str | None = None) -> str:
    """Return the date and the time of an instant: joined by hand, since no skeleton does both."""
    local = _local(value, zone if zone is not None else "UTC" if value.tzinfo else None)
    return f"{day(local.date())} {clock(local)}"


def span(start: datetime, end: datetime, zone: ZoneInfo | str | None = None) -> str:
    """Return ``14:30–16:00``; an end on the next day says so."""
    first, last = _local(start, zone), _local(end, zone)
    text = f"{clock(first)}–{clock(last)}"
    if last.date() > first.date() and not (last.hour == last.minute == 0 and (last - first) < timedelta(days=1)):
        return _("%(span)s (next day)", span=text)
    return text


def period(first: date, last: date) -> str:
    """Return ``20–22 Apr 2027`` or ``2027年4月20日至22日``."""
    if first == last:
        return format_skeleton("yMMMd", _naive(first), locale=get_locale())
    return format_interval(first, last, "yMMMd", locale=get_locale())


def dated(value: date, precision: str = "day") -> str:
    """Return a day no finer than it is known: ``2016``, ``June 2015`` or ``21 May 2025``."""
    skeleton = {"year": "y", "month": "yMMMM"}.get(str(precision), "yMMMd")
    return format_skeleton(skeleton, _naive(value), locale=get_locale())


def listing(values: Iterable[str]) -> str:
    """Return ``a, b and c`` or ``a、b和c``."""
    return format_list([str(value) for value in values], locale=get_locale())


def number(value: float) -> str:
    """Return a number with the grouping of the language."""
    return format_decimal(value, locale=get_locale())


def zone_words(zone_name: str, at: datetime) -> str:
    """Return ``GMT+8`` for the zone at that instant (never today's offset, never an abbreviation)."""
    offset = at.astimezone(ZoneInfo(zone_name)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{sign}{hours}" + (f":{rest:02d}" if rest else "")


def shown(value: Any, field: str | None = None) -> Shown:
    """Return a bilingual value for the reader: ``record|shown("title")`` or ``text|shown``."""
    language = current_language()
    if isinstance(value, Text):
        return value.shown(language)
    result: Shown = value.tr(field, language)
    return result


def label(value: str, labels: dict[str, str]) -> str:
    """Return the translated label of a state or kind."""
    return say(labels.get(str(value), str(value)), _)


def spoken(value: object) -> object:
    """Return a word of the catalogue in the reader's language; whatever people wrote stays as it is."""
    return say(value, _) if isinstance(value, Word) else value


def tongue(text: str) -> str:
    """Return the ``lang`` of what somebody wrote in the one language that they chose: a note, a point, an answer."""
    return "zh-Hans" if is_chinese(text) else "en"


def bilingual_pair(english: str, chinese: str) -> Markup:
    """Return both forms, each with its own ``lang``."""
    return Markup('<span lang="zh-Hans">{}</span> <span lang="en">{}</span>').format(chinese, english)


def init_formats(app: Flask) -> None:
    """Give the formats to the templates."""
    app.jinja_env.filters.update(
        day=day,
        day_short=day_short,
        weekday=weekday,
        clock=clock,
        day_clock=day_clock,
        span=span,
        period=period,
        dated=dated,
        listing=listing,
        number=number,
        zone_words=zone_words,
        shown=shown,
        label=label,
        spoken=spoken,
        tongue=tongue,
    )
