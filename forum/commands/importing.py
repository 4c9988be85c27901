"""Reading a programme that others publish."""

from __future__ import annotations

from pathlib import Path

import click

from forum.agenda.commands import import_file
from forum.commands import opening


@click.command("import-programme")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--forum", "slug", required=True, help="The forum's short name, as in its address.")
@click.option("--zone", default=None, help="IANA time zone of a file that names none.")
@click.option("--create", is_flag=True, help="Make the forum, in draft, when there is none of that name.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def import_programme(file: Path, slug: str, zone: str | None, *, create: bool, dry_run: bool) -> None:
    """Import schedule XML or JSON, iCalendar or session JSON into the draft of a forum."""
    with opening.house():
        import_file(file, slug, zone, create=create, dry_run=dry_run, say=click.echo)


COMMANDS = [import_programme]
