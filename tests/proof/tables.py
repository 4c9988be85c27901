"""Tables of comments at random through three formats: lossless, or refused with the cell named.

An office suite opens some of them and must show the same rows of eight columns.
"""

from __future__ import annotations

import csv
import random
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

from forum.comments import exports, imports
from forum.comments.errors import CellTooLong, WouldChange
from forum.comments.rules.findings import is_rejected
from forum.comments.rules.template import CommentTable
from tests.comments.grids import BREAKS, broken_word, grid

FORMATS = ("docx", "xlsx", "csv")
AT_ONCE = 40  # files for one start of the suite, which ends early when it is given hundreds
# Commas, double quotes, UTF-8, from the first line.
COMMA_SEPARATED = "csv:Text - txt - csv (StarCalc):44,34,76,1"


@dataclass
class Outcome:
    """What came of the trial."""

    tables: int = 0
    cells: int = 0
    lossless: int = 0
    refused: int = 0  # with the cell named
    broken: int = 0  # files with a fault that were refused with its place
    faults: list[str] = field(default_factory=list)
    opened: int = 0  # files that the office suite showed with the same eight columns

    @property
    def told(self) -> str:
        """The outcome in words."""
        return (
            f"{self.tables:,} tables of {self.cells:,} cells through DOCX, XLSX and CSV: {self.lossless:,} lossless, "
            f"{self.refused} refused with the cell named; {self.broken:,} broken files refused with their place; "
            f"{self.opened:,} files shown alike by LibreOffice; {len(self.faults)} faults"
        )


def trial(count: int, seed: int, *, opened: int) -> Outcome:
    """Send ``count`` tables round, break each once, and open ``opened`` others with the office suite, twice each."""
    chance, outcome = random.Random(seed), Outcome()
    for number in range(count):
        table = grid(chance)
        outcome.tables += 1
        outcome.cells += 8 * len(table.rows)
        _round(table, outcome, number)
        if table.rows:
            _break(table, chance.choice(sorted(BREAKS)), outcome, number)
    _open(chance, opened, outcome)
    return outcome


def _round(table: CommentTable, outcome: Outcome, number: int) -> None:
    """One table through every format in a row: what one gives, the next takes."""
    current = table
    for file_format in FORMATS:
        try:
            content = exports.table_as(current, file_format)
        except (CellTooLong, WouldChange) as refusal:
            named = refusal.facts
            outcome.refused += 1
            if not (1 <= int(str(named["row"])) <= len(current.rows) and 1 <= int(str(named["column"])) <= 8):
                outcome.faults.append(f"table {number} {file_format}: no cell is named")
            return
        reading = imports.read(content, f"comments.{file_format}")
        if is_rejected(list(reading.findings)):
            outcome.faults.append(f"table {number} {file_format}: {reading.findings[0].say(str)}")
            return
        current = reading.table
    if current == table:
        outcome.lossless += 1
    else:
        outcome.faults.append(f"table {number}: came back changed")


def _break(table: CommentTable, how: str, outcome: Outcome, number: int) -> None:
    rule, row, column = BREAKS[how]
    try:
        content = broken_word(table, how)
    except (CellTooLong, WouldChange):
        return
    reading = imports.read(content, "comments.docx")
    places = {(each.rule, each.row, each.column) for each in reading.findings}
    if is_rejected(list(reading.findings)) and (rule, row, column) in places:
        outcome.broken += 1
    else:
        outcome.faults.append(f"table {number}, {how}: {sorted(map(str, places))}")


def _open(chance: random.Random, count: int, outcome: Outcome) -> None:
    """Let the office suite turn documents and workbooks into plain tables, and compare rows and columns."""
    written: list[CommentTable] = []
    while len(written) < count:
        table = CommentTable("2027-03-01", "ISO/DIS 99801", "ISO/TC 268", grid(chance).rows)
        if _fits(table):
            written.append(table)
    for first in range(0, count, AT_ONCE):
        _open_some(written[first : first + AT_ONCE], first, outcome)


def _fits(table: CommentTable) -> bool:
    """Tell whether each format takes the table; those that refuse a cell are counted by the trial itself."""
    try:
        return bool([exports.table_as(table, file_format) for file_format in FORMATS])
    except (CellTooLong, WouldChange):
        return False


def _open_some(written: list[CommentTable], first: int, outcome: Outcome) -> None:
    for file_format, target in (("docx", "html"), ("xlsx", COMMA_SEPARATED)):
        with tempfile.TemporaryDirectory(prefix="forum-tables-") as name:
            folder, sources = Path(name), []
            for number, table in enumerate(written, first):
                sources.append(folder / f"{number}.{file_format}")
                sources[-1].write_bytes(exports.table_as(table, file_format))
            asked = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
            asked += ["--convert-to", target, "--outdir", str(folder), *map(str, sources)]
            subprocess.run(asked, check=True, capture_output=True, timeout=60 + 5 * AT_ONCE)
            for source, table in zip(sources, written, strict=True):
                wanted = [[_words(cell) for cell in row] for row in table.rows]
                shown = _rows_shown(source.with_suffix(f".{target.partition(':')[0]}"))
                if shown[len(shown) - len(wanted) :] == wanted:
                    outcome.opened += 1
                else:
                    outcome.faults.append(f"{source.name}: the office suite shows other cells")


def _words(text: str) -> str:
    return "".join(text.split())


def _rows_shown(path: Path) -> list[list[str]]:
    """The rows of eight cells in their order, without blanks; the headings come first."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as source:
            return [[_words(cell) for cell in row] for row in csv.reader(source) if len(row) == 8]
    rows_of = [
        [_words("".join(map(str, cell.itertext()))) for cell in row if cell.tag in {"td", "th"}]
        for row in html.fromstring(path.read_bytes()).iter("tr")
    ]
    return [row for row in rows_of if len(row) == 8]
