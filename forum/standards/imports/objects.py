"""Records in JSON: one to a line, or one list of a small file.  Each is read by itself and may be put aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from forum.core.refusals import N_
from forum.standards.import_errors import FileUnreadable, OtherHeading
from forum.standards.imports.lines import NOT_UTF8, TOO_LONG, lines
from forum.standards.published import Unreadable

LONGEST_LIST = 32 * 1024 * 1024  # bytes of a file that is one list
NOT_JSON = N_("The line is not readable as JSON.")
OTHER_KEYS = N_("The record has other fields than the published ones.")


@dataclass(frozen=True, slots=True)
class Found:
    """A record at its place, or why it has none."""

    line: int
    value: dict[str, Any] | None = None
    wrong: Unreadable | None = None
    key: str = ""


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _loaded(content: bytes) -> Any:
    return json.loads(content.decode("utf-8"), parse_constant=_no_constant)


def from_lines(stream: BinaryIO, keys: frozenset[str], optional: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Yield a record for each line.  Raises ``OtherHeading`` when the first record has other keys."""
    is_first = True
    for line in lines(stream):
        content = line.content.removeprefix(b"\xef\xbb\xbf") if line.number == 1 else line.content
        if not content.strip():
            continue
        if line.is_cut:
            yield Found(line.number, wrong=Unreadable(TOO_LONG))
            continue
        try:
            value = _loaded(content)
        except UnicodeDecodeError:
            yield Found(line.number, wrong=Unreadable(NOT_UTF8))
            continue
        except (ValueError, RecursionError):
            yield Found(line.number, wrong=Unreadable(NOT_JSON))
            continue
        yield _checked(line.number, value, keys, optional, is_first=is_first)
        is_first = False


def from_list(stream: BinaryIO, keys: frozenset[str], optional: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Yield the records of a list; their lines are their places in it.  Raises ``FileUnreadable``."""
    content = stream.read(LONGEST_LIST + 1)
    if len(content) > LONGEST_LIST:
        raise FileUnreadable
    try:
        values = _loaded(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as wrong:
        raise FileUnreadable from wrong
    if not isinstance(values, list):
        raise FileUnreadable
    for at, value in enumerate(values, start=1):
        yield _checked(at, value, keys, optional, is_first=at == 1)


def _checked(line: int, value: Any, keys: frozenset[str], optional: frozenset[str], *, is_first: bool) -> Found:
    if not isinstance(value, dict):
        return Found(line, wrong=Unreadable(NOT_JSON))
    given = frozenset(value)
    if given - optional != keys - optional:
        if is_first:
            raise OtherHeading.between(sorted(keys), sorted(given))
        return Found(line, wrong=Unreadable(OTHER_KEYS, found=", ".join(sorted(given ^ keys))[:100]), key=_key(value))
    return Found(line, value, key=_key(value))


def _key(value: dict[str, Any]) -> str:
    found = value.get("id")
    return str(found)[:40] if isinstance(found, int | str) else ""
