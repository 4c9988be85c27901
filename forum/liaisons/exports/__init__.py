"""A statement as a document in two layouts, and the public ones as data."""

from __future__ import annotations

from forum.liaisons.exports.docx import MEDIA_TYPE as DOCX
from forum.liaisons.exports.docx import as_docx
from forum.liaisons.exports.listing import as_data
from forum.liaisons.exports.pdf import as_pdf
from forum.liaisons.exports.sheet import LAYOUTS, Layout, sheet

__all__ = ["DOCX", "LAYOUTS", "Layout", "as_data", "as_docx", "as_pdf", "sheet"]
