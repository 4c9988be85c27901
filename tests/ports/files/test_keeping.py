"""Files are kept under our own names, in step with the transaction that speaks of them."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from forum.ports.files import errors, keeping
from forum.ports.files.kinds import DOCUMENTS, PICTURES
from forum.ports.files.models import StoredFile
from forum.ports.files.stores import Folder, StoreUnavailable, store_at
from forum.web.attachments import attachment
from tests.conftest import START

LETTER = b"%PDF-1.7\nPassport E12345678\n%%EOF\n"


def folder(app: Flask) -> Path:
    return Path(app.extensions["forum.settings"].data_dir / "files")


def path_of(app: Flask, kept: StoredFile) -> Path:
    return folder(app) / kept.public_id[:2] / kept.public_id


def hand_in(filename: str = "Letter of nomination.pdf", content: bytes = LETTER, *, sealed: bool = False) -> StoredFile:
    return keeping.store(io.BytesIO(content), filename, "participation:abc", DOCUMENTS, sealed=sealed)


def test_a_file_is_kept_under_a_name_of_ours_for_this_account_alone(app: Flask, writing: None) -> None:
    kept = hand_in()
    path = path_of(app, kept)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert (kept.filename, kept.media_type, kept.size) == (
        "Letter of nomination.pdf",
        "application/pdf",
        len(LETTER),
    )
    assert keeping.open_file(kept).read() == LETTER


def test_a_sealed_file_cannot_be_read_on_the_disk(app: Flask, writing: None) -> None:
    kept, plain = hand_in(sealed=True), hand_in()
    assert b"E12345678" not in path_of(app, kept).read_bytes()
    assert b"E12345678" in path_of(app, plain).read_bytes()
    assert keeping.open_file(kept).read() == LETTER


def test_a_sealed_file_moved_to_another_name_does_not_open(app: Flask, writing: None) -> None:
    first, second = hand_in(sealed=True), hand_in(sealed=True)
    path_of(app, second).write_bytes(path_of(app, first).read_bytes())
    with pytest.raises(errors.FileGone):
        keeping.open_file(second)


def test_an_altered_file_does_not_open(app: Flask, writing: None) -> None:
    kept = hand_in()
    path_of(app, kept).write_bytes(LETTER.replace(b"E1", b"E2"))
    with pytest.raises(errors.FileGone):
        keeping.open_file(kept)


def test_a_refusal_names_the_field_and_keeps_nothing(app: Flask, writing: None) -> None:
    before = list(folder(app).glob("*/*"))
    with pytest.raises(errors.KindNotTaken) as refused:
        keeping.store(io.BytesIO(b"<svg/>"), "x.svg", "participation:abc", PICTURES, field="photo")
    assert refused.value.field == "photo"
    assert str(refused.value) == "A file of this kind can't be taken here. Please use: jpg, png."
    assert list(folder(app).glob("*/*")) == before


def test_nothing_handed_in_is_said_kindly(app: Flask, writing: None) -> None:
    for stream, filename in ((None, None), (io.BytesIO(b""), ""), (io.BytesIO(b""), "a.pdf")):
        with pytest.raises(errors.FileMissing):
            keeping.store(stream, filename, "participation:abc", DOCUMENTS)


def test_a_transaction_that_fails_leaves_no_file(app: Flask, writing: None) -> None:
    path = path_of(app, hand_in())
    assert path.exists()
    session.rollback()
    assert not path.exists()


def test_a_savepoint_that_fails_leaves_the_file_of_the_transaction_around_it(app: Flask, writing: None) -> None:
    path = path_of(app, hand_in())
    session.begin_nested().rollback()
    assert path.exists()
    session.begin_nested().commit()
    session.commit()
    assert path.exists()


def test_a_removed_file_goes_only_with_the_commit(app: Flask, writing: None) -> None:
    kept = hand_in()
    path = path_of(app, kept)
    session.commit()
    begin_writing()
    keeping.delete(kept)
    session.rollback()
    assert path.exists()
    begin_writing()
    keeping.delete(kept)
    session.commit()
    assert not path.exists()


def test_one_owner_cannot_fill_the_disk(app: Flask, writing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_OF_ONE_OWNER", len(LETTER) + 5)
    hand_in()
    with pytest.raises(errors.QuotaUsedUp):
        hand_in()


def test_bytes_that_no_row_speaks_of_are_swept_after_a_day(app: Flask, writing: None) -> None:
    kept = hand_in()
    session.commit()
    Folder(folder(app)).put("orphan2345678923", b"left by a crash")
    orphan = folder(app) / "or" / "orphan2345678923"
    for path in (orphan, path_of(app, kept)):
        os.utime(path, (START.timestamp(), START.timestamp()))
    keeping.sweep_orphans(now=START + timedelta(hours=23))
    assert orphan.exists()
    keeping.sweep_orphans(now=START + timedelta(hours=25))
    assert not orphan.exists()
    assert path_of(app, kept).exists()


def test_a_file_is_handed_out_as_an_attachment_and_never_as_a_page(app: Flask, writing: None) -> None:
    kept = hand_in('普通照会 "1".pdf')
    with app.test_request_context("/"):
        answer = attachment(kept)
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith('attachment; filename=" 1.pdf"')
        assert "filename*=UTF-8''%E6%99%AE" in disposition
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        answer.close()


def test_an_object_store_without_its_library_says_what_is_missing() -> None:
    with pytest.raises(StoreUnavailable, match="extra “s3”"):
        store_at("s3://bucket/forum")
