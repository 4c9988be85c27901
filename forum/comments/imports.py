"""Reading tables of comments that others send: the file first, then its shape, each fault with its cell."""

from __future__ import annotations

from forum.comments.rules.findings import Finding, Level, gravest_first
from forum.comments.rules.reading import Reading, read_table
from forum.comments.rules.summary import is_summary_heading, parts_of, read_summary
from forum.comments.rules.template import CommentTable, is_heading
from forum.core.refusals import N_
from forum.ports.documents.tabular import Found, Unreadable, plain, word, workbook
from forum.ports.files import checks
from forum.ports.files.errors import FileRefused
from forum.ports.files.kinds import Kind, kind_named

TAKEN = frozenset({Kind.DOCX, Kind.XLSX, Kind.CSV})


def read(content: bytes, filename: str) -> Reading:
    """Return the table of a file with every finding; a file that isn't one of the three formats is one finding."""
    kind = kind_named(filename)
    if kind not in TAKEN:
        old = filename.casefold().endswith((".doc", ".dot", ".rtf"))
        sentence = (
            N_("This is an old word-processor file. Save it as .docx and try again.")
            if old
            else N_("Send the table as .docx, .xlsx or .csv.")
        )
        return _refused("PF-05", sentence)
    try:
        found = _found(checks.checked(content, kind), kind)
    except FileRefused as refused:
        return _refused("PF-05", refused.message, **refused.facts)
    except Unreadable:
        return _refused("PF-05", N_("The file can’t be opened as a document of its kind."))
    national = read_summary(found)
    if national is not None:
        summary, findings = national
        rows = tuple(_international(row) for row in summary.rows)
        table = CommentTable(summary.date, summary.title, summary.project, rows)
        return Reading(table, tuple(gravest_first(findings)), is_national=True)
    return read_table(found)


def _found(content: bytes, kind: Kind) -> Found:
    if kind is Kind.DOCX:
        return word.read(content)
    if kind is Kind.XLSX:
        return workbook.read(content)
    return plain.read(content, lambda row: is_heading(row) or is_summary_heading(row))


def _international(row: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row of the national summary in the order of the template; the unit stands where the code would."""
    _number, clause, content, unit, _decision, note = row
    comment, change = parts_of(content)
    return (unit, "", clause, "", note, comment, change, "")


def _refused(rule: str, sentence: str, **facts: object) -> Reading:
    return Reading(CommentTable(), (Finding(rule, Level.REJECT, sentence, facts=facts),))
