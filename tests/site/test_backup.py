"""What was saved comes back whole, and nothing comes back that isn't."""

from __future__ import annotations

import io
import os
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from forum.config import Settings
from forum.core.database import begin_writing, session
from forum.core.facts import SiteFact
from forum.ports.files import keeping
from forum.ports.files.kinds import DOCUMENTS
from forum.ports.files.stores import Folder
from forum.site import backup
from tests.cast import Cast
from tests.conftest import ENGINE, START
from tests.services import postgresql_cluster

LETTER = b"%PDF-1.7\nSecret words\n%%EOF\n"


def settings_of(app: Flask) -> Settings:
    found: Settings = app.extensions["forum.settings"]
    return found


@pytest.fixture
def saved(cast: Cast, tmp_path: Path) -> Path:
    """An archive of the cast's database with one sealed file."""
    with cast.app.app_context():
        begin_writing()
        keeping.store(io.BytesIO(LETTER), "letter.pdf", "participation:x", DOCUMENTS, sealed=True)
        session.commit()
        target = tmp_path / "forum.tar"
        result = backup.save(settings_of(cast.app), target, now=START)
    assert result.engine == ENGINE
    assert result.files >= 1
    return target


@pytest.fixture
def elsewhere(cast: Cast, tmp_path: Path) -> Iterator[Settings]:
    """The settings of an empty machine with the same keys."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    mine = replace(settings_of(cast.app), data_dir=folder, files_url=f"file://{folder / 'files'}")
    if ENGINE == "sqlite":
        yield replace(mine, database_url=f"sqlite:///{folder / 'forum.db'}")
        return
    with postgresql_cluster() as cluster:
        yield replace(mine, database_url=cluster.create_database("restored"))


def count(settings: Settings, table: str) -> int:
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - our own name
    engine.dispose()
    return int(found)


def test_an_archive_is_for_this_account_alone_and_holds_no_key(saved: Path, cast: Cast) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    content = saved.read_bytes()
    assert b"Secret words" not in content
    for key in (settings_of(cast.app).data_dir / "keys").iterdir():
        assert key.read_bytes().strip() not in content


def test_what_was_saved_comes_back_on_an_empty_machine(saved: Path, cast: Cast, elsewhere: Settings) -> None:
    backup.restore(elsewhere, saved, replace=False)
    for table in ("account", "forum", "category", "stored_file", "sign_in"):
        assert count(elsewhere, table) == count(settings_of(cast.app), table)
    names = {name for name, _ in Folder(elsewhere.data_dir / "files").names()}
    assert len(names) >= 1
    assert backup.missing_keys(elsewhere, saved) == []


def test_what_is_there_is_lost_only_when_asked(saved: Path, elsewhere: Settings) -> None:
    backup.restore(elsewhere, saved, replace=False)
    with pytest.raises(backup.BackupFailed, match="--replace"):
        backup.restore(elsewhere, saved, replace=False)
    backup.restore(elsewhere, saved, replace=True)
    assert count(elsewhere, "forum") == 2


@pytest.mark.parametrize("damage", ["cut", "altered", "other"])
def test_a_damaged_archive_changes_nothing(saved: Path, elsewhere: Settings, damage: str) -> None:
    content = bytearray(saved.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "altered":
        content[len(content) // 2] ^= 0xFF
    else:
        content = bytearray(_other_archive())
    saved.write_bytes(bytes(content))
    with pytest.raises(backup.BackupFailed):
        backup.restore(elsewhere, saved, replace=True)
    assert list(Folder(elsewhere.data_dir / "files").names()) == []
    assert not (elsewhere.data_dir / "forum.db").exists()


def _other_archive() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        entry = tarfile.TarInfo("../../evil")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"evil"))
    return target.getvalue()


def test_the_absence_of_a_key_is_said(saved: Path, elsewhere: Settings) -> None:
    other = type(elsewhere.keyring).from_text(type(elsewhere.keyring).new_text())
    (wanted,) = [key_id for key_id, _ in elsewhere.keyring.masters]
    assert backup.missing_keys(replace(elsewhere, keyring=other), saved) == [wanted]


def test_a_backup_under_writing_is_whole(cast: Cast, tmp_path: Path, elsewhere: Settings) -> None:
    ended = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        with cast.app.app_context():
            while not ended.is_set():
                begin_writing()
                session.add(SiteFact(key=f"a{written}", value="x"))
                session.add(SiteFact(key=f"b{written}", value="x"))
                session.commit()
                written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup.save(settings_of(cast.app), tmp_path / f"{number}.tar", now=START)
    finally:
        ended.set()
        writer.join()
    assert written > 5
    backup.restore(elsewhere, tmp_path / "4.tar", replace=False)
    engine = create_engine(elsewhere.database_url)
    with engine.connect() as connection:
        firsts, seconds = (
            connection.scalar(select(func.count()).select_from(SiteFact).where(SiteFact.key.startswith(letter)))
            for letter in ("a", "b")
        )
    engine.dispose()
    assert firsts == seconds


@pytest.mark.once
def test_a_log_left_behind_is_not_replayed_onto_the_restored_database(
    saved: Path, cast: Cast, elsewhere: Settings
) -> None:
    if ENGINE != "sqlite":
        return
    stale = Path(f"{elsewhere.data_dir / 'forum.db'}-wal")
    stale.write_bytes(os.urandom(4096))
    backup.restore(elsewhere, saved, replace=True)
    assert not stale.exists()
    assert count(elsewhere, "forum") == 2
