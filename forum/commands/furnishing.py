"""Furnishing a database: its schema, its first administrator, the demonstration."""

from __future__ import annotations

import click
from sqlalchemy import create_engine

from forum.accounts import operations as accounts
from forum.accounts.models import Account
from forum.audit.operations import record
from forum.commands import opening, schema
from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session, tune_sqlite
from forum.site.demonstration import loading


@click.command("migrate")
def migrate() -> None:
    """Bring the database to this version's schema."""
    changed = opening.prepare(opening.settings())
    click.echo(f"The schema is {schema.head()}." + ("" if changed else " Nothing was to be done."))


@click.command("make-migration")
@click.argument("sentence")
def make_migration(sentence: str) -> None:
    """Write a migration from what the models have and the database has not."""
    settings = opening.settings()
    engine = create_engine(settings.database_url)
    if settings.sqlite:
        tune_sqlite(engine)
    click.echo(schema.revise(engine, sentence))
    engine.dispose()


@click.command("demo")
def demo() -> None:
    """Load the demonstration into an empty database."""
    with opening.house() as app:
        try:
            told = loading.load(app)
        except loading.NotEmpty as refused:
            raise click.ClickException(str(refused)) from refused
    click.echo(told)


@click.command("create-admin")
@click.option("--email", prompt="Mail address")
@click.option("--name", prompt="Name")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", prompt="Language of letters")
@click.password_option(help="At least 8 characters.")
def create_admin(email: str, name: str, language: str, password: str) -> None:
    """Open the account of a site administrator; the second factor is set up at the first sign-in."""
    now = system_clock()
    with opening.house():
        hashed = accounts.hash_password(password, email=email)
        begin_writing()
        account: Account = accounts.open_account(email, name, language, actor=SYSTEM, now=now)
        account.is_admin = True
        account.password_hash = hashed
        record(SYSTEM, "make_administrator", "account", account.public_id, now=now)
        session.commit()
    click.echo(f"{email.casefold()} can sign in now.")


COMMANDS = [migrate, make_migration, demo, create_admin]
