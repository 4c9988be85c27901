"""Safekeeping: backup, restore, and the proof that nobody altered the audit."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from forum import __version__
from forum.audit import queries as audit
from forum.audit.models import AuditEntry
from forum.commands import opening
from forum.config import Settings
from forum.core.clock import system_clock
from forum.core.database import session
from forum.events.models import Forum
from forum.registration import seats
from forum.site import backup


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def save(file: Path | None) -> None:
    """Save database and files into FILE [forum-<date>.tar] while the site goes on working."""
    settings = opening.settings()
    now = system_clock()
    target = file or Path(f"forum-{now:%Y%m%d-%H%M%S}.tar")
    try:
        saved = backup.save(settings, target, now=now, version=__version__)
    except (backup.BackupFailed, OSError) as failed:
        raise click.ClickException(str(failed)) from failed
    click.echo(f"{target}: {saved.engine} database and {saved.files} files, {saved.bytes:,} bytes.")
    if saved.files_elsewhere:
        click.echo("The files are in an object store and not in this archive: save that store too.")
    click.echo(f"The keys ({settings.data_dir / 'keys'}) are not in it. Keep a copy of them in another place.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
def restore(file: Path, *, replace: bool) -> None:
    """Bring the backup FILE back, then check audit, seats and keys. The site must not be running."""
    settings = opening.settings()
    try:
        saved = backup.restore(settings, file, replace=replace)
        lacking = backup.missing_keys(settings, file)
    except (backup.BackupFailed, OSError) as failed:
        raise click.ClickException(str(failed)) from failed
    click.echo(f"Restored: {saved.engine} database and {saved.files} files.")
    with opening.house():
        problems = _breaks(settings, anchors=False) + _seat_differences()
    for problem in problems:
        click.echo(problem, err=True)
    if lacking:
        click.echo(f"Sealed fields can't be opened yet: bring back the master keys {', '.join(lacking)}.", err=True)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo("Audit and seats are whole.")


@click.command("verify-audit")
def verify_audit() -> None:
    """Check every chain of the audit, against its head and against the anchors kept outside the database."""
    settings = opening.settings()
    with opening.house():
        problems = _breaks(settings, anchors=True)
        count = len(audit.chains())
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"{count} chains are whole.")


def _breaks(settings: Settings, *, anchors: bool) -> list[str]:
    problems = [f"{chain}: the head of the chain is gone" for chain in audit.headless()]
    for head in audit.chains():
        broken = audit.broken_at(head)
        if broken is not None:
            problems.append(f"{head.chain}: entry {broken} was altered or is missing")
    path = settings.data_dir / "anchors.log"
    if not anchors or not path.exists():
        return problems
    for line in path.read_text().splitlines():
        instant, chain, seq, digest = line.split(" ")
        found = session.scalar(select(AuditEntry.hash).where(AuditEntry.chain == chain, AuditEntry.seq == int(seq)))
        if found != digest:
            problems.append(f"{chain}: entry {seq} is not the one that was anchored at {instant}")
    return problems


def _seat_differences() -> list[str]:
    return [
        f"{found.scope}: {found.taken} seats counted as taken, {found.counted} in the rows"
        for forum in session.scalars(select(Forum))
        for found in seats.reconcile(forum)
    ]


COMMANDS = [save, restore, verify_audit]
