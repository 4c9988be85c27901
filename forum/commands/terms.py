"""Terms of the glossary."""

from __future__ import annotations

from pathlib import Path

import click

from forum.commands import opening
from forum.terms.commands import import_file, import_seeds


@click.command("import-terms")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--seeds", is_flag=True, help="Add the terms that the product brings along.")
def import_terms(file: Path | None, *, dry_run: bool, seeds: bool) -> None:
    """Take a list of terms (TBX or CSV) into the glossary; what is there stays as it is."""
    if (file is None) != seeds or (seeds and dry_run):
        message = "Name a file, or say --seeds alone."
        raise click.UsageError(message)
    with opening.house():
        if file is None:
            import_seeds(click.echo)
        else:
            import_file(file, dry_run=dry_run, say=click.echo)


COMMANDS = [import_terms]
