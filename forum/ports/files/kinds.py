"""The kinds of files that are taken: what they are called, how they begin, how large they may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of file."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    CSV = "csv"
    XML = "xml"
    ICS = "ics"
    JSON = "json"
    JSONL = "jsonl"  # one record to a line
    TMX = "tmx"  # translation memory
    TBX = "tbx"  # terms
    XLIFF = "xlf"  # texts for a bureau


MEGABYTE = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a kind: its media type, how its bytes begin, and its most bytes."""

    media_type: str
    begins: tuple[bytes, ...] = ()
    most_bytes: int = 20 * MEGABYTE
    main_part: str = ""  # of an office document


SHAPES: dict[Kind, Shape] = {
    Kind.PDF: Shape("application/pdf", (b"%PDF-",)),
    Kind.JPEG: Shape("image/jpeg", (b"\xff\xd8\xff",)),
    Kind.PNG: Shape("image/png", (b"\x89PNG\r\n\x1a\n",)),
    Kind.DOCX: Shape(f"{_OFFICE}.wordprocessingml.document", (b"PK\x03\x04",), main_part="word/document.xml"),
    Kind.XLSX: Shape(f"{_OFFICE}.spreadsheetml.sheet", (b"PK\x03\x04",), main_part="xl/workbook.xml"),
    Kind.PPTX: Shape(f"{_OFFICE}.presentationml.presentation", (b"PK\x03\x04",), main_part="ppt/presentation.xml"),
    Kind.CSV: Shape("text/csv"),
    Kind.XML: Shape("application/xml"),
    Kind.ICS: Shape("text/calendar"),
    Kind.JSON: Shape("application/json"),
    Kind.JSONL: Shape("application/x-ndjson"),
    Kind.TMX: Shape(
        "application/x-tmx+xml", (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<"), most_bytes=10 * MEGABYTE
    ),
    Kind.XLIFF: Shape(
        "application/xliff+xml", (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<"), most_bytes=10 * MEGABYTE
    ),
    Kind.TBX: Shape("application/x-tbx", most_bytes=10 * MEGABYTE),
}

PICTURES = frozenset({Kind.JPEG, Kind.PNG})
OFFICE = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX})
TEXTS = frozenset({Kind.CSV, Kind.XML, Kind.ICS, Kind.JSON, Kind.JSONL, Kind.TBX})
DOCUMENTS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.DOCX})
MATERIALS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.DOCX, Kind.XLSX, Kind.PPTX})
PEOPLE_TABLES = frozenset({Kind.XLSX, Kind.CSV})
PROGRAMMES = frozenset({Kind.XML, Kind.ICS, Kind.JSON})
TERMS = frozenset({Kind.TBX, Kind.CSV})
BUREAU_FILES = frozenset({Kind.XLIFF, Kind.XLSX, Kind.DOCX})
PUBLISHED_RECORDS = frozenset({Kind.CSV, Kind.JSON, Kind.JSONL})

_OTHER_EXTENSIONS = {"jpeg": Kind.JPEG, "xliff": Kind.XLIFF}


def kind_named(filename: str) -> Kind | None:
    """Return the kind that a file name claims by its extension, or None."""
    _, dot, extension = filename.rpartition(".")
    extension = extension.casefold()
    if not dot:
        return None
    if extension in _OTHER_EXTENSIONS:
        return _OTHER_EXTENSIONS[extension]
    return Kind(extension) if extension in set(Kind) else None
