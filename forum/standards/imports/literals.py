"""Lists as the published table writes them: ``['en', 'fr']``, ``[12346]``.  Read, never evaluated."""

from __future__ import annotations

import re

from forum.core.refusals import N_
from forum.standards.published import Unreadable

LONGEST = 20_000  # signs of a cell
MOST = 2_000  # items of a list
NOT_A_LIST = N_("This is not a plain list of words or numbers.")
TOO_LONG = N_("The list is too long.")
_ITEM = re.compile(r"\s*(?:'([^'\\\n]{0,100})'|\"([^\"\\\n]{0,100})\"|(\d{1,12}))\s*(,|\Z)")


def listed(cell: str, field: str) -> tuple[str | int, ...]:
    """Return the items of a list cell; an empty cell has none.  Raises ``Unreadable``."""
    text = cell.strip()
    if not text or text == "None":
        return ()
    if len(text) > LONGEST:
        raise Unreadable(TOO_LONG, field, text[:100])
    if not (text.startswith("[") and text.endswith("]")):
        raise Unreadable(NOT_A_LIST, field, text[:100])
    inner, position, items = text[1:-1].strip(), 0, list[str | int]()
    while position < len(inner):
        found = _ITEM.match(inner, position)
        if found is None or len(items) == MOST:
            raise Unreadable(NOT_A_LIST if found is None else TOO_LONG, field, text[:100])
        single, double, number, _end = found.groups()
        items.append(int(number) if number is not None else single if single is not None else double)
        position = found.end()
    return tuple(items)


def words(items: object, field: str, shape: re.Pattern[str]) -> tuple[str, ...]:
    """Return the items as words of one shape, each once, in their order.  Raises ``Unreadable``."""
    return tuple(dict.fromkeys(_word(each, field, shape) for each in _sequence(items, field)))


def numbers(items: object, field: str) -> tuple[int, ...]:
    """Return the items as ids, each once, in their order.  Raises ``Unreadable``."""
    return tuple(dict.fromkeys(_number(each, field) for each in _sequence(items, field)))


def _sequence(items: object, field: str) -> tuple[object, ...]:
    if items is None:
        return ()
    if not isinstance(items, list | tuple):
        raise Unreadable(NOT_A_LIST, field, str(items)[:100])
    if len(items) > MOST:
        raise Unreadable(TOO_LONG, field)
    return tuple(items)


def _word(item: object, field: str, shape: re.Pattern[str]) -> str:
    if not isinstance(item, str) or not shape.fullmatch(item):
        raise Unreadable(NOT_A_LIST, field, str(item)[:100])
    return item


def _number(item: object, field: str) -> int:
    if isinstance(item, bool) or not isinstance(item, int) or not 0 < item < 2**31:
        raise Unreadable(NOT_A_LIST, field, str(item)[:100])
    return item
