"""The embargo at full size: many programmes at random, each looked at before, between and after its instants."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from forum import config
from forum.application import create_app
from forum.core.database import Base, db, session
from tests.cast import summon
from tests.gates.embargo import sweep
from tests.proof.ground import START


@dataclass
class Outcome:
    """What the sweeps came to."""

    programmes: int = 0
    looks: int = 0
    leaks: list[str] = field(default_factory=list)


class _Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at


def trial(programmes: int, seed: int, *, sessions: int = 8) -> Outcome:
    """Sweep that many programmes; the PDF of every tenth is read as well."""
    outcome, clock = Outcome(), _Clock()
    with tempfile.TemporaryDirectory(prefix="forum-embargo-") as folder:
        database = Path(folder) / "forum.db"
        settings = {
            "FORUM_DATA": folder,
            "FORUM_TESTING": "1",
            "FORUM_BASE_URL": "http://forum.test",
            "FORUM_LOG_LEVEL": "CRITICAL",
        }
        app = create_app(config.from_environment(settings), clock=clock)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            cast = summon(app, START)
            session.remove()
            db.engine.dispose()
        kept = shutil.copy(database, database.with_suffix(".kept"))
        for number in range(programmes):
            clock.at = START
            with app.app_context():
                session.remove()
                app.extensions["forum.public_bodies"].forget()
                db.engine.dispose()
                for leftover in ("-wal", "-shm"):
                    Path(f"{database}{leftover}").unlink(missing_ok=True)
                shutil.copy(kept, database)
            outcome.leaks += sweep(
                app, cast.slug, seed + number, START, clock.set, sessions=sessions, slow=number % 10 == 0
            )
            outcome.programmes += 1
            outcome.looks += 3
    return outcome
