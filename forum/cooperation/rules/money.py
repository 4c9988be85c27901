"""Money of two sides: summed within a currency, and across currencies by a dated rate alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
MOST = 10**15  # hundredths
MOST_RATE = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of another currency one unit came to on a day."""

    factor: Decimal
    into: str
    on: date


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in hundredths of one unit of its currency, with a dated rate if there is one."""

    hundredths: int
    currency: str
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: by currency always, in one currency only if every amount could be brought into it."""

    by_currency: Mapping[str, int]
    into: str
    hundredths: int | None  # None: at least one amount has no dated rate
    without_rate: tuple[str, ...] = field(default=())
    rate_days: tuple[date, ...] = field(default=())


def total(amounts: Iterable[Money], into: str) -> Total:
    """Add amounts up; name the currencies for which a dated rate is missing."""
    by_currency: dict[str, int] = {}
    missing: set[str] = set()
    days: set[date] = set()
    whole = 0
    for money in amounts:
        by_currency[money.currency] = by_currency.get(money.currency, 0) + money.hundredths
        if money.currency == into:
            whole += money.hundredths
        elif money.rate is not None and money.rate.into == into:
            whole += int((money.hundredths * money.rate.factor).to_integral_value(ROUND_HALF_UP))
            days.add(money.rate.on)
        else:
            missing.add(money.currency)
    return Total(
        by_currency=by_currency,
        into=into,
        hundredths=None if missing else whole,
        without_rate=tuple(sorted(missing)),
        rate_days=tuple(sorted(days)),
    )


def is_currency(code: str) -> bool:
    """Tell whether a code has the shape of ISO 4217."""
    return bool(_CURRENCY.fullmatch(code))


def hundredths(text: str) -> int | None:
    """Return an amount such as "12,500.50" in hundredths, or None if it is none."""
    number = figure(text)
    if number is None or number < 0 or number * 100 >= MOST or number * 100 != (number * 100).to_integral_value():
        return None
    return int(number * 100)


def factor(text: str) -> Decimal | None:
    """Return a rate, or None if it is none."""
    number = figure(text)
    return number if number is not None and 0 < number < MOST_RATE else None


def figure(text: str) -> Decimal | None:
    """Return a plain number with a point and perhaps thousands, or None."""
    plain = text.replace(",", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if len(plain) > 30 or not re.fullmatch(r"-?\d+(\.\d+)?", plain, re.ASCII):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern leaves nothing that Decimal doesn't know
        return None
