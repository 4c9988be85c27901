"""The known state that tests begin from: whatever a test before did to rows or files is undone."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core.database import session
from forum.ports.files.errors import FileGone
from forum.ports.files.keeping import open_file
from forum.ports.files.models import StoredFile
from forum.ports.files.stores import store_at
from tests.conftest import Slate
from tests.gates.world import World


def test_files_come_back_with_the_rows_that_speak_of_them(app: Flask, slate: Slate, the_world: World) -> None:
    assert the_world.values
    slate.bring("world")
    with app.app_context():
        before = contents()
        shelf = store_at(app.extensions["forum.settings"].files_url)
        for name, _written in list(shelf.names()):
            shelf.delete(name)
        with pytest.raises(FileGone):
            contents()
    slate.bring("world")
    with app.app_context():
        assert contents() == before != {}
    slate.bring("empty")
    with app.app_context():
        assert list(shelf.names()) == []


def contents() -> dict[str, bytes]:
    """Return the bytes of every stored file by its name; raise ``FileGone`` when one isn't there."""
    return {stored.public_id: open_file(stored).read() for stored in session.scalars(select(StoredFile))}
