"""Terms from the command line; ``forum.commands`` holds the command itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.terms import imports
from forum.terms.operations import seeding, taking_in


def import_seeds(say: Callable[[str], None]) -> None:
    """Add the terms that the product brings along, and say how many."""
    begin_writing()
    concepts, words = seeding.write_known(system_clock())
    session.commit()
    say(f"Added {concepts:,} concepts with {words:,} terms.")


def import_file(file: Path, *, dry_run: bool, say: Callable[[str], None]) -> None:
    """Take a file of terms in and say what it came to; raise a ``Refusal``.  With ``dry_run`` nothing changes."""
    offered = imports.read(file.read_bytes(), file.name)
    begin_writing()
    plan = taking_in.plan(offered) if dry_run else taking_in.take_in(offered, actor=SYSTEM, now=system_clock())
    if dry_run:
        session.rollback()
    else:
        session.commit()
    say(
        f"{len(offered):,} concepts read: {plan.new_concepts:,} new, with {plan.new_words:,} new terms; "
        f"{plan.same:,} terms are there already, {plan.kept:,} stay as they are here."
    )
    say("Nothing was changed: this was a preview." if dry_run else "New terms wait until somebody confirms them.")
