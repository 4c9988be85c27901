"""Taking tables of comments in and out."""

from __future__ import annotations

from pathlib import Path

import click

from forum.commands import opening
from forum.comments.commands import export_file, import_file


@click.command("import-comments")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--ballot", "ballot_id", required=True, help="The ballot's id, as in the address of its page.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def import_comments(file: Path, ballot_id: str, *, dry_run: bool) -> None:
    """Take a table of comments (DOCX, XLSX or CSV) in at the desk of a ballot."""
    with opening.house():
        import_file(file, ballot_id, dry_run=dry_run, say=click.echo)


@click.command("export-comments")
@click.option("--ballot", "ballot_id", required=True, help="The ballot's id, as in the address of its page.")
@click.option("--format", "file_format", type=click.Choice(["docx", "xlsx", "csv"]), required=True)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export_comments(ballot_id: str, file_format: str, language: str, output: Path) -> None:
    """Write the comments of a ballot to a file, as they leave the country."""
    with opening.house():
        export_file(ballot_id, file_format, language, output, say=click.echo)


COMMANDS = [import_comments, export_comments]
