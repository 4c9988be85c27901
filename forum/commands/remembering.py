"""Commands of the translation memory."""

from __future__ import annotations

from pathlib import Path

import click

from forum.commands import opening
from forum.memory import commands


@click.command("import-memory")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be taken in, and change nothing.")
def import_memory(file: Path, *, dry_run: bool) -> None:
    """Take the segments of a TMX file in; nothing that is there is overwritten."""
    with opening.house():
        commands.import_memory(file, dry_run=dry_run, say=click.echo)


@click.command("export-memory")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export_memory(output: Path) -> None:
    """Write the whole memory to a TMX 1.4 file."""
    with opening.house():
        count = commands.export_memory(output)
    click.echo(f"{output}: {count:,} segments.")


COMMANDS = [import_memory, export_memory]
