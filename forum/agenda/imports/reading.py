"""Reading a file: limits first, then the reader that its content, never its name alone, asks for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from forum.agenda.document import FORMAT, from_document
from forum.agenda.imports.calendar import read_calendar
from forum.agenda.imports.own import read_programme
from forum.agenda.imports.schedule_json import is_schedule, read_schedule_json
from forum.agenda.imports.schedule_xml import read_schedule_xml
from forum.agenda.imports.sessions import is_sessions, read_sessions
from forum.agenda.imports.values import (
    MOST_BYTES,
    MOST_ITEMS,
    MOST_LEVELS,
    FileTooLarge,
    ImportedProgramme,
    Malformed,
    TooDeep,
    TooManyItems,
    UnknownFormat,
)
from forum.core.walltime import zone_named

MOST_PARTS = 500_000  # objects and lists of a JSON file
MOST_COMMAS = 3_000_000
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read(raw: bytes, *, filename: str = "", zone: str | None = None) -> ImportedProgramme:
    """Read a programme published by others; ``zone`` (IANA) serves a file that names none.

    Nothing is fetched and nothing is written.  Raises ``ImportRefused``, whose subclasses say why.
    """
    if len(raw) > MOST_BYTES:
        raise FileTooLarge(limit=MOST_BYTES // 2**20)
    if zone:
        zone = zone_named(zone).key
    head = raw[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<") or raw.startswith(_MARKS):
        return read_schedule_xml(raw, zone)
    if head[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        return read_calendar(raw, zone)
    if head.startswith((b"{", b"[")):
        return _read_json(raw, zone)
    raise UnknownFormat(filename=filename)


def _read_json(raw: bytes, zone: str | None) -> ImportedProgramme:
    document = parse_json(raw)
    if isinstance(document, Mapping) and document.get("format") == FORMAT:
        return _read_own(document)
    if is_schedule(document):
        return read_schedule_json(document, zone)
    if is_sessions(document):
        _limit(document["sessions"])
        return read_sessions(document, zone)
    raise UnknownFormat


def _read_own(document: Mapping[str, Any]) -> ImportedProgramme:
    """Read a document of this platform; one that somebody has tampered with is damaged, not an accident."""
    try:
        return read_programme(from_document(document))
    except (ValueError, TypeError, AttributeError, OverflowError) as fault:
        raise Malformed(line=1) from fault


def parse_json(raw: bytes) -> Any:
    """Return a JSON document within the limits.  Raises ``ImportRefused``.

    The parts are counted before parsing: a small file can ask for gigabytes of objects.
    """
    if raw.count(b"{") + raw.count(b"[") > MOST_PARTS or raw.count(b",") > MOST_COMMAS:
        raise TooManyItems(limit=MOST_ITEMS)
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except RecursionError as fault:
        raise TooDeep(limit=MOST_LEVELS) from fault
    except ValueError as fault:
        raise Malformed(line=getattr(fault, "lineno", 1)) from fault
    if _deeper_than(document, MOST_LEVELS):
        raise TooDeep(limit=MOST_LEVELS)
    return document


def _limit(rows: list[Any]) -> None:
    if len(rows) > MOST_ITEMS:
        raise TooManyItems(limit=MOST_ITEMS)


def _deeper_than(document: Any, levels: int) -> bool:
    """Tell whether lists and objects are nested more deeply, walking level by level without recursion."""
    level = [document]
    for _ in range(levels + 1):
        level = [part for whole in level for part in _parts(whole) if isinstance(part, dict | list)]
        if not level:
            return False
    return True


def _parts(whole: Any) -> Iterable[Any]:
    return whole.values() if isinstance(whole, Mapping) else whole if isinstance(whole, list) else ()
