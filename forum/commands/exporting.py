"""Writing the agenda as the public sees it to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from forum.agenda import exports
from forum.agenda.exports.wording import Choice
from forum.agenda.programme import Programme
from forum.agenda.queries import released
from forum.agenda.visibility import ViewerLevel, visible
from forum.ballots import life_cycle as ballots
from forum.commands import opening
from forum.core.catalogue import translator
from forum.core.clock import system_clock
from forum.events import queries as events
from forum.events.models import Forum
from forum.liaisons import life_cycles as liaisons
from forum.partnerships import exports as partnerships
from forum.translation.standing import TEXTS, Texts

FORMATS = ("ics", "pdf", "xlsx", "csv", "json", "schedule-xml", "schedule-json")


@click.command("export-agenda")
@click.option("--forum", "slug", required=True, help="The forum's short name, as in its address.")
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True)
@click.option("--language", type=click.Choice(["en", "zh", "both"]), default="both", show_default=True)
@click.option(
    "--texts",
    type=click.Choice(list(TEXTS)),
    default="reviewed",
    show_default=True,
    help="Which translations it may hold: reviewed ones, machine drafts with a mark as well, or originals alone.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export_agenda(slug: str, kind: str, language: Choice, texts: Texts, output: Path) -> None:
    """Write the latest release of an agenda, as the public sees it, to a file."""
    with opening.house() as app:
        forum = events.by_slug(slug)
        programme = released.current(forum) if forum is not None else None
        if forum is None or programme is None:
            message = f"There is no released agenda for “{slug}”."
            raise click.ClickException(message)
        now = system_clock()
        shown = visible(programme, ViewerLevel.PUBLIC, now)
        settings = app.extensions["forum.settings"]
        content = encoded(forum, shown, kind, language, texts, base_url=settings.base_url, host=settings.calendar_host)
    output.write_bytes(content)
    click.echo(f"{output}: {len(shown.items)} sessions, {len(content):,} bytes.")


def encoded(
    forum: Forum, shown: Programme, kind: str, language: Choice, texts: Texts, *, base_url: str, host: str
) -> bytes:
    """Return a programme as the public sees it as a file of that kind."""
    page_url = f"{base_url}/{'zh' if language == 'zh' else 'en'}/forums/{forum.slug}"
    encoders: dict[str, Callable[[], bytes]] = {
        "ics": lambda: exports.as_ics(
            shown, language, host=host, feed_url=f"{page_url}/agenda.ics", page_url=page_url, texts=texts
        ),
        "pdf": lambda: exports.as_pdf(shown, language, texts=texts),
        "xlsx": lambda: exports.as_xlsx(shown, language, texts=texts),
        "csv": lambda: exports.as_csv(shown, language, texts=texts),
        "json": lambda: exports.as_json(shown, texts=texts),
        "schedule-xml": lambda: exports.as_schedule_xml(shown, language, base_url=base_url, texts=texts),
        "schedule-json": lambda: exports.as_schedule_json(shown, language, base_url=base_url, texts=texts),
    }
    return encoders[kind]()


@click.command("partnership-life-cycle")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Else to the terminal.")
def partnership_life_cycle(output: Path | None) -> None:
    """Draw the life of an agreement version from its table, for the documentation."""
    _write(partnerships.page(translator("zh")), output)


@click.command("ballot-life-cycle")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Else to the terminal.")
def ballot_life_cycle(output: Path | None) -> None:
    """Draw the life of a ballot case from its table, for the documentation."""
    _write(ballots.page(translator("zh")), output)


@click.command("liaison-life-cycle")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Else to the terminal.")
def liaison_life_cycle(output: Path | None) -> None:
    """Draw the lives of statements, obligations and relations from their tables, for the documentation."""
    _write(liaisons.page(translator("zh")), output)


def _write(page: str, output: Path | None) -> None:
    if output is None:
        click.echo(page, nl=False)
    else:
        output.write_text(page)


COMMANDS = [export_agenda, partnership_life_cycle, ballot_life_cycle, liaison_life_cycle]
