"""One round of reminders by hand."""

from __future__ import annotations

import click

from forum.commands import opening
from forum.core.clock import system_clock
from forum.reminders import jobs
from forum.schedule import REMINDER_SOURCES


@click.command("reminders")
def reminders() -> None:
    """Make one round of reminders now, and say what it came to; a second one sends nothing twice."""
    with opening.house() as app:
        base_url = app.extensions["forum.settings"].base_url
        done = jobs.run(REMINDER_SOURCES, base_url=base_url, now=system_clock())
    planned = done.planned
    click.echo(f"Due dates: {planned.opened} new, {planned.changed} changed, {planned.settled} settled or moved.")
    click.echo(f"Mails: {done.mails}, with {done.lines} lines.")
    for name in done.unheard:
        click.echo(f"{name} gave no answer; its reminders stay as they are. The log says why.", err=True)
    if done.failed:
        click.echo(f"{done.failed} people could not be told. The log says why.", err=True)
    if done.unheard or done.failed:
        raise click.exceptions.Exit(1)


COMMANDS = [reminders]
