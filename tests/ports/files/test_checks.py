"""What is handed in is checked before it is stored: extension, first bytes and structure must agree."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from forum.ports.files import errors
from forum.ports.files.checks import checked, display_name, kind_of
from forum.ports.files.kinds import MATERIALS, PROGRAMMES, Kind, kind_named
from tests.ports.files import hostile


def take(filename: str, content: bytes) -> bytes:
    return checked(content, kind_of(display_name(filename), MATERIALS))


def test_every_hostile_file_is_refused_quickly() -> None:
    taken, slow, count = [], [], 0
    for name, filename, content in hostile.cases():
        count += 1
        begun = time.process_time()
        try:
            take(filename, content)
        except errors.FileRefused:
            pass
        else:
            taken.append(name)
        if time.process_time() - begun > 2:
            slow.append(name)
    assert taken == []
    assert slow == []
    assert count >= 150


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.XLSX, Kind.PPTX])
def test_an_honest_office_document_is_taken_as_it_is(kind: Kind) -> None:
    link = b'<Relationship Type="http://x/hyperlink" Target="https://www.iso.org" TargetMode="External"/>'
    content = hostile.office(kind, {"word/_rels/document.xml.rels": link, "word/media/a.png": hostile.picture("PNG")})
    assert take(f"Report.{kind}", content) == content


def test_a_pdf_is_taken_as_it_is() -> None:
    content = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
    assert take("Note verbale.PDF", content) == content


def test_a_picture_forgets_where_it_was_taken_and_what_was_hidden_behind_it() -> None:
    before = hostile.photograph_with_place()
    assert b"SecretCamera" in before
    after = take("me.jpeg", before)
    assert b"SecretCamera" not in after
    assert b"<script>" not in after
    assert len(Image.open(io.BytesIO(after)).getexif()) == 0


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    after = take("me.jpg", hostile.picture(size=(40, 30), exif=exif.tobytes()))
    assert Image.open(io.BytesIO(after)).size == (30, 40)


def test_a_png_keeps_its_transparency_but_not_its_notes() -> None:
    target = io.BytesIO()
    picture = Image.new("RGBA", (5, 5), (0, 0, 0, 0))
    notes = PngInfo()
    notes.add_text("Comment", "hidden words")
    picture.save(target, "PNG", pnginfo=notes)
    after = take("seal.png", target.getvalue())
    assert b"hidden words" not in after
    assert Image.open(io.BytesIO(after)).getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "filename"),
    [(b"\0binary", "a.csv"), (b"\xff\xfe{}", "a.json"), (b"<!DOCTYPE a><a/>", "a.xml"), (b"MZ...", "a.ics")],
)
def test_a_text_that_is_none_is_refused(content: bytes, filename: str) -> None:
    kind = kind_named(filename)
    assert kind is not None
    with pytest.raises(errors.FileRefused):
        checked(content, kind)


def test_a_programme_of_others_is_taken() -> None:
    assert checked("<schedule>杭州</schedule>".encode(), kind_of("schedule.xml", PROGRAMMES)) != b""


def test_a_name_is_shown_without_folders_controls_and_turned_letters() -> None:
    assert display_name("..\\..\\C:\\x\\Bericht.pdf") == "Bericht.pdf"
    assert display_name("/etc/passwd\r\nX: y.pdf") == "passwd X: y.pdf"
    assert display_name("gnp\u202efdp.pdf") == "gnpfdp.pdf"
    assert display_name("普通照会.pdf") == "普通照会.pdf"
    assert len(display_name("长" * 400 + ".pdf")) == 200
    assert display_name("长" * 400 + ".pdf").endswith(".pdf")
