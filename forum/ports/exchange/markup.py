"""Reading and writing XML of exchange files: nothing is fetched, nothing expands, every element knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from forum.ports.exchange.errors import (
    DeclaresEntities,
    NotWellFormed,
    TooDeep,
    TooManyBytes,
    TooManyUnits,
    UnknownEncoding,
)

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_UNITS = 100_000
MOST_PARTS = 2_000_000  # elements of a whole file
MOST_LEVELS = 60
_DECLARATION = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]*\?>""")
_TAKEN = frozenset(
    {
        "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "windows-1252",
        "gb2312", "gbk", "gb18030",
    }
)  # fmt: skip
# What XML 1.0 can't hold, even as a reference: section 2.2.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = "{http://www.w3.org/XML/1998/namespace}"
LANG = f"{_XML}lang"


@dataclass(slots=True)
class Element:
    """An element with the line it begins on; its parts are texts and elements in their order."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list[Element | str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name without its namespace."""
        return self.tag.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        """The namespace, or nothing."""
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    def elements(self, *names: str) -> Iterator[Element]:
        """Yield the children with one of these names; without names all of them."""
        return (part for part in self.parts if isinstance(part, Element) and (not names or part.name in names))

    def first(self, name: str) -> Element | None:
        """Return the first child of that name."""
        return next(self.elements(name), None)

    @property
    def text(self) -> str:
        """The text of the element itself and of everything inside."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


class _Growing:
    """Builds the tree and stops at the limits while reading, not afterwards."""

    def __init__(self, unit: str) -> None:
        self.root: Element | None = None
        self.line: Any = None
        self._unit = unit
        self._open: list[Element] = []
        self._parts = self._units = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, self.line())
        self._parts += 1
        self._units += element.name == self._unit
        if self._units > MOST_UNITS or self._parts > MOST_PARTS:
            raise TooManyUnits(line=element.line, limit=f"{MOST_UNITS:,}")
        if len(self._open) >= MOST_LEVELS:
            raise TooDeep(line=element.line, limit=MOST_LEVELS)
        if self._open:
            self._open[-1].parts.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)

    def data(self, words: str) -> None:
        if self._open:
            parts = self._open[-1].parts
            if parts and isinstance(parts[-1], str):
                parts[-1] += words
            else:
                parts.append(words)

    def end(self, _tag: str) -> None:
        self._open.pop()

    def close(self) -> Element | None:
        return self.root


def parse(content: bytes, *, unit: str, doctype: str = "") -> Element:
    """Return the root element; ``unit`` is the name of the elements that are counted.

    A line that merely names the public DTD of ``doctype`` is passed over, for many tools write it: nothing is
    fetched.  Declarations of any kind are refused.  Raises subclasses of ``ExchangeRefused``.
    """
    if len(content) > MOST_BYTES:
        raise TooManyBytes(megabytes=MOST_BYTES // MEGABYTE)
    text = decoded(content)
    growing = _Growing(unit)
    parser = XMLParser(target=growing, forbid_dtd=not doctype, forbid_entities=True, forbid_external=True)
    expat = parser.parser
    growing.line = lambda: expat.CurrentLineNumber
    if doctype:
        _watch(expat, doctype)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as fault:
        raise DeclaresEntities(line=expat.CurrentLineNumber) from fault
    except (ParseError, ExpatError, ValueError, LookupError) as fault:
        raise NotWellFormed(line=expat.CurrentLineNumber) from fault
    if growing.root is None:
        raise NotWellFormed(line=1)
    return growing.root


def _watch(expat: Any, doctype: str) -> None:
    def begins(name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations or name != doctype:
            raise DeclaresEntities(line=expat.CurrentLineNumber)

    expat.StartDoctypeDeclHandler = begins


def decoded(content: bytes) -> str:
    """Return the letters of a file by its mark or by the encoding it names; UTF-8 where it names none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _by(content, "utf-16")
    if content.startswith(b"<\0"):
        return _by(content, "utf-16-le")
    if content.startswith(b"\0<"):
        return _by(content, "utf-16-be")
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ")
    named = _DECLARATION.match(content[:200])
    name = named.group(1).decode("ascii").casefold() if named else "utf-8"
    if name not in _TAKEN:
        raise UnknownEncoding(encoding=name)
    if name.startswith("utf-16"):  # it says so, and isn't
        name = "utf-8"
    return _by(content, "gb18030" if name.startswith("gb") else name)


def _by(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise UnknownEncoding(encoding=encoding) from fault


def escaped(text: str) -> str:
    """Return a text for the content of an element; a carriage return survives."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def quoted(text: str) -> str:
    """Return a value for an attribute, with its quotes; white space survives."""
    inner = escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{inner}"'


def tag(name: str, attributes: dict[str, str], content: str | None = None) -> str:
    """Return an element; without content an empty one.  Empty attributes are left out."""
    inner = "".join(f" {key}={quoted(value)}" for key, value in attributes.items() if value)
    return f"<{name}{inner}/>" if content is None else f"<{name}{inner}>{content}</{name}>"
