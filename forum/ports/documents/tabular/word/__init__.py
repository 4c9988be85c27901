"""Tables in word-processor documents (DOCX): one table on landscape pages, and a reader of what others send.

The libraries are read when they are used: they weigh in each process that serves pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from forum.ports.documents.tabular import Found, Layout


def encode(layout: Layout, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a document with the head as lines and one table, its headings repeated on every page."""
    from forum.ports.documents.tabular.word import writing  # noqa: PLC0415 - see above

    return writing.encode(layout, rows)


def read(content: bytes) -> Found:
    """Return paragraphs and tables as their author sees them with every change accepted.  Raises ``Unreadable``."""
    from forum.ports.documents.tabular.word import reading  # noqa: PLC0415 - see above

    return reading.read(content)
