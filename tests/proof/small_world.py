"""The small world that holds something for every address, in a database of its own, for trials outside of pytest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from forum.core.database import db, session
from tests.cast import summon
from tests.conftest import START
from tests.gates.world import World, furnish
from tests.proof.ground import ground
from tests.trial import trial_application


@contextmanager
def small_world(engine: str = "SQLite") -> Iterator[tuple[Flask, World]]:
    """Everything that addresses name; nothing of it is left behind."""
    with ground(engine) as made:
        app = trial_application(Path(made.folder), lambda: START, made.url)
        with app.app_context():
            world = furnish(app, summon(app, START), START)
            session.remove()
        try:
            yield app, world
        finally:
            app.extensions["forum.public_bodies"].forget()
            with app.app_context():
                session.remove()
                db.engine.dispose()
