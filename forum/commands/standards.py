"""Commands of standards liaison."""

from __future__ import annotations

import click

from forum.commands import opening
from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.standards import operations


@click.command("seed-standards")
def seed_standards() -> None:
    """Add the committees and deliverables that the product brings along; what is kept already stays as it is."""
    with opening.house():
        begin_writing()
        committees, standards = operations.seed(actor=SYSTEM, now=system_clock())
        session.commit()
    click.echo(f"Added {committees} committees and {standards} standards.")


COMMANDS = [seed_standards]
