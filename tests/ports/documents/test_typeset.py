"""Typesetting: facts stay facts, time is limited, a missing font is said."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from forum.ports.documents import press, typeset
from forum.ports.documents.typeset import FontMissing, TypesettingFailed

DATED = datetime(2027, 4, 2, tzinfo=UTC)
PLAIN = '#let facts = json(bytes(sys.inputs.facts))\n#set text(font: "Noto Sans CJK SC")\n#facts.text\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates with a plain one."""
    (tmp_path / "typst").mkdir()
    (tmp_path / "typst" / "plain.typ").write_text(PLAIN)
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)
    return tmp_path / "typst"


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("hostile", ['#panic("x")', '#read("/etc/passwd")', '"] #panic() [', "\\u{0}", "$x$ *b* _i_"])
def test_a_fact_is_never_a_command(folder: Path, hostile: str) -> None:
    assert hostile in text_of(typeset.typeset("plain", {"text": hostile}, dated=DATED))


def test_what_fonts_cannot_carry_is_left_out(folder: Path) -> None:
    pdf = typeset.typeset("plain", {"text": "a\0b\ud800c", "list": [("x\ufffe",), 1]}, dated=DATED)
    assert text_of(pdf) == "abc"


def test_two_runs_are_identical_and_carry_the_given_date(folder: Path) -> None:
    first = typeset.typeset("plain", {"text": "城市"}, dated=DATED)
    assert typeset.typeset("plain", {"text": "城市"}, dated=DATED) == first
    facts = pypdf.PdfReader(io.BytesIO(first)).metadata
    assert facts is not None
    assert facts.creation_date == DATED


def test_a_broken_template_is_refused_with_the_reason(folder: Path) -> None:
    (folder / "broken.typ").write_text("#nonsense()")
    with pytest.raises(TypesettingFailed) as refused:
        typeset.typeset("broken", {}, dated=DATED)
    assert "nonsense" in str(refused.value.facts["reason"])


def test_a_template_reads_nothing_outside_its_folder(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "curious.typ").write_text('#read("../secret.txt")')
    with pytest.raises(TypesettingFailed):
        typeset.typeset("curious", {}, dated=DATED)


def test_the_process_ends_after_its_time(folder: Path) -> None:
    (folder / "endless.typ").write_text("#let f(n) = { let x = 0; while x < n { x = x + 1 }; x }\n#f(900000000)")
    with pytest.raises(TypesettingFailed):
        typeset.typeset("endless", {}, dated=DATED, seconds=1)


def test_without_a_chinese_font_nothing_is_printed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Path(press.__file__).read_text().replace("CJK", "Absent").replace("Source Han", "Absent")
    crippled = tmp_path / "press.py"
    crippled.write_text(script.replace('"Noto Sans SC"', '"Absent"'))
    monkeypatch.setattr(typeset, "_PRESS", crippled)
    with pytest.raises(FontMissing):
        typeset.typeset("plain", {"text": "城市"}, dated=DATED)
