"""Tables of comments at random, sound and broken: what senders do to the template."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from lxml import etree

from forum.comments import exports
from forum.comments.rules.template import CommentTable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = (
    "the scope is too wide", "城市信息模型", "=1+1", "+86", "-3.1", "@all", "\t", "\n", "\n\n", '"quoted"', "a,b;c",
    "‘’“”", "全角，标点。", "（括号）", "㎡", "𠀀", "é", "<b>bold</b>", "&amp;", "'", "''=2", "3.10", "001",
    "  ", "–—", "|", "\\n", "%s", "_x000D_", "a" * 60, "MB/NC", "Comments",
)  # fmt: skip
_CLAUSES = ("", "1", "3.1", "3.10", "Annex A", "A.2", "Introduction", "附录A", "9.9.9")
_KINDS = ("ge", "te", "ed", "", "GE", "技术", "x")


def text(chance: random.Random, most: int = 12) -> str:
    """A text of some of the words that give formats trouble, sometimes long."""
    fate = chance.random()
    if fate < 0.001:
        return "x" * 33_000  # more than a cell of a workbook holds
    if fate < 0.002:
        return "x005F_"  # which readers of workbooks take for an escape
    count = chance.randint(0, most)
    if chance.random() < 0.03:
        count = 2000
    return "".join(chance.choice(_WORDS) + chance.choice((" ", "", "。")) for _ in range(count))


def grid(chance: random.Random) -> CommentTable:
    """A table that its senders filled in as people do."""
    rows = []
    for number in range(1, chance.randint(0, 12) + 1):
        row = (
            f"CN-{number:03d}",
            chance.choice(("", "12", "12-15", "line 3")),
            chance.choice(_CLAUSES),
            chance.choice(("", "Table 2", "图3", "Note 1 to entry")),
            chance.choice(_KINDS),
            text(chance, 40),
            text(chance),
            chance.choice(("", "", "Accepted.", text(chance))),
        )
        rows.append(row)
    head = (f"2027-03-{chance.randint(1, 28):02d}", chance.choice(("ISO/DIS 99801", "ISO: 文件 (2)", "")), "ISO/TC 268")
    return CommentTable(*head, rows=tuple(rows))


def altered(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return made.getvalue()


def broken_word(table: CommentTable, how: str) -> bytes:
    """A document in which one thing was done to the first row of comments, or to the headings."""

    def change(body: bytes) -> bytes:
        tree = etree.fromstring(body)
        rows = tree.findall(f".//{W}tbl/{W}tr")
        _BREAKS[how](tree, rows)
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    return altered(exports.table_as(table, "docx"), "word/document.xml", change)


def _made(name: str, **attributes: str) -> etree._Element:
    element = etree.Element(f"{W}{name}")
    for key, value in attributes.items():
        element.set(f"{W}{key}", value)
    return element


def _merge(_tree: etree._Element, rows: list[etree._Element]) -> None:
    cells = rows[1].findall(f"{W}tc")
    properties = cells[5].find(f"{W}tcPr")
    assert properties is not None
    properties.append(_made("gridSpan", val="2"))
    rows[1].remove(cells[6])


def _merge_down(_tree: etree._Element, rows: list[etree._Element]) -> None:
    properties = rows[1].findall(f"{W}tc")[2].find(f"{W}tcPr")
    assert properties is not None
    properties.append(_made("vMerge", val="restart"))


def _nest(_tree: etree._Element, rows: list[etree._Element]) -> None:
    cell = rows[1].findall(f"{W}tc")[5]
    inner = _made("tbl")
    inner.append(_made("tr"))
    cell.insert(1, inner)


def _picture(_tree: etree._Element, rows: list[etree._Element]) -> None:
    run = _made("r")
    run.append(_made("drawing"))
    line = rows[1].findall(f"{W}tc")[6].find(f"{W}p")
    assert line is not None
    line.append(run)


def _rename(_tree: etree._Element, rows: list[etree._Element]) -> None:
    words = rows[0].findall(f"{W}tc")[6].find(f".//{W}t")
    assert words is not None
    words.text = "What you want"


def _swap(_tree: etree._Element, rows: list[etree._Element]) -> None:
    cells = rows[0].findall(f"{W}tc")
    one, other = cells[5].find(f".//{W}t"), cells[6].find(f".//{W}t")
    assert one is not None
    assert other is not None
    one.text, other.text = other.text, one.text


def _ninth(_tree: etree._Element, rows: list[etree._Element]) -> None:
    for row in rows:
        cell = _made("tc")
        line, run, words = _made("p"), _made("r"), _made("t")
        words.text = "more"
        run.append(words)
        line.append(run)
        cell.append(line)
        row.append(cell)


def _second(tree: etree._Element, rows: list[etree._Element]) -> None:
    from copy import deepcopy  # noqa: PLC0415 - used in this one way of breaking a file

    table = rows[0].getparent()
    assert table is not None
    table.addnext(deepcopy(table))
    assert tree is not None


_BREAKS: dict[str, Callable[[etree._Element, list[etree._Element]], None]] = {
    "merged": _merge,
    "merged down": _merge_down,
    "nested": _nest,
    "picture": _picture,
    "renamed": _rename,
    "reordered": _swap,
    "nine columns": _ninth,
    "second table": _second,
}
BREAKS: dict[str, tuple[str, int | None, int | None]] = {
    "merged": ("PF-02", 1, 6),
    "merged down": ("PF-02", 1, 3),
    "nested": ("PF-02", 1, 6),
    "picture": ("PF-03", 1, 7),
    "renamed": ("PF-01", None, 7),
    "reordered": ("PF-01", None, 6),
    "nine columns": ("PF-01", 1, None),
    "second table": ("PF-04", None, None),
}
