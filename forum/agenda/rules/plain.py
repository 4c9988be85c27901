"""Frozen values to plain JSON values and back, guided by their type hints.

Knows what agenda values are made of: dataclasses, enums, dates, times, tuples, optional and plain values.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_plain(value: object) -> Any:
    """Return a value as dictionaries, lists, strings, numbers, booleans and None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    return value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _rebuilt(kind: Any, plain: dict[str, Any]) -> Any:
    hints = _hints(kind)
    if unknown := plain.keys() - hints.keys():
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: from_plain(hints[name], part) for name, part in plain.items()})


def from_plain(kind: Any, plain: Any) -> Any:
    """Return the value of type ``kind`` that ``to_plain`` made plain.

    A field that is absent takes its default; an unknown one raises ``ValueError``.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if plain is None else from_plain(inner, plain)
    if origin is tuple:
        return tuple(from_plain(get_args(kind)[0], part) for part in plain)
    if isinstance(kind, type) and is_dataclass(kind):
        return _rebuilt(kind, plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    return kind.fromisoformat(plain) if kind in (datetime, date, time) else plain
