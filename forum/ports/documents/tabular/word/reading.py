"""Reading tables below the library, which hides tracked changes, merged cells and objects.

The parser fetches nothing and resolves nothing.  Source: ISO/IEC 29500-1, 17.4 (tables), 17.13.5 (revisions).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from forum.ports.documents.cleaning import clean
from forum.ports.documents.tabular import Found, Mark, Oddity, Rows, Unreadable

MOST_BYTES = 20 * 1024 * 1024
MOST_PART = 30 * 1024 * 1024  # bytes of one part, unpacked
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


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
    return parsed(content)


def parsed(content: bytes) -> Any:
    """Return the tree of a part.  Raises ``Unreadable``, also for one that declares a document type."""
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
