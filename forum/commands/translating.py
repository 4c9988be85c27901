"""Asking for machine drafts of a whole forum."""

from __future__ import annotations

import click

from forum.commands import opening
from forum.core.catalogue import translator
from forum.core.refusals import Refusal
from forum.drafting.commands import translate_forum
from forum.drafting.neighbours import neighbours
from forum.ports.engines.choosing import facts_from
from forum.translating.commands import parity_lines


@click.command("translate")
@click.option("--forum", "slug", required=True, help="The forum's short name, as in its address.")
@click.option("--field", default=None, help="One field alone, such as title.")
@click.option("--clear", is_flag=True, help="Let confirmed, public sessions go to the engine before a release.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def translate(slug: str, field: str | None, language: str, *, clear: bool) -> None:
    """Ask for a machine draft of each text of a forum that has none; the worker makes them."""
    with opening.house() as app:
        engine = facts_from(app.extensions["forum.settings"], neighbours.embedded)
        try:
            translate_forum(slug, field, engine=engine, language=language, say=click.echo, clear=clear)
        except Refusal as refused:
            raise click.ClickException(refused.say(translator(language))) from refused


@click.command("parity")
@click.option("--forum", "slug", default=None, help="One forum alone, by its short name.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def parity(slug: str | None, language: str) -> None:
    """Print how far both languages are of equal worth, each forum apart; ends with 1 where a text is missing."""
    with opening.house():
        found = parity_lines(slug, translator(language))
        if found is None:
            raise click.ClickException(f"There is no forum “{slug}”.")
        lines, whole = found
        for line in lines:
            click.echo(line)
    if not whole:
        raise click.exceptions.Exit(1)


COMMANDS = [translate, parity]
