"""Where the bytes of files lie: a folder of this machine, or an S3-compatible store."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit


class StoreUnavailable(Exception):
    """The store is configured, but can't be used; the text says what to do."""


class Store(Protocol):
    """A place for bytes under names of our own."""

    def put(self, name: str, content: bytes) -> None:
        """Write the bytes, whole or not at all."""
        ...

    def get(self, name: str) -> bytes:
        """Return the bytes; raise ``FileNotFoundError``."""
        ...

    def delete(self, name: str) -> None:
        """Remove the bytes; nothing happens if there are none."""
        ...

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Yield each name with the instant it was written."""
        ...


class Folder:
    """A folder, readable by this account alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Write to a neighbour, sync, and rename."""
        target = self._path(name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)

    def get(self, name: str) -> bytes:
        """Read the file."""
        return self._path(name).read_bytes()

    def delete(self, name: str) -> None:
        """Remove the file."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Walk the folder."""
        for path in self.folder.glob("*/*"):
            if path.is_file():
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name


class ObjectStore:
    """An S3-compatible store, through the library obstore."""

    def __init__(self, url: str) -> None:
        try:
            self._library: Any = importlib.import_module("obstore")
            stores: Any = importlib.import_module("obstore.store")
        except ImportError as missing:
            message = (
                "FORUM_FILES_URL names an object store, which needs the extra “s3” of this package "
                "(the library obstore)."
            )
            raise StoreUnavailable(message) from missing
        try:
            self._store: Any = stores.from_url(url)
        except Exception as refused:
            message = f"FORUM_FILES_URL can't be used: {type(refused).__name__}"
            raise StoreUnavailable(message) from refused

    def put(self, name: str, content: bytes) -> None:
        """Write one object."""
        self._library.put(self._store, name, content)

    def get(self, name: str) -> bytes:
        """Read one object."""
        return bytes(self._library.get(self._store, name).bytes())

    def delete(self, name: str) -> None:
        """Remove one object; object stores don't mind a missing one, others say so."""
        try:
            self._library.delete(self._store, name)
        except FileNotFoundError:
            return

    def names(self) -> Iterator[tuple[str, datetime]]:
        """List the store."""
        for page in self._library.list(self._store):
            for found in page:
                yield str(found["path"]), found["last_modified"]


def store_at(url: str) -> Store:
    """Return the store that an address names: ``file:///folder``, or ``s3://bucket/prefix``."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Folder(Path(unquote(parts.path)))
    return ObjectStore(url)
