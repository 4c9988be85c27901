"""Printing which cities suit each other."""

from __future__ import annotations

import click

from forum.commands import opening
from forum.core.catalogue import translator
from forum.core.clock import system_clock
from forum.core.refusals import Refusal
from forum.matching.commands import match_city, match_round


@click.command("match")
@click.option("--round", "round_slug", help="The round's short name, as in its address.")
@click.option("--city", "city_slug", help="The city's short name, as in its address.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def match(round_slug: str | None, city_slug: str | None, language: str) -> None:
    """Print the pairs of a matching round, or the suggestions of one city."""
    if bool(round_slug) == bool(city_slug):
        raise click.UsageError("Name a round or a city: --round ROUND or --city CITY.")
    with opening.house():
        today = system_clock().date()
        try:
            if round_slug:
                match_round(round_slug, language, today, click.echo)
            else:
                match_city(city_slug or "", language, today, click.echo)
        except Refusal as refused:
            raise click.ClickException(refused.say(translator(language))) from refused


COMMANDS = [match]
