"""Importing ISO Open Data from the command line; ``forum.commands`` holds the command itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from forum.core.actor import SYSTEM
from forum.core.catalogue import Translator, translator
from forum.core.clock import system_clock
from forum.standards.imports.running import of_path, perform, preview
from forum.standards.models import NOTE_KINDS
from forum.standards.operations.summaries import Note, Summary

_MOST_LINES = 20  # notes of each kind
_COUNTED = ("new", "changed", "unchanged", "quarantined", "kept_ours", "absent")


def import_iso(
    kind: str, file: Path, dataset_on: date | None, *, dry_run: bool, forced: bool, say: Callable[[str], None]
) -> Summary:
    """Import a published file and say what it came to; raise a ``Refusal``.  Commits, unless it is a preview."""
    source = of_path(kind, file, dataset_on)
    if dry_run:
        summary = preview(source, forced=forced, now=system_clock())
    else:
        summary = perform(source, forced=forced, actor=SYSTEM, clock=system_clock)
    for line in told(summary, translator("en"), dry_run=dry_run):
        say(line)
    return summary


def told(summary: Summary, say: Translator, *, dry_run: bool) -> list[str]:
    """Return a summary in lines."""
    counts = summary.counts.as_dict()
    lines = []
    if summary.resumed_at:
        lines.append(f"Taken up again behind row {summary.resumed_at:,}.")
    lines.append(
        f"{counts['read']:,} rows: "
        + ", ".join(f"{counts[name]:,} {name.replace('_', ' ')}" for name in _COUNTED)
        + "."
    )
    shown: dict[str, int] = {}
    for note in summary.notes:
        if note.kind == "new":
            continue
        shown[note.kind] = shown.get(note.kind, 0) + 1
        if shown[note.kind] <= _MOST_LINES:
            lines.append(_line(note, say))
    lines.append(f"Signature: {summary.signature}")
    lines.append("Nothing was changed: this was a preview." if dry_run else f"Import {summary.public_id} is finished.")
    return lines


def _line(note: Note, say: Translator) -> str:
    place = f"line {note.line}, " if note.line else ""
    what = f"{say(NOTE_KINDS[note.kind])}: {place}{note.key} {note.reference}".rstrip()
    if note.sentence:
        return f"{what}: {say(note.sentence)}" + (f" ({note.field}: {note.after})" if note.field else "")
    if note.field:
        return f"{what}: {note.field} “{note.before}” → “{note.after}”"
    return what
