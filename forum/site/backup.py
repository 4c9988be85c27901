"""Saving the house and bringing it back: database, files, and the proof that both are whole.

The archive is a tar file: ``manifest.json``, then ``database`` (a SQLite file or a dump of PostgreSQL),
then ``files/…``.  The keys are never in it: whoever finds an archive can't open a sealed field.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from forum.config import Settings
from forum.ports.files.stores import Folder, Store, store_at

FORMAT = "forum-backup"
FORMAT_VERSION = 1


class BackupFailed(Exception):
    """Nothing was saved or restored; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What an archive holds."""

    engine: str
    files: int
    bytes: int
    files_elsewhere: bool  # in an object store, which keeps its own copies


def save(settings: Settings, target: Path, *, now: datetime, version: str = "") -> Saved:
    """Save database and files into one archive while the site goes on working; ``version`` is the product's.

    The database comes first: each file that it speaks of was written before its row.
    """
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix="backup-") as folder:
        database = Path(folder) / "database"
        if settings.sqlite:
            _copy_sqlite(_sqlite_path(settings), database)
        else:
            _dump_postgresql(settings, database)
        store = store_at(settings.files_url)
        names = sorted(name for name, _ in store.names()) if isinstance(store, Folder) else []
        part = target.with_name(target.name + ".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            saved = _write(stream, settings, database, store, names, now, version)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    return saved


def restore(settings: Settings, source: Path, *, replace: bool) -> Saved:
    """Bring an archive back; every part is checked against the manifest before anything is touched.

    ``replace`` allows what is there to be lost.  The site must not be running.
    """
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix="restore-") as folder:
        manifest = _unpack(source, Path(folder))
        engine = "sqlite" if settings.sqlite else "postgresql"
        if manifest["engine"] != engine:
            message = f"the archive holds {manifest['engine']}, but FORUM_DATABASE_URL names {engine}"
            raise BackupFailed(message)
        database = Path(folder) / "database"
        if settings.sqlite:
            _check_sqlite(database)
            _place_sqlite(database, _sqlite_path(settings), replace=replace)
        else:
            _load_postgresql(settings, database, replace=replace)
        store = store_at(settings.files_url)
        kept = sorted((Path(folder) / "files").glob("*"))
        for path in kept:
            store.put(path.name, path.read_bytes())
    return Saved(engine, len(kept), source.stat().st_size, bool(manifest["files_elsewhere"]))


def _write(
    stream: IO[bytes], settings: Settings, database: Path, store: Store, names: list[str], now: datetime, version: str
) -> Saved:
    elsewhere = not isinstance(store, Folder)
    sums: dict[str, str] = {"database": _sum(database)}
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.add(database, "database", recursive=False)
        for name in names:
            try:
                content = store.get(name)
            except FileNotFoundError:  # removed since the database was copied
                continue
            sums[f"files/{name}"] = hashlib.sha256(content).hexdigest()
            _add(archive, f"files/{name}", content, now)
        manifest = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "product": version,
            "engine": "sqlite" if settings.sqlite else "postgresql",
            "made_at": now.isoformat(),
            "key_ids": [key_id for key_id, _ in settings.keyring.masters],
            "files_elsewhere": elsewhere,
            "sha256": sums,
        }
        _add(archive, "manifest.json", json.dumps(manifest, indent=1).encode(), now)
    return Saved(str(manifest["engine"]), len(sums) - 1, stream.tell(), elsewhere)


def _add(archive: tarfile.TarFile, name: str, content: bytes, now: datetime) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, int(now.timestamp())
    archive.addfile(entry, io.BytesIO(content))


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    (folder / "files").mkdir()
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(source) as archive:
            for entry in archive:
                stream = archive.extractfile(entry) if entry.isfile() else None
                if stream is None:
                    continue
                if entry.name == "manifest.json":
                    manifest = json.load(stream)
                elif entry.name == "database" or (entry.name.startswith("files/") and entry.name.count("/") == 1):
                    path = folder / entry.name
                    with path.open("wb") as target:
                        shutil.copyfileobj(stream, target)
                    found[entry.name] = _sum(path)
    except (tarfile.TarError, EOFError, OSError, ValueError) as broken:
        message = f"{source} can't be read: {type(broken).__name__}"
        raise BackupFailed(message) from broken
    if manifest.get("format") != FORMAT or manifest.get("format_version") != FORMAT_VERSION:
        message = f"{source} is no archive of ours, or its end is missing"
        raise BackupFailed(message)
    if manifest["sha256"] != found:
        message = f"{source} is damaged: its parts aren't what its manifest says"
        raise BackupFailed(message)
    return manifest


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def missing_keys(settings: Settings, source: Path) -> list[str]:
    """Return the ids of master keys that an archive needs and this installation hasn't."""
    with tarfile.open(source) as archive:
        stream = archive.extractfile("manifest.json")
        wanted = json.load(stream)["key_ids"] if stream is not None else []
    mine = {key_id for key_id, _ in settings.keyring.masters}
    return [key_id for key_id in wanted if key_id not in mine]


# --- SQLite -----------------------------------------------------------------------------------------


def _sqlite_path(settings: Settings) -> Path:
    return Path(settings.database_url.partition(":///")[2])


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy through SQLite itself: a copied file would miss what lies in the write-ahead log."""
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("VACUUM INTO ?", (str(target),))
    target.chmod(0o600)
    _check_sqlite(target)


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as damage:
        raise BackupFailed("the database is damaged") from damage
    if found != ("ok",) or broken is not None:
        raise BackupFailed("the database is damaged")


def _place_sqlite(database: Path, target: Path, *, replace: bool) -> None:
    if target.exists() and not replace and _has_rows(target):
        raise BackupFailed(f"{target} holds something already; add --replace to lose it")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A log left behind would be replayed onto the restored file.
    for tail in ("-wal", "-shm"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
    database.chmod(0o600)
    shutil.move(database, target)


def _has_rows(path: Path) -> bool:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return any(
            connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - from the schema itself
            for name in names
            if name != "alembic_version"
        )


# --- PostgreSQL -------------------------------------------------------------------------------------


def _program(name: str) -> str:
    newest = max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), default=None)
    found = str(newest) if newest is not None else shutil.which(name)
    if found is None:
        message = f"{name} is not installed; it comes with the PostgreSQL client"
        raise BackupFailed(message)
    return found


def _postgresql(settings: Settings) -> tuple[list[str], dict[str, str]]:
    """Return arguments and environment that reach the database; the password never stands on a command line."""
    parts = urlsplit(settings.database_url)
    environment = dict(os.environ)
    if parts.password:
        environment["PGPASSWORD"] = unquote(parts.password)
    arguments = [f"--dbname={parts.path.lstrip('/')}"]
    if parts.hostname:
        arguments.append(f"--host={parts.hostname}")
    if parts.port:
        arguments.append(f"--port={parts.port}")
    if parts.username:
        arguments.append(f"--username={unquote(parts.username)}")
    return arguments, environment


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - a PostgreSQL program, with arguments from our own settings
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        message = f"{Path(command[0]).name} failed: {done.stderr.strip()[-400:]}"
        raise BackupFailed(message)
    return done.stdout


def _dump_postgresql(settings: Settings, target: Path) -> None:
    reach, environment = _postgresql(settings)
    _run([_program("pg_dump"), *reach, "--format=custom", "--no-owner", f"--file={target}"], environment)
    target.chmod(0o600)


def _load_postgresql(settings: Settings, source: Path, *, replace: bool) -> None:
    reach, environment = _postgresql(settings)
    tables = _run(
        [
            _program("psql"),
            *reach,
            "--tuples-only",
            "--no-align",
            "--command=SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()",
        ],
        environment,
    )
    if tables.strip() != "0" and not replace:
        raise BackupFailed("the database holds something already; add --replace to lose it")
    clear = ["--clean", "--if-exists"] if replace else []
    _run(
        [_program("pg_restore"), *reach, "--no-owner", "--single-transaction", "--exit-on-error", *clear, str(source)],
        environment,
    )
