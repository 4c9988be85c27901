"""The two layouts in both formats and languages, read back as others would read them."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.liaisons.exports import Layout, as_docx, as_pdf, sheet
from forum.liaisons.exports.sheet import file_name
from forum.liaisons.models import ContactRole, Statement
from forum.liaisons.operations import attaching
from forum.liaisons.operations.drafting import Person
from tests.conftest import START
from tests.liaisons.committees import Desk
from tests.liaisons.test_statements import PDF

PEOPLE = (Person(ContactRole.RESPONSE, "Zhou Lin", "CNIS", "zhou@cnis.example"),)
BODY = Text("First we ask.\nThen we thank.", "首先请求。\n然后致谢。")


def whole(desk: Desk) -> Statement:
    """A posted statement with everything a layout may show."""
    statement = desk.drafted(
        body=BODY,
        contacts=PEOPLE,
        number="N 345",
        questions_from=("Q1/20",),
        approval="Agreed at the plenary in Lyon",
        meeting="12th plenary",
        meeting_place="Lyon",
    )
    attaching.attach(statement, "List of terms", io.BytesIO(PDF), "terms.pdf", **desk.as_("agenda"))
    for action, who in (("submit", "agenda"), ("approve", "viewer"), ("post", "agenda")):
        desk.step(statement, action, who)
    return statement


def docx_text(content: bytes) -> str:
    made = Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(part.text for part in made.paragraphs), *cells])


def pdf_text(content: bytes, tmp_path: Path) -> str:
    (tmp_path / "letter.pdf").write_bytes(content)
    read = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "letter.pdf", "-"],
        capture_output=True,
        check=True,
    )
    return read.stdout.decode()


def expected(layout: Layout, language: str) -> list[str]:
    say: Any = translator(language)
    head = ["Source committee", "Expected action", "Due date"] if layout is Layout.ISO else ["Question(s)", "Approval"]
    body = (
        ["首先请求。", "然后致谢。", "城市数据术语"] if language == "zh" else ["First we ask.", "Terms for city data"]
    )
    return [*(say(label) for label in head), *body, "ISO/TC 268", "ITU-T SG20", "N 345", "List of terms"]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_layout_reads_back_in_both_formats(desk: Desk, tmp_path: Path, layout: Layout, language: str) -> None:
    made = sheet(whole(desk), layout, translator(language), inside=True, now=START)
    for read in (docx_text(as_docx(made)), pdf_text(as_pdf(made), tmp_path)):
        flat = "".join(read.split())
        for words in [*expected(layout, language), "zhou@cnis.example"]:
            assert "".join(words.split()) in flat, words


def test_the_public_document_names_no_contact(desk: Desk, tmp_path: Path) -> None:
    statement = whole(desk)
    for layout in Layout:
        made = sheet(statement, layout, translator("en"), inside=False, now=START)
        for read in (docx_text(as_docx(made)), pdf_text(as_pdf(made), tmp_path)):
            assert "zhou@cnis.example" not in read
            assert "Zhou Lin" not in read


def test_the_file_says_nothing_of_who_made_it(desk: Desk) -> None:
    content = as_docx(sheet(whole(desk), Layout.ITU, translator("en"), inside=True, now=START))
    about = Document(io.BytesIO(content)).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist() if "xml" in name)
    assert "python-docx" not in parts
    assert "forum.test" not in parts


def test_the_chinese_working_copy_says_what_it_is(desk: Desk) -> None:
    statement = whole(desk)
    english = sheet(statement, Layout.ITU, translator("en"), inside=True, now=START)
    chinese = sheet(statement, Layout.ITU, translator("zh"), inside=True, now=START)
    assert english.notes == ()
    assert len(chinese.notes) == 1


def test_a_draft_says_that_it_is_not_posted(desk: Desk) -> None:
    assert "Not posted" in sheet(desk.drafted(), Layout.ISO, translator("en"), inside=True, now=START).notes[0]


def test_a_deadline_is_told_by_both_clocks(desk: Desk) -> None:
    lines = {
        line.label: line.value
        for line in sheet(whole(desk), Layout.ITU, translator("en"), inside=True, now=START).lines
    }
    assert "Wed, 31 Mar 2027 23:59 in Zurich (GMT+2)" in lines["Deadline"]
    assert "Thu, 1 Apr 2027 05:59 in Beijing" in lines["Deadline"]


def test_a_file_name_is_plain(desk: Desk) -> None:
    statement = desk.drafted(number="第 3 号/N 345")
    assert file_name(statement, Layout.ITU, "zh", "pdf") == "liaison-3---n-345-itu-zh.pdf"
