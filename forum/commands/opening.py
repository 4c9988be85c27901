"""Opening the house for a command: settings, schema, application, and plain words when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from forum import config
from forum.application import create_app
from forum.config import Settings, UnsafeSettings
from forum.core.database import session, tune_sqlite
from forum.core.refusals import Refusal
from forum.paths import MIGRATIONS


def settings() -> Settings:
    """Return the settings of the environment, or end with what is wrong with them."""
    try:
        return config.from_environment()
    except (UnsafeSettings, ValueError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


def prepare(found: Settings) -> bool:
    """Bring the database to this version's schema; return whether there was anything to do."""
    engine = create_engine(found.database_url)
    if found.sqlite:
        tune_sqlite(engine)
    try:
        return False if _is_up_to_date(engine) else _upgrade(engine)
    except OperationalError as away:
        message = f"The database does not answer: {away.orig}"
        raise click.ClickException(message) from away
    finally:
        engine.dispose()


def _is_up_to_date(engine: Engine) -> bool:
    """Compare the database's mark with the newest file, without the weight of the migrations library.

    The serving processes inherit what this one has loaded: 30 MB each, and a second of a cold start.
    """
    newest = max((path.name[:4] for path in MIGRATIONS.glob("versions/[0-9][0-9][0-9][0-9]_*.py")), default="")
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest]


def _upgrade(engine: Engine) -> bool:
    from forum.commands import schema  # noqa: PLC0415 - see above

    try:
        return schema.upgrade(engine)
    except schema.ForeignDatabase as foreign:
        raise click.ClickException(str(foreign)) from foreign


@contextmanager
def house() -> Iterator[Flask]:
    """Open the application on an up-to-date database; a refusal ends the command with its sentence."""
    found = settings()
    prepare(found)
    app = create_app(found)
    with app.app_context():
        try:
            yield app
        except Refusal as refused:
            raise click.ClickException(str(refused)) from refused
        finally:
            session.remove()
