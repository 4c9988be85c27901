"""Tables in word-processor documents (DOCX): one table on landscape pages, and a reader of what others send.

Written through python-docx without a word about who wrote it.  Read below that library, with a parser that fetches
nothing and resolves nothing, because it must see tracked changes, merged cells and objects that the library hides.
Source: ISO/IEC 29500-1, 17.4 (tables), 17.13.5 (revisions).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from forum.ports.documents.cleaning import clean
from forum.ports.documents.tabular import Found, Layout, Mark, Oddity, Rows, Unreadable

MOST_BYTES = 20 * 1024 * 1024
MOST_PART = 30 * 1024 * 1024  # bytes of one part, unpacked
_WIDE, _HIGH, _MARGIN = 297, 210, 15  # millimetres, A4 on its side
_MADE = (2000, 1, 1, 0, 0, 0)  # the same table gives the same bytes
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
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
    tree = _parsed(relations)
    for each in list(tree):
        if str(each.get("Type", "")).endswith("/thumbnail"):
            tree.remove(each)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- Reading ----------------------------------------------------------------------------------------


def read(content: bytes) -> Found:
    """Return paragraphs and tables as their author sees them with every change accepted.  Raises ``Unreadable``."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too many bytes")
    reader = _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            if any(name.startswith(("word/media/", "word/embeddings/", "word/activeX/")) for name in names):
                reader.marks.append(Mark(Oddity.EMBEDDED))
            for name in sorted(name for name in names if name.startswith("word/header")):
                reader.outside(_part(package, name))
            body = _part(package, "word/document.xml").find(f"{_W}body")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError) as broken:
        raise Unreadable(type(broken).__name__) from broken
    if body is None:
        raise Unreadable("no body")
    reader.blocks(body)
    return Found(tuple(reader.paragraphs), tuple(reader.tables), tuple(dict.fromkeys(reader.marks)))


def _part(package: zipfile.ZipFile, name: str) -> Any:
    if package.getinfo(name).file_size > MOST_PART:
        raise Unreadable("a part unpacks to too much")
    with package.open(name) as stream:
        content = stream.read(MOST_PART + 1)
    if len(content) > MOST_PART:
        raise Unreadable("a part unpacks to too much")
    return _parsed(content)


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as broken:
        raise Unreadable("not well-formed") from broken
    described: Any = tree.getroottree().docinfo
    if described.doctype:
        raise Unreadable("a document type is declared")
    return tree


_THROUGH = frozenset(
    f"{_W}{name}" for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
_TAKEN = frozenset(f"{_W}{name}" for name in ("ins", "moveTo"))
_STRUCK = frozenset(f"{_W}{name}" for name in ("del", "moveFrom"))
_OBJECTS = frozenset({f"{_W}drawing", f"{_W}pict", f"{_W}object", f"{_MC}AlternateContent"})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


@dataclass
class _Reader:
    """One reading: what was found so far, and where it stands."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    place: tuple[int | None, int | None, int | None] = (None, None, None)

    def note(self, what: Oddity) -> None:
        self.marks.append(Mark(what, *self.place))

    def outside(self, part: Any) -> None:
        """Read the head of a page: only its words, whatever they stand in."""
        self.paragraphs += [text for each in part.iter(f"{_W}p") if (text := self.paragraph(each)[0]).strip()]

    def blocks(self, parent: Any) -> None:
        for block in _within(parent):
            if block.tag == f"{_W}p":
                if (text := self.paragraph(block)[0]).strip():
                    self.paragraphs.append(text)
            elif block.tag == f"{_W}tbl":
                self.table(block)

    def table(self, table: Any) -> None:
        number = len(self.tables) + 1
        rows: list[tuple[str, ...]] = []
        for row in _within(table):
            if row.tag != f"{_W}tr":
                continue
            self.place = (number, len(rows) + 1, None)
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.note(Oddity.DELETED)
                continue
            if row.find(f"{_W}trPr/{_W}ins") is not None:
                self.note(Oddity.INSERTED)
            rows.append(self.row(row, number, len(rows) + 1))
        self.place = (None, None, None)
        self.tables.append(tuple(rows))

    def row(self, row: Any, table: int, number: int) -> tuple[str, ...]:
        cells: list[str] = []
        for cell in _within(row):
            if cell.tag != f"{_W}tc":
                continue
            self.place = (table, number, len(cells) + 1)
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            wide = span is not None and span.get(f"{_W}val", "1") not in {"", "0", "1"}
            if wide or cell.find(f"{_W}tcPr/{_W}vMerge") is not None or cell.find(f"{_W}tcPr/{_W}hMerge") is not None:
                self.note(Oddity.MERGED)
            cells.append(self.cell(cell))
        return tuple(cells)

    def cell(self, cell: Any) -> str:
        text, joined = "", True
        for block in _within(cell):
            if block.tag == f"{_W}tbl":
                self.note(Oddity.NESTED)
            elif block.tag == f"{_W}p":
                words, ends = self.paragraph(block)
                text += words if joined else f"\n{words}"
                joined = not ends
        return clean(text)

    def paragraph(self, paragraph: Any) -> tuple[str, bool]:
        """Return the words, and whether the paragraph ends here: a struck-out end joins it with the next."""
        ends = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is None
        if not ends:
            self.note(Oddity.DELETED)
        return "".join(self.inline(paragraph)), ends

    def inline(self, parent: Any) -> Iterator[str]:
        for each in parent:
            if each.tag == f"{_W}r":
                yield from self.run(each)
            elif each.tag in _TAKEN:
                self.note(Oddity.INSERTED)
                yield from self.inline(each)
            elif each.tag in _STRUCK:
                self.note(Oddity.DELETED)
            elif each.tag in _THROUGH:
                yield from self.inline(each)
            elif each.tag in _OBJECTS:
                self.note(Oddity.EMBEDDED)

    def run(self, run: Any) -> Iterator[str]:
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        if raised is not None and raised.get(f"{_W}val") in {"superscript", "subscript"}:
            self.note(Oddity.RAISED)
        for each in run:
            if each.tag == f"{_W}t":
                yield each.text or ""
            elif each.tag in _SIGNS:
                yield _SIGNS[each.tag]
            elif each.tag in _OBJECTS:
                self.note(Oddity.EMBEDDED)


def _within(parent: Any) -> Iterator[Any]:
    """Give the children of a part, those inside content controls and kept insertions too."""
    for child in parent:
        if child.tag in _THROUGH or child.tag in _TAKEN:
            yield from _within(child)
        else:
            yield child
