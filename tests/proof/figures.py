"""The page of figures: one row a trial and database, each with the commit and the seed that it was made with.

A run of all trials writes every row; a run of some of them writes theirs and leaves the others as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADING = "| Trial | Database | Commit | Seed | Result | | Seconds |"
RULE = "|---|---|---|---|---|---|---|"
BEFORE = """# Figures

What the large trials came to. `make proof` makes them all anew and writes this page, and `python -m tests.proof --only
WORD` those whose name holds the word; `make test` runs the same trials at a smaller size with every change. Each row
names the commit and the seed that it was made with, so that it can be made again: `--seed`.
"""
AFTER = """
`kill -9` is the death of a process, not the loss of power: the operating system keeps what was written.
A sender who gets no answer sends the same form again, as people do.

The control takes the limit of the seat counter away and puts “count, then insert” in its place.

The hostile inputs found 122 faults when they were first sent at full size: refusals without a summary above the form,
or with one that led to no field, and a name whose apostrophe was changed before it was shown again. They were put
right before the run that stands here.

Pages beside a slow engine, and beside one that is gone, are compared by the lower quartile of each page with the same
pages beside an engine that is there and idle, in the same run and by turns: the upper quartiles tell how busy the
machine was with other things.
"""


@dataclass(frozen=True)
class Line:
    """One trial: what was tried on which database, what came of it, whether that is as it must be."""

    what: str
    engine: str
    commit: str
    seed: str
    result: str
    holds: bool
    seconds: float | None  # not noted when it is None

    @property
    def row(self) -> str:
        """The row of the table."""
        cells = (
            self.what,
            self.engine,
            self.commit,
            self.seed,
            self.result.replace("|", "/").replace("\n", " "),
            "holds" if self.holds else "**fails**",
            "–" if self.seconds is None else f"{self.seconds:.0f}",
        )
        return f"| {' | '.join(cells)} |"


def read(page: str) -> list[Line]:
    """Return the rows of a page."""
    found: list[Line] = []
    rows = page.partition(RULE)[2].strip().splitlines()
    for row in rows:
        if not row.startswith("| "):
            break
        what, engine, commit, seed, result, holds, seconds = (cell.strip() for cell in row.strip("|").split(" | "))
        took = None if seconds == "–" else float(seconds)
        found.append(Line(what, engine, commit, seed, result, holds == "holds", took))
    return found


def merged(before: Iterable[Line], made: Iterable[Line]) -> list[Line]:
    """Put the rows that were made in the place of those of the same trial and database; new ones come last."""
    rows = {(line.what, line.engine): line for line in before}
    return list((rows | {(line.what, line.engine): line for line in made}).values())


def written(lines: Iterable[Line], databases: str, machine: str) -> str:
    """Return the page."""
    facts = ["", f"- Databases: {databases}", f"- Machine: {machine}", ""]
    return "\n".join([BEFORE.rstrip("\n"), *facts, HEADING, RULE, *(line.row for line in lines), AFTER])
