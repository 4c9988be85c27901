"""A statement's document as DOCX, with nothing in the file that tells who made it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from forum.core.text import is_chinese
from forum.liaisons.exports.sheet import PAGES, Layout, Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LATIN, _CHINESE = "Times New Roman", "SimSun"


def as_docx(sheet: Sheet) -> bytes:
    """Return the document; its properties hold the title and the date alone."""
    made = Document()
    _clear(made, sheet)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    head = made.add_paragraph()
    _write(head, sheet.heading if sheet.layout is Layout.ITU else sheet.number or sheet.heading, size=16, bold=True)
    if sheet.layout is Layout.ITU and sheet.number:
        _write(made.add_paragraph(), sheet.number, size=12, bold=True)
    for note in sheet.notes:
        _write(made.add_paragraph(), note, size=9)
    _table(made, sheet)
    if sheet.layout is Layout.ISO:
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    else:
        made.add_paragraph()
    for part in sheet.paragraphs:
        _write(made.add_paragraph(), part)
    if sheet.attachments:
        _write(made.add_paragraph(), sheet.attachments_label, bold=True)
        for number, title in enumerate(sheet.attachments, start=1):
            _write(made.add_paragraph(), f"{number}. {title}")
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _clear(made: Any, sheet: Sheet) -> None:
    about = made.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = about.category = about.subject = ""
    about.title, about.language = sheet.title[:255], "zh-CN" if sheet.language == "zh" else "en-GB"
    about.created = about.modified = sheet.dated.replace(tzinfo=None)
    about.revision = 1


def _table(made: Any, sheet: Sheet) -> None:
    table = made.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for line in sheet.lines:
        label, value = table.add_row().cells
        label.width, value.width = Cm(4.2), Cm(12)
        _write(label.paragraphs[0], line.label, bold=True)
        if line.value == PAGES:
            _page_count(value.paragraphs[0])
            continue
        for position, part in enumerate(line.value.split("\n")):
            _write(value.paragraphs[0] if position == 0 else value.add_paragraph(), part)


def _write(paragraph: Any, text: str, *, size: float = 11, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:eastAsia" if is_chinese(text) else "w:val"), "zh-CN" if is_chinese(text) else "en-GB")
    run._element.get_or_add_rPr().append(tongue)  # noqa: SLF001 - python-docx has no word for a run's language


def _page_count(paragraph: Any) -> None:
    """Let the word processor count the pages (ECMA-376, 17.16.5.43, NUMPAGES)."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "NUMPAGES")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - nor for a field
