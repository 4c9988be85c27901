"""Writing one table on landscape pages, without a word about who wrote it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from forum.ports.documents.cleaning import clean
from forum.ports.documents.tabular import Layout
from forum.ports.documents.tabular.word.reading import parsed

_WIDE, _HIGH, _MARGIN = 297, 210, 15  # millimetres, A4 on its side
_MADE = (2000, 1, 1, 0, 0, 0)  # the same table gives the same bytes
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def encode(layout: Layout, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a document with the head as lines and one table, its headings repeated on every page."""
    document = Document()
    _page(document)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    for label, value in layout.head:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{clean(label)}: ").bold = True
        line.add_run(" ".join(clean(value).split()))
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    document.element.body.insert(-1, _table(layout, rows))
    properties = document.core_properties
    for name in (
        "author",
        "last_modified_by",
        "comments",
        "title",
        "subject",
        "keywords",
        "category",
        "content_status",
    ):
        setattr(properties, name, "")
    properties.revision = 1
    properties.created = properties.modified = datetime(*_MADE, tzinfo=UTC)
    properties.language = "zh-CN" if layout.language == "zh" else "en-GB"
    buffer = io.BytesIO()
    document.save(buffer)
    return _packed(buffer.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDE), Mm(_HIGH)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN))


def _element(name: str, **attributes: str) -> Any:
    made: Any = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _table(layout: Layout, rows: Sequence[Sequence[str]]) -> Any:
    table, properties = _element("w:tbl"), _element("w:tblPr")
    whole = (_WIDE - 2 * _MARGIN) * 1440 / 25.4  # twentieths of a point
    widths = [round(whole * share / sum(layout.widths)) for share in layout.widths]
    properties.append(_element("w:tblW", w=str(sum(widths)), type="dxa"))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color="auto"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    table.append(properties)
    grid = _element("w:tblGrid")
    for width in widths:
        grid.append(_element("w:gridCol", w=str(width)))
    table.append(grid)
    table.append(_row(layout.headings, widths, heading=True))
    for row in rows:
        table.append(_row(row, widths))
    return table


def _row(cells: Sequence[str], widths: Sequence[int], *, heading: bool = False) -> Any:
    row = _element("w:tr")
    if heading:
        properties = _element("w:trPr")
        properties.append(_element("w:tblHeader"))
        row.append(properties)
    for text, width in zip(cells, widths, strict=True):
        cell, properties, line = _element("w:tc"), _element("w:tcPr"), _element("w:p")
        properties.append(_element("w:tcW", w=str(width), type="dxa"))
        cell.append(properties)
        spacing = _element("w:pPr")
        spacing.append(_element("w:spacing", after="0"))
        line.append(spacing)
        if text:
            line.append(_run(clean(text), bold=heading))
        cell.append(line)
        row.append(cell)
    return row


def _run(text: str, *, bold: bool) -> Any:
    run = _element("w:r")
    if bold:
        look = _element("w:rPr")
        look.append(_element("w:b"))
        run.append(look)
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(_element("w:br"))
        for stop, piece in enumerate(line.split("\t")):
            if stop:
                run.append(_element("w:tab"))
            if piece:
                words = _element("w:t")
                words.set(_SPACE, "preserve")
                words.text = piece
                run.append(words)
    return run


def _packed(content: bytes) -> bytes:
    """Pack the parts again: in order, without the hour of the day, and without the library's own picture."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for part in made.infolist():
            if part.filename == "docProps/thumbnail.jpeg":
                continue
            body = made.read(part)
            if part.filename == "_rels/.rels":
                body = _without_picture(body)
            elif part.filename == "docProps/app.xml":
                body = _APP
            package.writestr(zipfile.ZipInfo(part.filename, _MADE), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def _without_picture(relations: bytes) -> bytes:
    tree = parsed(relations)
    for each in list(tree):
        if str(each.get("Type", "")).endswith("/thumbnail"):
            tree.remove(each)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
