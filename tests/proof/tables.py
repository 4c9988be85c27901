"""Tables of comments at random through three formats: lossless, or refused with the cell named.

Where an office suite is installed, it opens some of them and must show the same eight columns.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from forum.comments import exports, imports
from forum.comments.errors import CellTooLong, WouldChange
from forum.comments.rules.findings import is_rejected
from forum.comments.rules.template import CommentTable
from forum.ports.documents.tabular import plain
from tests.comments.grids import BREAKS, broken_word, grid

FORMATS = ("docx", "xlsx", "csv")
SUITE = "soffice"


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
    suite: str = ""  # why it wasn't asked, or nothing

    @property
    def told(self) -> str:
        """The outcome in words."""
        suite = self.suite or f"{self.opened} opened in LibreOffice with the same eight columns"
        return (
            f"{self.tables:,} tables of {self.cells:,} cells through DOCX, XLSX and CSV: {self.lossless:,} lossless, "
            f"{self.refused} refused with the cell named; {self.broken:,} broken files refused with their place; "
            f"{len(self.faults)} faults; {suite}"
        )


def trial(count: int, seed: int, *, opened: int = 6) -> Outcome:
    """Send ``count`` tables round, break each once, and open some with the office suite."""
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
    """Let the office suite turn documents and workbooks into plain tables, and compare the columns."""
    program = shutil.which(SUITE)
    if program is None:
        outcome.suite = "NOT SHOWN: LibreOffice (soffice) isn’t installed here, so no file was opened with it"
        return
    for number in range(count):
        table = CommentTable("2027-03-01", "ISO/DIS 99801", "ISO/TC 268", grid(chance).rows)
        for file_format, target in (("docx", "html"), ("xlsx", "csv")):
            with tempfile.TemporaryDirectory(prefix="forum-tables-") as folder:
                source = Path(folder) / f"comments.{file_format}"
                source.write_bytes(exports.table_as(table, file_format))
                asked = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
                asked += ["--convert-to", target, "--outdir", folder, str(source)]
                subprocess.run(asked, check=True, capture_output=True, timeout=120)
                shown = _columns(Path(folder) / f"comments.{target}")
            wanted = Counter(_words(cell) for row in table.rows for cell in row if _words(cell))
            if wanted - shown:
                outcome.faults.append(f"{file_format} {number}: {sorted(wanted - shown)[:1]} isn't shown")
            else:
                outcome.opened += 1


def _words(text: str) -> str:
    return "".join(text.split())


def _columns(path: Path) -> Counter[str]:
    """The cells that stand in rows of eight, without their blanks."""
    if path.suffix == ".csv":
        rows = plain.read(path.read_bytes(), lambda row: len(row) == 8).tables[0]
        return Counter(_words(cell) for row in rows if len(row) == 8 for cell in row)
    from lxml import html  # noqa: PLC0415 - only where there is an office suite

    tree = html.fromstring(path.read_bytes())
    rows_of = [
        [_words("".join(map(str, cell.itertext()))) for cell in row if cell.tag in {"td", "th"}]
        for row in tree.iter("tr")
    ]
    return Counter(cell for row in rows_of if len(row) == 8 for cell in row)
