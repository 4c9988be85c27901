"""One round of reminders by hand."""

from __future__ import annotations

import click

from forum.commands import opening
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.reminders import jobs
from forum.reminders.jobs import Round
from forum.schedule import REMINDER_SOURCES, turn_ballots, turn_partnerships


@click.command("reminders")
def reminders() -> None:
    """Make one round of reminders now, and say what it came to; a second one sends nothing twice."""
    with opening.house() as app:
        done = jobs.run(REMINDER_SOURCES, base_url=app.extensions["forum.settings"].base_url, now=system_clock())
    _say(done)


@click.command("partnership-reminders")
def partnership_reminders() -> None:
    """Let happen what is due in partnerships, then make one round of reminders; twice a day nothing is sent twice.

    Due by themselves are: invitations without an answer, approvals and terms that are over, renewals that open.
    """
    now = system_clock()
    with opening.house() as app:
        begin_writing()
        moved = turn_partnerships(now)
        session.commit()
        done = jobs.run(REMINDER_SOURCES, base_url=app.extensions["forum.settings"].base_url, now=now)
    click.echo(f"Partnerships: {moved} moved on by themselves.")
    _say(done)


@click.command("ballot-reminders")
def ballot_reminders() -> None:
    """Let happen what is due in ballots, then make one round of reminders; twice a day nothing is sent twice.

    Due by themselves are: enquiries that are over, ballots that close, and those that closed without our vote.
    """
    now = system_clock()
    with opening.house() as app:
        begin_writing()
        moved = turn_ballots(now)
        session.commit()
        done = jobs.run(REMINDER_SOURCES, base_url=app.extensions["forum.settings"].base_url, now=now)
    click.echo(f"Ballots: {moved} moved on by themselves.")
    _say(done)


def _say(done: Round) -> None:
    """Print what a round came to; end with 1 if anything failed."""
    planned = done.planned
    click.echo(f"Due dates: {planned.opened} new, {planned.changed} changed, {planned.settled} settled or moved.")
    click.echo(f"Mails: {done.mails}, with {done.lines} lines.")
    for name in done.unheard:
        click.echo(f"{name} gave no answer; its reminders stay as they are. The log says why.", err=True)
    if done.failed:
        click.echo(f"{done.failed} people could not be told. The log says why.", err=True)
    if done.unheard or done.failed:
        raise click.exceptions.Exit(1)


COMMANDS = [reminders, partnership_reminders, ballot_reminders]
