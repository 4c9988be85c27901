"""Storing, opening and removing files, in step with the transaction that speaks of them.

The bytes are written before the row commits, under a name that nobody knows; if the transaction fails
they are removed again.  A removed file's bytes go only after the commit.
"""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, BinaryIO, cast

import structlog
from flask import current_app
from sqlalchemy import event, func, select

from forum.config import Settings
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.core.sealing import SealBroken
from forum.ports.files import checks, errors
from forum.ports.files.kinds import MEGABYTE, SHAPES, Kind
from forum.ports.files.models import StoredFile
from forum.ports.files.stores import Store, store_at

log = structlog.get_logger()
MOST_OF_ONE_OWNER = 200 * MEGABYTE
ORPHAN_AFTER = timedelta(days=1)
_WRITTEN, _REMOVED = "files_written", "files_removed"


def store(
    stream: BinaryIO | None,
    filename: str | None,
    owner: str,
    allowed: Collection[Kind],
    *,
    sealed: bool = False,
    field: str | None = None,
) -> StoredFile:
    """Check and store one file; raise a ``FileRefused`` that points at ``field``.

    ``owner`` says through which object the file may be fetched, such as ``"participation:<public id>"``.
    ``sealed`` files (passports, photographs) are encrypted at rest with the master key.
    """
    try:
        name, kind, content = _received(stream, filename, allowed)
        _check_quota(owner, len(content))
    except errors.FileRefused as refused:
        refused.field = field
        raise
    kept = StoredFile(
        public_id=public_id(),
        owner=owner,
        filename=name,
        media_type=SHAPES[kind].media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sealed=sealed,
    )
    body = content
    if sealed:
        body = _settings().keyring.seal_with_master(_place(kept), content).encode("ascii")
    _store().put(kept.public_id, body)
    _noted(_WRITTEN).append(kept.public_id)
    session.add(kept)
    session.flush()
    return kept


def open_file(stored: StoredFile) -> BinaryIO:
    """Return the content of a file, checked against its fingerprint; raise ``FileGone``.

    Whether the reader may have it is the caller's question: see ``StoredFile.owner``.
    """
    try:
        content = _store().get(stored.public_id)
        if stored.sealed:
            content = _settings().keyring.open_with_master(_place(stored), content.decode("ascii"))
    except (OSError, SealBroken, UnicodeDecodeError) as broken:
        log.exception("file", file=stored.public_id, kind=type(broken).__name__)
        raise errors.FileGone from broken
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), stored.sha256):
        log.error("file", file=stored.public_id, kind="altered")
        raise errors.FileGone
    return io.BytesIO(content)


def delete(stored: StoredFile) -> None:
    """Remove a file: its row now, its bytes after the commit."""
    _noted(_REMOVED).append(stored.public_id)
    session.delete(stored)
    session.flush()


def sweep_orphans(*, now: datetime) -> int:
    """Remove bytes that no row speaks of and that are older than a day; return how many."""
    known = set(session.scalars(select(StoredFile.public_id)))
    stale = [name for name, at in _store().names() if name not in known and at < now - ORPHAN_AFTER]
    for name in stale:
        _store().delete(name)
    return len(stale)


def _received(stream: BinaryIO | None, filename: str | None, allowed: Collection[Kind]) -> tuple[str, Kind, bytes]:
    if stream is None or not filename:
        raise errors.FileMissing
    name = checks.display_name(filename)
    kind = checks.kind_of(name, allowed)
    content = stream.read(SHAPES[kind].most_bytes + 1)
    return name, kind, checks.checked(content, kind)


def _check_quota(owner: str, size: int) -> None:
    used = session.scalar(select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.owner == owner))
    if int(used or 0) + size > MOST_OF_ONE_OWNER:
        raise errors.QuotaUsedUp


def _place(stored: StoredFile) -> str:
    return f"stored_file:{stored.public_id}:content"


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["forum.settings"])


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    return store_at(url)


def _store() -> Store:
    return _opened(_settings().files_url)


def _noted(what: str) -> list[str]:
    return cast("list[str]", session().info.setdefault(what, []))


def _forget(unit: Any, names: str) -> None:
    for name in unit.info.pop(names, ()):
        _store().delete(name)


@event.listens_for(session, "after_commit")
def _committed(unit: Any) -> None:
    if unit.in_nested_transaction():  # a savepoint settles nothing yet
        return
    unit.info.pop(_WRITTEN, None)
    _forget(unit, _REMOVED)


@event.listens_for(session, "after_soft_rollback")
def _rolled_back(unit: Any, ended: Any) -> None:
    if ended.nested or ended.parent is not None:
        return
    unit.info.pop(_REMOVED, None)
    _forget(unit, _WRITTEN)
