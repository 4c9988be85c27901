"""TMX 1.4: translation memories as all tools exchange them.

Source: TMX 1.4b specification (LISA OSCAR, 2005).  Written: level 1, plain text in every segment.  Read: what other
tools write, with their inline codes taken out; a unit that can't be taken is left out and named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from forum.core.refusals import N_
from forum.ports.exchange.errors import CantBeWritten, Fault, MissingPart, OtherFormat, OtherVersion
from forum.ports.exchange.languages import WRITTEN, language_of
from forum.ports.exchange.markup import FORBIDDEN, LANG, Element, escaped, parse, quoted, tag

MEDIA_TYPE = "application/x-tmx+xml"
_HELD = frozenset({"1.1", "1.2", "1.3", "1.4", "1.4a", "1.4b"})
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})  # what they hold is the code of another format, not text
_MOMENT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """One translation unit: a text in each of two or more languages of the house."""

    texts: tuple[tuple[str, str], ...]  # (language, text), the source first
    unit_id: str = ""
    notes: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()  # (type, value)
    created_by: str = ""
    created_at: datetime | None = None
    used: int = 0
    line: int = field(default=0, compare=False)

    def text(self, language: str) -> str:
        """Return the text in a language, or nothing."""
        return dict(self.texts).get(language, "")


@dataclass(frozen=True, slots=True)
class Tmx:
    """A file: its units, and those that were left out."""

    units: tuple[TmxUnit, ...]
    source_lang: str = ""  # empty: every language may be the source
    tool: str = ""
    faults: tuple[Fault, ...] = ()


def encode(units: Iterable[TmxUnit], *, tool: str, version: str, source_lang: str = "en") -> bytes:
    """Return a TMX 1.4 file in UTF-8.  Raises ``CantBeWritten``."""
    header = tag(
        "header",
        {
            "creationtool": tool,
            "creationtoolversion": version,
            "segtype": "sentence",
            "o-tmf": tool,
            "adminlang": "en",
            "srclang": WRITTEN.get(source_lang, "*all*"),
            "datatype": "plaintext",
        },
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<tmx version="1.4">', header, "<body>"]
    lines += [_unit(each, number) for number, each in enumerate(units, start=1)]
    return "\n".join([*lines, "</body>", "</tmx>", ""]).encode()


def _unit(unit: TmxUnit, number: int) -> str:
    everything = (unit.unit_id, unit.created_by, *unit.notes, *(part for pair in unit.properties for part in pair))
    if any(map(FORBIDDEN.search, (*everything, *(text for _, text in unit.texts)))):
        raise CantBeWritten(unit=unit.unit_id or str(number))
    inner = [tag("note", {}, escaped(note)) for note in unit.notes]
    inner += [f"<prop type={quoted(kind)}>{escaped(value)}</prop>" for kind, value in unit.properties]
    inner += [f'<tuv xml:lang="{WRITTEN[language]}"><seg>{escaped(text)}</seg></tuv>' for language, text in unit.texts]
    attributes = {
        "tuid": unit.unit_id,
        "creationdate": unit.created_at.astimezone(UTC).strftime(_MOMENT) if unit.created_at else "",
        "creationid": unit.created_by,
        "usagecount": str(unit.used) if unit.used else "",
    }
    return tag("tu", attributes, "".join(inner))


def read(content: bytes) -> Tmx:
    """Return the units of a TMX file.  Raises subclasses of ``ExchangeRefused`` for what is no such file."""
    root = parse(content, unit="tu", doctype="tmx")
    if root.name != "tmx":
        raise OtherFormat(line=root.line, found=root.name[:40], wanted="tmx")
    version = root.attributes.get("version", "")
    if version not in _HELD:
        raise OtherVersion(line=root.line, found=version[:20], wanted="TMX 1.4")
    header, body = root.first("header"), root.first("body")
    if body is None:
        raise MissingPart(line=root.line, element="tmx", part="body")
    found: list[TmxUnit] = []
    faults: list[Fault] = []
    attributes = header.attributes if header is not None else {}
    first = language_of(attributes.get("srclang", "")) or ""
    for element in body.elements("tu"):
        taken = _read_unit(element, language_of(element.attributes.get("srclang", "")) or first)
        (found if isinstance(taken, TmxUnit) else faults).append(taken)  # type: ignore[arg-type]  # each to its kind
    return Tmx(tuple(found), first, attributes.get("creationtool", "")[:80], tuple(faults))


def _read_unit(element: Element, source: str) -> TmxUnit | Fault:
    unit_id = element.attributes.get("tuid", "")
    texts: dict[str, str] = {}
    for variant in element.elements("tuv"):
        taken = _read_text(variant, unit_id)
        if isinstance(taken, Fault):
            return taken
        language, text = taken
        if language in texts:
            return Fault(variant.line, unit_id, N_("Line %(line)s, unit “%(unit)s”: two texts are in one language."))
        texts[language] = text
    if len(texts) < 2 or not all(text.strip() for text in texts.values()):
        return Fault(element.line, unit_id, N_("Line %(line)s, unit “%(unit)s”: one side is missing or empty."))
    ordered = sorted(texts.items(), key=lambda pair: pair[0] != source) if source else list(texts.items())
    count = element.attributes.get("usagecount", "")
    return TmxUnit(
        tuple(ordered),
        unit_id,
        tuple(each.text for each in element.elements("note")),
        tuple((each.attributes.get("type", ""), each.text) for each in element.elements("prop")),
        element.attributes.get("creationid", ""),
        _moment(element.attributes.get("creationdate", "")),
        int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 0,
        element.line,
    )


def _read_text(variant: Element, unit_id: str) -> tuple[str, str] | Fault:
    named = variant.attributes.get(LANG) or variant.attributes.get("lang") or ""
    language, segment = language_of(named), variant.first("seg")
    if language is None:
        sentence = N_("Line %(line)s, unit “%(unit)s”: the language “%(language)s” isn’t known here.")
        return Fault(variant.line, unit_id, sentence, {"language": named[:40]})
    if segment is None:
        return Fault(variant.line, unit_id, N_("Line %(line)s, unit “%(unit)s”: a text has no “seg”."))
    return language, plain(segment)


def plain(segment: Element) -> str:
    """Return the text of a segment without the codes of other formats; highlighted text stays."""
    parts = (part if isinstance(part, str) else "" if part.name in _CODES else plain(part) for part in segment.parts)
    return "".join(parts)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
