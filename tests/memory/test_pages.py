"""The desk of the memory: who reads and changes it, and a file from its preview to the memory."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from forum.commands.remembering import COMMANDS
from forum.core.database import begin_writing, session
from forum.memory.commands import export_memory, import_memory
from forum.memory.errors import NothingInFile
from forum.memory.models import MemoryImport, MemorySegment
from forum.ports.exchange import tmx
from forum.ports.exchange.errors import DeclaresEntities
from forum.ports.files.models import StoredFile
from tests.cast import Cast
from tests.conftest import START
from tests.memory.house import appoint_translator, taught
from tests.memory.scene import furnish

DESK = "/en/desk/memory/"
NEW = "/en/desk/memory/imports/new"


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Cast:
    """Two segments, and a stranger who is the translator now."""
    with app.app_context():
        begin_writing()
        appoint_translator(cast)
        taught("Opening ceremony", "开幕式")
        taught("水务 <b>100%</b>_", "Water", record="b", languages=("zh", "en"))
        session.commit()
        session.remove()
    return cast


def file(*units: tuple[str, str], extra: str = "") -> bytes:
    made = [tmx.TmxUnit((("en", english), ("zh", chinese))) for english, chinese in units]
    return tmx.encode(made, tool="other", version="1").replace(b"</body>", f"{extra}</body>".encode())


def handed_in(desk: Cast, content: bytes, name: str = "memory.tmx") -> Any:
    return desk.client("stranger").submit(
        NEW, {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def segments(desk: Cast) -> dict[str, str]:
    with desk.app.app_context():
        found = {row.src: row.tgt for row in session.scalars(select(MemorySegment))}
        session.remove()
    return found


@pytest.mark.parametrize(
    ("who", "reads", "changes"),
    [
        ("admin", True, True),
        ("stranger", True, True),  # the translator
        ("organiser", True, False),
        ("neighbour", True, False),  # organises another forum
        ("agenda", False, False),
        ("focal", False, False),
        ("delegate", False, False),
    ],
)
def test_who_reads_and_who_changes(desk: Cast, who: str, reads: bool, changes: bool) -> None:
    client = desk.client(who)
    page = client.get(DESK)
    assert page.status_code == (200 if reads else 404)
    assert ("Hand in a file" in page.text) is changes
    with desk.app.app_context():
        number = session.scalars(select(MemorySegment.public_id)).first()
    for address in (NEW, f"{DESK}memory.tmx", f"{DESK}{number}/delete"):
        assert client.get(address).status_code == (200 if changes else 404)


def test_nobody_gets_in_without_signing_in(desk: Cast) -> None:
    assert desk.client().get(DESK).status_code == 303


def test_words_of_either_side_are_found_as_they_stand(desk: Cast) -> None:
    client = desk.client("stranger")
    assert "开幕式" in client.get(f"{DESK}?q=opening").text
    assert "开幕式" in client.get(f"{DESK}?q=开幕").text
    assert "开幕式" not in client.get(f"{DESK}?from=zh").text
    found = client.get(f"{DESK}?q=%25</b>_").text
    assert "&lt;b&gt;100%&lt;/b&gt;" in found
    assert "开幕式" not in found
    assert "Nothing found" in client.get(f"{DESK}?q=100_").text
    assert (
        "翻译记忆" in client.get("/zh/desk/memory/").text or "Translation memory" in client.get("/zh/desk/memory/").text
    )


def test_a_segment_goes_for_a_reason_alone(desk: Cast) -> None:
    client = desk.client("stranger")
    with desk.app.app_context():
        number = session.scalars(select(MemorySegment.public_id).filter_by(src="Opening ceremony")).one()
    refused = client.submit(f"{DESK}{number}/delete", {"reason": " "})
    assert refused.status_code == 422
    assert "Opening ceremony" in segments(desk)
    assert client.submit(f"{DESK}{number}/delete", {"reason": "Old name."}).status_code == 303
    assert "Opening ceremony" not in segments(desk)
    assert client.get(f"{DESK}{number}/delete").status_code == 404


def test_a_file_is_looked_at_first_and_taken_in_once(desk: Cast) -> None:
    extra = '<tu><tuv xml:lang="fr"><seg>x</seg></tuv></tu>'
    content = file(("Opening ceremony", "揭幕"), ("Lunch", "午餐"), extra=extra)
    seen = handed_in(desk, content)
    assert seen.status_code == 303, seen.text
    address = seen.headers["Location"]
    client = desk.client("stranger")
    page = client.get(address).text
    assert re.search(r"New</dt><dd>1<", page)
    assert re.search(r"Beside another translation</dt><dd>1<", page)
    assert "the language “fr” isn’t known here" in page
    assert "Lunch" not in segments(desk)
    assert desk.client("admin").get(address).status_code == 404  # somebody else’s file
    assert client.submit(address, page=address).status_code == 303
    assert segments(desk)["Lunch"] == "午餐"
    assert client.get(address).status_code == 404
    with desk.app.app_context():
        assert session.scalars(select(MemoryImport)).all() == []
        assert session.scalars(select(StoredFile)).all() == []


def test_a_dropped_file_leaves_nothing(desk: Cast) -> None:
    address = handed_in(desk, file(("Lunch", "午餐"))).headers["Location"]
    assert desk.client("stranger").submit(f"{address}/drop", page=address).status_code == 303
    assert "Lunch" not in segments(desk)
    with desk.app.app_context():
        assert session.scalars(select(StoredFile)).all() == []


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "memory.tmx", "Line 1"),
        (b"<tmx", "memory.tmx", "well-formed"),
        (b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "memory.tmx", "declares a document type or entities"),
        (file(("a", "甲")), "memory.exe", "can&#39;t be taken here"),
        (file(), "memory.tmx", "holds no segment"),
    ],
)
def test_a_file_that_cant_be_read_is_refused_in_words(desk: Cast, content: bytes, name: str, words: str) -> None:
    answer = handed_in(desk, content, name)
    assert answer.status_code == 422
    assert words in answer.text


def test_the_whole_memory_comes_as_tmx_and_goes_in_again_unchanged(desk: Cast) -> None:
    answer = desk.client("stranger").get(f"{DESK}memory.tmx")
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = tmx.read(answer.data)
    assert [unit.texts for unit in found.units] == [
        (("en", "Opening ceremony"), ("zh", "开幕式")),
        (("zh", "水务 <b>100%</b>_"), ("en", "Water")),
    ]
    assert b"account:" not in answer.data
    page = desk.client("stranger").get(handed_in(desk, answer.data).headers["Location"]).text
    assert re.search(r"Known already</dt><dd>2<", page)


def test_the_command_counts_first_and_takes_in_afterwards(desk: Cast, tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "in.tmx").write_bytes(file(("Lunch", "午餐"), ("Opening ceremony", "揭幕")))
    with desk.app.app_context():
        import_memory(tmp_path / "in.tmx", dry_run=True, say=said.append)
        assert said[0].startswith("2 segments: 1 new, 0 known, 1 with another translation")
        assert said[-1] == "Nothing was changed: this was a preview."
        assert len(session.scalars(select(MemorySegment)).all()) == 2
        session.remove()
        summary = import_memory(tmp_path / "in.tmx", dry_run=False, say=said.append)
        assert (summary.new, summary.another) == (1, 1)
        assert any("kept beside it" in line for line in said)
        assert export_memory(tmp_path / "out.tmx") == 4
        session.remove()
        (tmp_path / "bad.tmx").write_bytes(b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>')
        with pytest.raises(DeclaresEntities):
            import_memory(tmp_path / "bad.tmx", dry_run=True, say=said.append)
        (tmp_path / "none.tmx").write_bytes(file())
        with pytest.raises(NothingInFile):
            import_memory(tmp_path / "none.tmx", dry_run=True, say=said.append)
        session.remove()
    assert len(tmx.read((tmp_path / "out.tmx").read_bytes()).units) == 4


def test_the_commands_are_there() -> None:
    for command in COMMANDS:
        assert CliRunner().invoke(command, ["--help"]).exit_code == 0


def test_one_file_of_a_person_waits_at_a_time(desk: Cast) -> None:
    first = handed_in(desk, file(("Lunch", "午餐"))).headers["Location"]
    second = handed_in(desk, file(("Dinner", "晚餐"))).headers["Location"]
    client = desk.client("stranger")
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    with desk.app.app_context():
        assert len(session.scalars(select(StoredFile)).all()) == 1


def test_the_translators_own_desk_leads_to_the_memory_and_to_no_case(desk: Cast) -> None:
    page = desk.client("stranger").get("/en/desk/").text
    assert "Translator" in page
    assert 'href="/en/desk/memory/"' in page
    assert desk.client("stranger").get("/en/desk/cities/").status_code == 404


def test_the_scene_of_the_gates_names_a_segment_and_a_file_on_each_side(desk: Cast) -> None:
    with desk.app.app_context():
        begin_writing()
        made = furnish(desk, START)
        session.commit()
        session.remove()
    client = desk.client("stranger")
    for side in ("own", "other"):
        assert client.get(f"{DESK}{made[side]['segment_id']}/delete").status_code == 200
        assert client.get(f"{DESK}imports/{made[side]['import_id']}").status_code == 404
