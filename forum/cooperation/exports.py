"""The board of a parallel implementation as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

from forum.cooperation.models import FINDINGS, BoardClause
from forum.core.catalogue import Translator
from forum.core.refusals import N_, spoken
from forum.partnerships.models import Side
from forum.ports.documents.delimited import encode
from forum.translation.standing import Texts
from forum.translation.words import FileWords

CLAUSE, TITLE = N_("Clause"), N_("Title")
RESULT, REMARK = N_("Result"), N_("Remark on the result")
DIFFERENCE = N_("For the committee")


def board_csv(
    rows: Sequence[BoardClause], sides: Sequence[tuple[Side, str]], say: Translator, texts: Texts = "reviewed"
) -> bytes:
    """Return the board in the translator's language: one row a clause, two columns a side."""
    results = [result for row in rows for side, _name in sides if (result := row.by_side.get(side)) is not None]
    words = FileWords([*rows, *results], texts, say)
    headings = [say(CLAUSE), say(TITLE)]
    for _side, name in sides:
        headings += [f"{say(RESULT)} ({name})", f"{say(REMARK)} ({name})"]
    headings.append(say(DIFFERENCE))
    return encode(headings, [_line(row, sides, words) for row in rows])


def _line(row: BoardClause, sides: Sequence[tuple[Side, str]], words: FileWords) -> list[str]:
    cells = [row.number, words.cell(row, "title")]
    for side, _name in sides:
        result = row.by_side.get(side)
        if result is None:
            cells += ["", ""]
        else:
            cells += [spoken(FINDINGS[result.finding], words.say), words.cell(result, "remark")]
    cells.append(words.cell(row, "difference"))
    return cells
