"""Three formats and back: nothing is lost, nothing runs, nothing says who wrote."""

from __future__ import annotations

import io
import random
import zipfile

import openpyxl
import pytest
from docx import Document

from forum.comments import exports, imports
from forum.comments.errors import CellTooLong, WouldChange
from forum.comments.rules.findings import Level, is_rejected
from forum.comments.rules.summary import Summary
from forum.comments.rules.template import HEADINGS, CommentTable
from tests.comments.grids import BREAKS, W, altered, broken_word
from tests.proof import tables

ROW = ("CN-001", "12", "3.1", "Table 2", "te", "The scope is too wide.", "Narrow it.", "")
HARD = (
    "line one\nline two\n\nline four", 'a "quoted" word, and; more', "=1+1", "+1", "-1", "@home", "\tindented", "'=2",
    "全角，标点。《标准》", "  spaced  ", "", "3.10", "𠀀 rare", "<b>&amp;</b>",
)  # fmt: skip


def table(*rows: tuple[str, ...]) -> CommentTable:
    return CommentTable("2027-03-01", "ISO/DIS 99801", "ISO/TC 268", rows)


def two_hundred() -> CommentTable:
    rows = []
    for number in range(1, 201):
        comment, change = HARD[number % len(HARD)] or "x", HARD[(number * 3) % len(HARD)]
        rows.append((f"CN-{number:03d}", "", HARD[number % 3], "", "te", comment, change, ""))
    return table(*rows)


def test_two_hundred_comments_survive_every_format_one_after_the_other() -> None:
    sent = two_hundred()
    current = sent
    for file_format in ("docx", "csv", "xlsx", "docx"):
        reading = imports.read(exports.table_as(current, file_format), f"x.{file_format}")
        assert reading.findings == ()
        current = reading.table
    assert current == sent


def test_tables_at_random_are_lossless_or_refused_with_the_cell_named() -> None:
    outcome = tables.trial(20, 20270301, opened=6)
    assert outcome.faults == []
    assert outcome.opened == 12, "in an office suite too"
    assert outcome.lossless > 15
    assert outcome.broken > 10


@pytest.mark.parametrize("how", sorted(BREAKS))
def test_what_senders_do_to_the_template_is_refused_with_its_place(how: str) -> None:
    rule, row, column = BREAKS[how]
    reading = imports.read(broken_word(table(ROW, ROW), how), "x.docx")
    found = [each for each in reading.findings if each.level is Level.REJECT]
    assert (rule, row, column) in {(each.rule, each.row, each.column) for each in found}
    assert all(each.say(str) and each.place(str) for each in found)


def test_tracked_changes_are_taken_as_accepted_with_a_word_about_it() -> None:
    def change(body: bytes) -> bytes:
        words = b"The scope is too wide."
        run = b'<w:ins w:author="A"><w:r><w:t>The scope</w:t></w:r></w:ins>'
        run += b'<w:del w:author="A"><w:r><w:delText>not this</w:delText></w:r></w:del>'
        run += b'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve"> is wide.</w:t></w:r>'
        old = b'<w:r><w:t xml:space="preserve">' + words + b"</w:t></w:r>"
        assert old in body
        return body.replace(old, run)

    content = altered(exports.table_as(table(ROW), "docx"), "word/document.xml", change)
    reading = imports.read(content, "x.docx")
    assert reading.table.rows[0][5] == "The scope is wide."
    assert {(each.level, each.row, each.column) for each in reading.findings} == {(Level.WARN, 1, 6)}
    assert len(reading.findings) == 3


def test_blank_rows_and_repeated_headings_are_passed_over() -> None:
    document = Document()
    document.add_paragraph("Date: 2027-03-01")
    made = document.add_table(rows=0, cols=8)
    for cells in (HEADINGS, ROW, [""] * 8, HEADINGS, ("CN-002", *ROW[1:])):
        for cell, words in zip(made.add_row().cells, cells, strict=True):
            cell.text = words
    made.rows[1].cells[5].paragraphs[0].add_run(" More").bold = True
    made.rows[1].cells[5].add_paragraph("Second line")
    content = io.BytesIO()
    document.save(content)
    reading = imports.read(content.getvalue(), "x.docx")
    assert [row[0] for row in reading.table.rows] == ["CN-001", "CN-002"]
    assert reading.table.rows[0][5] == "The scope is too wide. More\nSecond line"
    assert reading.table.date == "2027-03-01"
    assert not is_rejected(list(reading.findings))


def test_a_document_without_the_template_is_refused() -> None:
    document = Document()
    document.add_table(rows=2, cols=3)
    content = io.BytesIO()
    document.save(content)
    assert [each.rule for each in imports.read(content.getvalue(), "x.docx").findings] == ["PF-04"]


@pytest.mark.parametrize("name", ["x.doc", "x.pdf", "x", "x.docm"])
def test_other_kinds_of_files_are_refused(name: str) -> None:
    reading = imports.read(b"\xd0\xcf\x11\xe0", name)
    assert [each.rule for each in reading.findings] == ["PF-05"]
    assert is_rejected(list(reading.findings))


def test_hostile_packages_are_refused_before_they_are_opened() -> None:
    sound = exports.table_as(table(ROW), "docx")
    declared = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    entity = altered(sound, "word/document.xml", lambda body: declared + body.partition(b"?>")[2])
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        with zipfile.ZipFile(io.BytesIO(sound)) as old:
            for name in old.namelist():
                package.writestr(name, old.read(name))
        package.writestr("word/header9.xml", b" " * 60_000_000)
    macro = altered(sound, "[Content_Types].xml", lambda body: body.replace(b"wordprocessingml", b"macroEnabled"))
    cut = sound[: len(sound) // 2]
    for content in (entity, bomb.getvalue(), macro, cut, b"PK\x03\x04nonsense"):
        reading = imports.read(content, "x.docx")
        assert [each.rule for each in reading.findings] == ["PF-05"]
        assert reading.table.rows == ()


def test_bytes_changed_at_random_are_read_or_refused_and_never_a_fault() -> None:
    chance = random.Random(20270301)
    sound = {kind: exports.table_as(table(ROW), kind) for kind in ("docx", "xlsx", "csv")}
    parts = {"docx": "word/document.xml", "xlsx": "xl/sharedStrings.xml"}

    def spoilt(body: bytes) -> bytes:
        made = bytearray(body)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(made))
            made[place : place + chance.randint(0, 6)] = chance.choice((b"", b"<", b"UTF", b"\xff", b"&#0;", b"</a>"))
        return bytes(made)

    for _ in range(150):
        kind = chance.choice(sorted(sound))
        content = spoilt(sound[kind]) if kind == "csv" else altered(sound[kind], parts[kind], spoilt)
        reading = imports.read(content, f"x.{kind}")
        assert reading.table.rows or reading.findings
    odd = altered(sound["xlsx"], "xl/sharedStrings.xml", lambda body: body.replace(b"UTF-8", b"UTF-odd"))
    assert [each.rule for each in imports.read(odd, "x.xlsx").findings] == ["PF-05"]


def test_a_spreadsheet_holds_texts_only_and_says_where_it_doesnt() -> None:
    content = exports.table_as(table(("CN-001", "", "", "", "te", "=1+1", "=HYPERLINK(1)", "")), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    page = book.worksheets[0]
    page["F5"], page["C5"] = "=SUM(A1:A2)", 3.1
    page.merge_cells("D5:E5")
    changed = io.BytesIO()
    book.save(changed)
    found = {
        (each.rule, each.level, each.row, each.column) for each in imports.read(changed.getvalue(), "x.xlsx").findings
    }
    assert ("PF-01", Level.REJECT, 1, 6) in found
    assert ("PF-01", Level.WARN, 1, 3) in found
    assert ("PF-02", Level.REJECT, 1, 4) in found


def test_a_delimited_file_carries_its_mark_and_a_guard_that_comes_off_again() -> None:
    content = exports.table_as(table(("CN-001", "", "", "", "te", "=1+1", "@home\nand more", "")), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"'=1+1" in content
    assert imports.read(content, "x.csv").table.rows[0][5:7] == ("=1+1", "@home\nand more")
    semicolons = content.decode("utf-8-sig").replace('","', '";"').encode()
    assert imports.read(semicolons, "x.csv").table.rows[0][5] == "=1+1"
    assert imports.read("MB/NC,意见".encode("gb18030"), "x.csv").findings[0].rule == "PF-04"


def test_a_text_that_no_cell_can_hold_is_refused_with_its_cell() -> None:
    with pytest.raises(CellTooLong) as refused:
        exports.table_as(table(ROW, ("CN-002", "", "", "", "te", "a" * 40_000, "", "")), "xlsx")
    assert refused.value.facts == {"row": 2, "column": 6}
    assert exports.table_as(table(("CN-002", "", "", "", "te", "a" * 40_000, "", "")), "docx")


def test_a_text_that_would_come_back_changed_is_refused_with_its_cell() -> None:
    with pytest.raises(WouldChange) as refused:
        exports.table_as(table(("CN-001", "", "", "", "te", "x005F_", "", "")), "xlsx")
    assert refused.value.facts == {"row": 1, "column": 6}


def test_the_document_is_one_table_on_landscape_pages_with_repeated_headings() -> None:
    content = exports.table_as(table(ROW), "docx")
    document = Document(io.BytesIO(content))
    assert len(document.tables) == 1
    assert [cell.text for cell in document.tables[0].rows[0].cells] == list(HEADINGS)
    assert document.tables[0].rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    assert exports.table_as(table(ROW), "docx") == content, "the same table gives the same bytes"
    core = document.core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")


def test_the_national_summary_goes_out_and_comes_back() -> None:
    summary = Summary(
        "城市信息模型",
        "20250001-T-469",
        "2027-03-01",
        (("1", "3.1", "范围太宽。\n修改建议：改窄", "街道研究院", "采纳", "技术"),),
    )
    for file_format in ("docx", "xlsx", "csv"):
        reading = imports.read(exports.summary_as(summary, file_format), f"x.{file_format}")
        assert reading.is_national
        assert reading.findings == ()
        assert reading.table.rows == (("街道研究院", "", "3.1", "", "技术", "范围太宽。", "改窄", ""),)
        assert reading.table.document == "城市信息模型"
