"""Reading what a bureau sends back, whichever of the three formats it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forum.ports.exchange import tables, xliff
from forum.ports.exchange.xliff import XliffUnit, words_of
from forum.ports.files.kinds import Kind
from forum.translating.errors import NothingInBureauFile
from forum.translating.rules.returned import Returned


def read(content: bytes, kind: Kind) -> Sequence[Returned]:
    """Return the texts of a file that was checked when it was handed in.

    Raises subclasses of ``ExchangeRefused``, or ``NothingInBureauFile``.
    """
    found = _of_xliff(content) if kind is Kind.XLIFF else _of_table(content, kind)
    if not found:
        raise NothingInBureauFile
    return found


def _of_xliff(content: bytes) -> list[Returned]:
    document = xliff.read(content)
    return [
        Returned(unit.unit_id, _source(unit), _target(unit), unit.line, document.target_lang)
        for file in document.files
        for unit in file.units
    ]


def _source(unit: XliffUnit) -> str:
    return "".join(words_of(each.source) for each in unit.segments)


def _target(unit: XliffUnit) -> str:
    """Return the translation of a unit, however a tool has divided it; nothing while one part has none."""
    parts = []
    for each in unit.segments:
        written = words_of(each.target)
        if each.ignorable:
            written = written or words_of(each.source)
        elif words_of(each.source).strip() and not written.strip():
            return ""
        parts.append(written)
    return "".join(parts)


def _of_table(content: bytes, kind: Kind) -> list[Returned]:
    rows: Iterable[tables.TableRow] = tables.read(content, "docx" if kind is Kind.DOCX else "xlsx")
    return [Returned(row.row_id, row.source, row.target, row.place) for row in rows]
