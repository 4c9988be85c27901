"""What each process holds of the memory: ids and normalised sources, kept up to date by the revision.

Before each answer one small statement asks for the revision.  What changed since is read, not all; another history
(a restored database) shows by its count or its stamp, and then everything is read again.

Reading fifty thousand segments takes seconds.  Nobody who has opened a page waits for that: what is much is read beside
the request, in a thread and a transaction of its own, and until then what is held is answered from.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import Engine, Result, func, select
from sqlalchemy.exc import SQLAlchemyError

from forum.core.database import session
from forum.memory.models import MemorySegment, MemoryState, SegmentOrigin, SegmentRemoval
from forum.memory.rules.normalising import tokens
from forum.memory.rules.numbers import PLACE, skeleton

log = structlog.get_logger()
NAME = "memory"
MOST_IN_A_REQUEST = 2_000  # segments that are read while somebody waits: a tenth of a second
_CHANGED_BY = "memory_changed_by"
Pair = tuple[str, str]
_STEPS = 40  # into which shares are rounded down
_STATE = select(MemoryState.revision, MemoryState.epoch, MemoryState.stamp).where(MemoryState.name == NAME)


@dataclass(slots=True)
class Board:
    """The segments of so many tokens: their normalised sources and the marks of their tokens, beside their ids."""

    norms: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Near:
    """Segments that count only where at least such a share of their characters stays."""

    share: float
    norms: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Side:
    """The segments of one direction, such as English into Chinese."""

    boards: dict[int, Board] = field(default_factory=dict)  # by the number of tokens
    same: dict[str, set[int]] = field(default_factory=dict)  # ids by normalised source
    alike: dict[str, set[int]] = field(default_factory=dict)  # ids by what is left without numbers
    machine: set[int] = field(default_factory=set)

    def add(self, number: int, norm: str, origin: str) -> None:
        """Take a segment in."""
        words = tokens(norm)
        board = self.boards.setdefault(len(words), Board())
        board.norms.append(norm)
        board.marks.append(mark(words))
        board.ids.append(number)
        self.same.setdefault(norm, set()).add(number)
        if PLACE in (bare := skeleton(norm)):
            self.alike.setdefault(bare, set()).add(number)
        if origin == SegmentOrigin.MACHINE:
            self.machine.add(number)

    def drop(self, number: int, norm: str) -> None:
        """Take a segment out."""
        self.machine.discard(number)
        board = self.boards[len(tokens(norm))]
        place = board.ids.index(number)
        del board.ids[place], board.marks[place], board.norms[place]
        for kept, key in ((self.same, norm), (self.alike, skeleton(norm))):
            if (held := kept.get(key)) is not None:
                held.discard(number)
                if not held:
                    del kept[key]

    def near(self, words: list[str], least: float) -> Iterator[Near]:
        """Yield every segment whose two similarities can add up to ``least``, and some for which they can't.

        Of two texts with n and m tokens, each token that only one of them has costs half an edit at least: an edit
        can replace one of this text by one of that.  So the marks bound the similarity of tokens from above, and
        what is left of ``least`` bounds that of characters from below.
        """
        own, count = mark(words), len(words)
        found: dict[float, Near] = {}
        for size, board in self.boards.items():
            longer = max(count, size)
            edits = int((2 - least) * longer + 1e-9)
            if longer - min(count, size) > edits:
                continue
            most = 2 * edits
            odd = [(apart, at) for at, each in enumerate(board.marks) if (apart := (own ^ each).bit_count()) <= most]
            for apart, at in odd:
                share = 1 - max((apart + 1) // 2, abs(count - size)) / longer if longer else 1.0
                cut = int((least - share) * _STEPS) / _STEPS
                each = found.setdefault(cut, Near(cut))
                each.norms.append(board.norms[at])
                each.ids.append(board.ids[at])
        yield from found.values()


def mark(words: Iterable[str]) -> int:
    """Return 128 bits in which each token sets one: texts whose marks differ much share few tokens."""
    made = 0
    for word in words:
        made |= 1 << (hash(word) & 127)
    return made


Execute = Callable[[Any], Result[Any]]


@dataclass(slots=True)
class Shelf:
    """Everything that one process holds."""

    revision: int = -1
    epoch: str = ""
    stamp: str = ""
    sides: dict[Pair, Side] = field(default_factory=dict)
    where: dict[int, tuple[Pair, str]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    behind: bool = False  # whether there is more than was read
    reading: threading.Thread | None = None

    def side(self, source: str, target: str, *, wait: bool = False) -> Side:
        """Return the segments of a direction, as they stand in the reader's transaction.

        Where much has to be read, ``behind`` says so and what is held is returned; ``wait``: it is read first.
        """
        with self.lock:
            self._refresh(wait=wait)
            return self.sides.setdefault((source, target), Side())

    def forget(self) -> None:
        """Let go of everything, for whoever exchanges the database beneath."""
        with self.lock:
            self.revision, self.epoch, self.stamp, self.behind = -1, "", "", False
            self.sides.clear()
            self.where.clear()

    def _refresh(self, *, wait: bool) -> None:
        known = _state(session.execute)
        if known == (self.revision, self.epoch, self.stamp):
            self.behind = False
            return
        revision, epoch, _stamp = known
        follows = epoch == self.epoch and revision > self.revision >= 0
        if not wait and self._is_much(follows=follows):
            if not follows:
                self.sides.clear()  # of another history, or of none
                self.where.clear()
            self.behind = True
            self._read_beside(session.get_bind().engine)
            return
        if follows:
            self._catch_up()
        else:
            self._read_all(session.execute)
        if len(self.where) != session.scalar(select(func.count()).select_from(MemorySegment)):
            self._read_all(session.execute)
        self.revision, self.epoch, self.stamp = known
        self.behind = False

    def _is_much(self, *, follows: bool) -> bool:
        query = select(func.count()).select_from(MemorySegment)
        if follows:
            query = query.where(MemorySegment.revision > self.revision)
        return (session.scalar(query) or 0) > MOST_IN_A_REQUEST

    def _read_beside(self, engine: Engine) -> None:
        """Begin to read everything in a thread, unless one reads already; what it finds replaces what is held."""
        if self.reading is not None and self.reading.is_alive():
            return

        def read() -> None:
            fresh = Shelf()
            try:
                with engine.connect() as connection:
                    known = _state(connection.execute)
                    fresh._read_all(connection.execute)
            except SQLAlchemyError as broken:
                log.warning("memory", reading=False, kind=type(broken).__name__)
                return
            with self.lock:
                self.sides, self.where = fresh.sides, fresh.where
                self.revision, self.epoch, self.stamp = known  # what came while it was read is caught up with

        self.reading = threading.Thread(target=read, name="memory", daemon=True)
        self.reading.start()

    def _catch_up(self) -> None:
        gone = session.scalars(select(SegmentRemoval.segment_id).where(SegmentRemoval.revision > self.revision))
        for number in gone:
            self._drop(number)
        self._take(_rows(session.execute, MemorySegment.revision > self.revision))

    def _read_all(self, execute: Execute) -> None:
        self.sides.clear()
        self.where.clear()
        self._take(_rows(execute))

    def _take(self, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
        for number, source, target, norm, origin in rows:
            self._drop(number)
            self.where[number] = ((source, target), norm)
            self.sides.setdefault((source, target), Side()).add(number, norm, origin)

    def _drop(self, number: int) -> None:
        if (held := self.where.pop(number, None)) is not None:
            self.sides[held[0]].drop(number, held[1])


def note_change() -> None:
    """Keep that the open transaction has changed the memory: what it sees may never be committed."""
    own = session()
    own.info[_CHANGED_BY] = own.get_transaction()


def is_tentative() -> bool:
    """Tell whether this transaction itself has changed the memory."""
    own = session()
    known = own.info.get(_CHANGED_BY)
    return known is not None and known is own.get_transaction()


def _state(execute: Execute) -> tuple[int, str, str]:
    row = execute(_STATE).first()
    return (row.revision, row.epoch, row.stamp) if row is not None else (0, "", "")


def _rows(execute: Execute, *conditions: Any) -> Iterator[tuple[int, str, str, str, str]]:
    row = MemorySegment
    query = select(row.id, row.src_lang, row.tgt_lang, row.src_norm, row.origin).where(*conditions)
    return (tuple(found) for found in execute(query))


SHELF = Shelf()
