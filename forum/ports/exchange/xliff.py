"""XLIFF 2.1 (core): texts with their translations for an outside bureau, and back.

Source: OASIS XLIFF Version 2.1, sections 4.2 and 4.3.  Inline elements are kept as they stand; annotations are
reduced to their text, elements of other modules are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from forum.core.refusals import N_, Word
from forum.ports.exchange.errors import (
    CantBeWritten,
    MissingPart,
    OtherFormat,
    OtherVersion,
    UnitRefused,
    UnknownLanguage,
)
from forum.ports.exchange.languages import WRITTEN, language_of
from forum.ports.exchange.markup import FORBIDDEN, Element, escaped, parse, quoted, tag

MEDIA_TYPE = "application/xliff+xml"
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_VERSIONS = frozenset({"2.0", "2.1"})
_KEPT = frozenset({"ph", "pc", "sc", "ec"})
_TEXT_OF = frozenset({"mrk"})
_MARKS = frozenset({"sm", "em"})
_TOKEN = re.compile(r"[A-Za-z0-9._:-]+")  # an NMTOKEN as we write it


class SegmentState(StrEnum):
    """How far a segment has come."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Inline:
    """A placeholder (``ph``), or a pair with content (``pc``), with its attributes in the order of their names."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    content: tuple[str | Inline, ...] = ()


Content = tuple[str | Inline, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note for whoever translates."""

    text: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class XliffSegment:
    """A source and its target; ``target`` is None where nobody has written one."""

    source: Content
    target: Content | None = None
    state: SegmentState = SegmentState.INITIAL
    segment_id: str = ""
    ignorable: bool = False  # what stands between segments and isn't translated
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class XliffUnit:
    """A text with its segments."""

    unit_id: str
    segments: tuple[XliffSegment, ...]
    name: str = ""
    notes: tuple[Note, ...] = ()
    originals: tuple[tuple[str, str], ...] = ()  # the code behind inline elements: (id, code)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class XliffFile:
    """The texts of one document."""

    file_id: str
    units: tuple[XliffUnit, ...]
    original: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Xliff:
    """A whole document."""

    source_lang: str
    target_lang: str
    files: tuple[XliffFile, ...]


def words_of(content: Content | None) -> str:
    """Return the text of a content without its inline elements."""
    if content is None:
        return ""
    return "".join(part if isinstance(part, str) else words_of(part.content) for part in content)


def encode(document: Xliff) -> bytes:
    """Return an XLIFF 2.1 document in UTF-8.  Raises ``CantBeWritten``, and ValueError for ids that aren't tokens."""
    head = {
        "xmlns": NAMESPACE,
        "version": "2.1",
        "srcLang": WRITTEN[document.source_lang],
        "trgLang": WRITTEN[document.target_lang],
        "xml:space": "preserve",
    }
    inner = "".join(f"\n{_file(each)}" for each in document.files)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tag("xliff", head, inner)}\n'.encode()


def _file(file: XliffFile) -> str:
    inner = _notes(file.notes) + "".join(f"\n{_unit(each)}" for each in file.units)
    return tag("file", {"id": _token(file.file_id), "original": _fit(file.original, file.file_id)}, inner)


def _unit(unit: XliffUnit) -> str:
    inner = _notes(unit.notes, unit.unit_id)
    if unit.originals:
        codes = (tag("data", {"id": _token(key)}, escaped(_fit(code, unit.unit_id))) for key, code in unit.originals)
        inner += tag("originalData", {}, "".join(codes))
    inner += "".join(_segment(each, unit.unit_id) for each in unit.segments)
    return tag("unit", {"id": _token(unit.unit_id), "name": _fit(unit.name, unit.unit_id)}, inner)


def _segment(segment: XliffSegment, unit: str) -> str:
    attributes = {"id": _token(segment.segment_id) if segment.segment_id else ""}
    if not segment.ignorable and segment.state is not SegmentState.INITIAL:
        attributes["state"] = str(segment.state)
    inner = f"<source>{_content(segment.source, unit)}</source>"
    if segment.target is not None:
        inner += f"<target>{_content(segment.target, unit)}</target>"
    return tag("ignorable" if segment.ignorable else "segment", attributes, inner)


def _content(content: Content, unit: str) -> str:
    return "".join(escaped(_fit(part, unit)) if isinstance(part, str) else _inline(part, unit) for part in content)


def _inline(part: Inline, unit: str) -> str:
    given = "".join(f" {key}={quoted(_fit(value, unit))}" for key, value in part.attributes)
    if part.name == "pc":
        return f"<pc{given}>{_content(part.content, unit)}</pc>"
    return f"<{part.name}{given}/>"


def _notes(notes: Sequence[Note], unit: str = "") -> str:
    if not notes:
        return ""
    made = (tag("note", {"category": note.category}, escaped(_fit(note.text, unit))) for note in notes)
    return tag("notes", {}, "".join(made))


def _fit(text: str, unit: str) -> str:
    if FORBIDDEN.search(text):
        raise CantBeWritten(unit=unit)
    return text


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        message = f"{text!r} can't be an id"
        raise ValueError(message)
    return text


def read(content: bytes) -> Xliff:
    """Return what an XLIFF 2.0 or 2.1 document holds.  Raises subclasses of ``ExchangeRefused``."""
    root = parse(content, unit="unit")
    if root.name != "xliff":
        raise OtherFormat(line=root.line, found=root.name[:40], wanted="xliff")
    version = root.attributes.get("version", "")
    if version not in _VERSIONS or root.namespace != NAMESPACE:
        raise OtherVersion(line=root.line, found=version[:20], wanted="XLIFF 2.1")
    source, target = _language(root, "srcLang"), _language(root, "trgLang")
    if source == target:
        raise UnknownLanguage(line=root.line, language=root.attributes["trgLang"][:40])
    files = tuple(_read_file(each) for each in _core(root, "file"))
    if not files:
        raise MissingPart(line=root.line, element="xliff", part="file")
    return Xliff(source, target, files)


def _language(root: Element, attribute: str) -> str:
    named = root.attributes.get(attribute, "")
    if not named:
        raise MissingPart(line=root.line, element="xliff", part=attribute)
    language = language_of(named)
    if language is None:
        raise UnknownLanguage(line=root.line, language=named[:40])
    return language


def _core(parent: Element, *names: str) -> Iterable[Element]:
    return (each for each in parent.elements(*names) if each.namespace == NAMESPACE)


def _read_file(element: Element) -> XliffFile:
    units: list[XliffUnit] = []
    seen: set[str] = set()
    for each in _units_in(element):
        unit = _read_unit(each)
        if unit.unit_id in seen:
            raise _wrong(each, unit.unit_id, N_("this id stands twice in the file."))
        seen.add(unit.unit_id)
        units.append(unit)
    return XliffFile(
        _required(element, "id"), tuple(units), element.attributes.get("original", ""), _read_notes(element)
    )


def _units_in(element: Element) -> Iterable[Element]:
    for each in _core(element, "unit", "group"):
        if each.name == "unit":
            yield each
        else:
            yield from _units_in(each)


def _required(element: Element, attribute: str) -> str:
    value = element.attributes.get(attribute, "")
    if not value:
        raise MissingPart(line=element.line, element=element.name, part=attribute)
    return value


def _read_notes(element: Element) -> tuple[Note, ...]:
    holder = next(iter(_core(element, "notes")), None)
    if holder is None:
        return ()
    return tuple(Note(each.text, each.attributes.get("category", "")) for each in _core(holder, "note"))


def _read_unit(element: Element) -> XliffUnit:
    unit_id = _required(element, "id")
    holder = next(iter(_core(element, "originalData")), None)
    originals = tuple((_required(each, "id"), each.text) for each in _core(holder, "data")) if holder else ()
    segments = tuple(_read_segment(each, unit_id) for each in _core(element, "segment", "ignorable"))
    if not any(not each.ignorable for each in segments):
        raise MissingPart(line=element.line, element=f"unit {unit_id}", part="segment")
    named = [each.segment_id for each in segments if each.segment_id]
    if len(named) != len(set(named)):
        raise _wrong(element, unit_id, N_("two segments have the same id."))
    return XliffUnit(
        unit_id, segments, element.attributes.get("name", ""), _read_notes(element), originals, element.line
    )


def _read_segment(element: Element, unit: str) -> XliffSegment:
    sources, targets = list(_core(element, "source")), list(_core(element, "target"))
    if len(sources) != 1:
        raise _wrong(element, unit, N_("a segment has no source, or more than one."))
    if len(targets) > 1:
        raise _wrong(element, unit, N_("a segment has more than one target."))
    state = element.attributes.get("state", "initial")
    if state not in set(SegmentState):
        raise _wrong(element, unit, N_("the state of a segment isn’t known."))
    source = _read_content(sources[0], unit)
    target = _read_content(targets[0], unit) if targets else None
    if target is not None and _ids(target) - _ids(source):
        raise _wrong(element, unit, N_("the target has inline elements that the source has not."))
    return XliffSegment(
        source,
        target,
        SegmentState(state),
        element.attributes.get("id", ""),
        element.name == "ignorable",
        element.line,
    )


def _read_content(element: Element, unit: str) -> Content:
    found: list[str | Inline] = []
    for part in element.parts:
        if isinstance(part, str):
            _add(found, part)
        elif part.namespace != NAMESPACE:
            raise UnitRefused(
                line=part.line, unit=unit, reason=Word(N_("an element of another format stands in a text."))
            )
        elif part.name in _KEPT:
            content = _read_content(part, unit) if part.name == "pc" else ()
            own = tuple(sorted(pair for pair in part.attributes.items() if not pair[0].startswith("{")))
            found.append(Inline(part.name, own, content))
        elif part.name in _TEXT_OF:
            for inner in _read_content(part, unit):
                _add(found, inner)
        elif part.name not in _MARKS:
            raise _wrong(part, unit, N_("a text holds an element that isn’t known."))
    return tuple(found)


def _wrong(element: Element, unit: str, reason: str) -> UnitRefused:
    return UnitRefused(line=element.line, unit=unit, reason=Word(reason))


def _add(found: list[str | Inline], part: str | Inline) -> None:
    """Add to a content; texts that meet become one."""
    if isinstance(part, str) and found and isinstance(found[-1], str):
        found[-1] += part
    elif part != "":
        found.append(part)


def _ids(content: Content) -> set[str]:
    found: set[str] = set()
    for part in content:
        if isinstance(part, Inline):
            found |= {dict(part.attributes).get("id", ""), *_ids(part.content)} - {""}
    return found
