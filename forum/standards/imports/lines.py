"""Records of a delimited file, one at a time, whatever stands in it.

A file isn't trusted: a field of a hundred megabytes is passed over without being held, a quotation mark that is
never closed costs its own record and no other, and no record is lost without a word.
Source: RFC 4180.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from forum.core.refusals import N_
from forum.standards.published import Unreadable

LONGEST_LINE = 256 * 1024  # bytes
LONGEST_RECORD = 128 * 1024
MOST_LINES = 4_000  # of one record
_PIECE = 64 * 1024
TOO_LONG = N_("The row is longer than can be taken.")
BROKEN_QUOTES = N_("The quotation marks of this row are broken.")
NOT_UTF8 = N_("The row is not written in UTF-8.")
WRONG_WIDTH = N_("The row has another number of columns than the heading.")
# How a record begins: its number, two short words, and a comma after each.
_BEGINS = re.compile(rb"\d{1,10},[^,\"\r\n]{0,60},[^,\"\r\n]{0,20},")
_KEY = re.compile(rb"\s*\"?(\d{1,10})")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file; of one that is too long, only the beginning."""

    number: int
    content: bytes
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A record: its cells, or why it has none."""

    line: int
    cells: tuple[str, ...] = ()
    wrong: Unreadable | None = None
    key: str = ""


def lines(stream: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """Yield the lines with their ends; what is beyond the limit is read over in pieces and let go."""
    number = 0
    while content := stream.readline(longest):
        number += 1
        if content.endswith(b"\n") or len(content) < longest:
            yield Line(number, content)
            continue
        while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
            pass
        yield Line(number, content[:1000], is_cut=True)


class Records:
    """The records of a delimited file with a known width."""

    def __init__(self, stream: BinaryIO, width: int) -> None:
        self._lines = lines(stream)
        self._waiting: deque[Line] = deque()
        self._width = width

    def heading(self) -> tuple[str, ...]:
        """Return the first record, without a byte order mark; nothing for an empty or unreadable file."""
        first = next(self._lines, None)
        if first is None or first.is_cut:
            return ()
        try:
            return _cells(first.content.removeprefix(b"\xef\xbb\xbf"), 0)
        except Unreadable:
            return ()

    def __iter__(self) -> Iterator[Cells]:
        while (first := self._next()) is not None:
            if not first.is_cut and not first.content.strip():
                continue  # an empty line is no record
            yield self._record(first)

    def _next(self) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _record(self, first: Line) -> Cells:
        held = [first]
        size, is_open = len(first.content), _is_open(first.content, inside=False)
        while is_open and not held[-1].is_cut and size <= LONGEST_RECORD and len(held) < MOST_LINES:
            line = self._next()
            if line is None:
                break
            held.append(line)
            size += len(line.content)
            is_open = _is_open(line.content, inside=is_open)
        if held[-1].is_cut or size > LONGEST_RECORD or len(held) == MOST_LINES:
            return self._put_aside(held, Unreadable(TOO_LONG), is_open=True)
        try:
            if is_open:
                raise Unreadable(BROKEN_QUOTES)  # noqa: TRY301 - one way out for all that is wrong with a record
            return Cells(first.number, _cells(b"".join(line.content for line in held), self._width))
        except Unreadable as wrong:
            return self._put_aside(held, wrong, is_open=is_open)

    def _put_aside(self, held: list[Line], wrong: Unreadable, *, is_open: bool) -> Cells:
        """Give up one record, and go on where the next one begins."""
        after = next((at for at, line in enumerate(held) if at and _BEGINS.match(line.content)), None)
        if after is not None:
            self._waiting.extendleft(reversed(held[after:]))
        elif is_open:
            while (line := self._next()) is not None:
                if _BEGINS.match(line.content):
                    self._waiting.appendleft(line)
                    break
        found = _KEY.match(held[0].content)
        return Cells(held[0].number, wrong=wrong, key=found.group(1).decode() if found else "")


def _is_open(content: bytes, *, inside: bool) -> bool:
    return inside ^ bool(content.count(b'"') & 1)


def _cells(content: bytes, width: int) -> tuple[str, ...]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Unreadable(NOT_UTF8) from wrong
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as wrong:
        raise Unreadable(BROKEN_QUOTES, found=str(wrong)) from wrong
    if len(rows) != 1:
        raise Unreadable(BROKEN_QUOTES)
    if width and len(rows[0]) != width:
        raise Unreadable(WRONG_WIDTH, found=str(len(rows[0])))
    return tuple(rows[0])
