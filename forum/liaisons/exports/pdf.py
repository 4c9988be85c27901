"""A statement's document as PDF: this module prepares what is said, ``templates/typst/liaison.typ`` how it looks."""

from __future__ import annotations

from typing import Any

from forum.core.text import is_chinese
from forum.liaisons.exports.sheet import PAGES, Sheet
from forum.ports.documents.typeset import typeset


def as_pdf(sheet: Sheet) -> bytes:
    """Return the document; raises what ``typeset`` raises."""
    return typeset("liaison", _facts(sheet), dated=sheet.dated)


def _facts(sheet: Sheet) -> dict[str, Any]:
    return {
        "layout": str(sheet.layout),
        "language": sheet.language,
        "heading": sheet.heading,
        "number": sheet.number,
        "title": sheet.title,
        "lines": [
            {"label": line.label, "value": _parts(line.value), "pages": line.value == PAGES} for line in sheet.lines
        ],
        "paragraphs": [_part(part) for part in sheet.paragraphs],
        "attachments_label": sheet.attachments_label,
        "attachments": [_part(title) for title in sheet.attachments],
        "notes": [_part(note) for note in sheet.notes],
    }


def _parts(text: str) -> list[dict[str, str]]:
    return [_part(part) for part in text.split("\n")]


def _part(text: str) -> dict[str, str]:
    return {"text": text, "lang": "zh" if is_chinese(text) else "en"}
