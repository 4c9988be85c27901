"""Commands of standards liaison."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from forum.commands import opening
from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.standards import operations
from forum.standards.commands import import_iso
from forum.standards.published import COMMITTEES, DELIVERABLES


@click.command("import-iso")
@click.argument("kind", type=click.Choice([DELIVERABLES, COMMITTEES]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dataset-date", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of the dataset [today].")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--force", is_flag=True, help="Take an older dataset, or give up an import that was cut off.")
def iso(kind: str, file: Path, dataset_date: datetime | None, *, dry_run: bool, force: bool) -> None:
    """Import ISO Open Data: deliverables (CSV or JSON lines) or committees (JSON).

    An import that was cut off goes on where it was when the command is run again.
    """
    with opening.house():
        dataset_on = dataset_date.date() if dataset_date is not None else None
        import_iso(kind, file, dataset_on, dry_run=dry_run, forced=force, say=click.echo)


@click.command("seed-standards")
def seed_standards() -> None:
    """Add the committees and deliverables that the product brings along; what is kept already stays as it is."""
    with opening.house():
        begin_writing()
        committees, standards = operations.seed(actor=SYSTEM, now=system_clock())
        session.commit()
    click.echo(f"Added {committees} committees and {standards} standards.")


COMMANDS = [iso, seed_standards]
