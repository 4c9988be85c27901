"""Opening the house for a command: settings, schema, application, and plain words when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from forum import config
from forum.application import create_app
from forum.commands import schema
from forum.config import Settings, UnsafeSettings
from forum.core.database import session, tune_sqlite
from forum.core.refusals import Refusal


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
        return schema.upgrade(engine)
    except schema.ForeignDatabase as foreign:
        raise click.ClickException(str(foreign)) from foreign
    except OperationalError as away:
        message = f"The database does not answer: {away.orig}"
        raise click.ClickException(message) from away
    finally:
        engine.dispose()


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
