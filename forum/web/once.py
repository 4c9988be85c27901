"""Costly outputs: built by the first who asks, while all others wait for the same bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Gate:
    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: int = 0


class BuiltOnce:
    """Bytes under a key that names everything they depend on; the least used go when there are too many."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._gates: dict[Hashable, _Gate] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, build: Callable[[], bytes]) -> bytes:
        """Return the bytes of a key, building them at most once at a time; a failed build is tried again."""
        with self._lock:
            if (known := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return known
            gate = self._gates.setdefault(key, _Gate())
            gate.waiting += 1
        try:
            with gate.lock:
                if (known := self._kept.get(key)) is not None:
                    return known
                made = build()
                self._keep(key, made)
                return made
        finally:
            with self._lock:
                gate.waiting -= 1
                if not gate.waiting:
                    self._gates.pop(key, None)

    def _keep(self, key: Hashable, made: bytes) -> None:
        with self._lock:
            self._kept[key] = made
            self._bytes += len(made)
            while self._bytes > self._most_bytes and len(self._kept) > 1:
                _key, gone = self._kept.popitem(last=False)
                self._bytes -= len(gone)
