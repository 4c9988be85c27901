"""The stored files of the tests, brought back to a known state together with the rows that speak of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import Flask


@dataclass(frozen=True)
class _Kept:
    content: bytes
    size: int
    written: int


class Shelf:
    """The folder of files of one application, and what lay in it under each state that is remembered."""

    def __init__(self, app: Flask) -> None:
        self._folder = Path(unquote(urlsplit(app.extensions["forum.settings"].files_url).path))
        self._states: dict[str, dict[Path, _Kept]] = {}

    def keep(self, name: str) -> None:
        """Remember what lies there now."""
        known: dict[Path, _Kept] = {}
        for path, found in self._lying().items():
            known[path] = _Kept(path.read_bytes(), found.st_size, found.st_mtime_ns)
        self._states[name] = known

    def bring(self, name: str) -> None:
        """Lay it there again: what a test removed or altered comes back, what it wrote is gone."""
        known, lying = self._states[name], self._lying()
        for path in lying.keys() - known.keys():
            path.unlink()
        for path, kept in known.items():
            found = lying.get(path)
            if found is None or (found.st_size, found.st_mtime_ns) != (kept.size, kept.written):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(kept.content)
                os.utime(path, ns=(kept.written, kept.written))

    def _lying(self) -> dict[Path, os.stat_result]:
        return {path: path.stat() for path in self._folder.glob("*/*") if path.is_file()}
