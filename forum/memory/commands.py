"""The memory from the command line; ``forum.commands`` holds the commands themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.memory.errors import NothingInFile
from forum.memory.exports import as_tmx
from forum.memory.imports import read_tmx
from forum.memory.models import MemorySegment
from forum.memory.operations.importing import Summary, preview, take_in
from forum.memory.queries.listing import everything

_MOST_LINES = 20  # of each kind


def import_memory(file: Path, *, dry_run: bool, say: Callable[[str], None]) -> Summary:
    """Import a TMX file and say what it came to; raise a ``Refusal``.  Commits, unless it is a preview."""
    taken = read_tmx(file.read_bytes())
    if not taken.pairs:
        for fault in taken.faults[:_MOST_LINES]:
            say(fault.say(str))
        raise NothingInFile
    if dry_run:
        summary = preview(taken.pairs)
    else:
        begin_writing()
        summary = take_in(taken.pairs, actor=SYSTEM, now=system_clock())
        session.commit()
    say(
        f"{summary.read:,} segments: {summary.new:,} new, {summary.known:,} known, "
        f"{summary.another:,} with another translation, {summary.too_long:,} too long or empty; "
        f"{len(taken.faults):,} units left out."
    )
    for line, source in summary.another_at[:_MOST_LINES]:
        say(f"line {line}: “{source}” has another translation already; this one is kept beside it, with lower quality.")
    for fault in taken.faults[:_MOST_LINES]:
        say(fault.say(str))
    say("Nothing was changed: this was a preview." if dry_run else "The import is finished.")
    return summary


def export_memory(output: Path) -> int:
    """Write the whole memory to a TMX file; return how many segments."""
    counted = 0

    def counting() -> Iterator[MemorySegment]:
        nonlocal counted
        for segment in everything():
            counted += 1
            yield segment

    output.write_bytes(as_tmx(counting()))
    return counted
