"""What a trial stands on: a database with the full schema, an application, a forum with its doors open."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from forum import config
from forum.application import create_app
from forum.core.database import Base, begin_writing, db, session
from forum.events.models import Forum, ForumState
from forum.places.models import Country
from forum.registration.models import Category, Chain, SeatCounter
from tests.services import postgresql_cluster

ROOT = Path(__file__).parent.parent.parent
ENGINES = ("SQLite", "PostgreSQL")
START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
SLUG = "trial-forum"


@dataclass(frozen=True)
class Ground:
    """A database and a folder; both can be named to another process."""

    engine: str
    url: str
    folder: str
    _applications: list[Flask] = field(default_factory=list, compare=False, repr=False)

    def environment(self, **more: str) -> dict[str, str]:
        """The settings of a process that works on this ground."""
        return {
            "FORUM_DATA": self.folder,
            "FORUM_DATABASE_URL": self.url,
            "FORUM_BASE_URL": "http://forum.test",
            "FORUM_TESTING": "1",
            "FORUM_LOG_LEVEL": "CRITICAL",
            **more,
        }

    def application(self) -> Flask:
        """An application of this process; its clock is the machine's."""
        made = create_app(config.from_environment(self.environment()))
        self._applications.append(made)
        return made

    def __getstate__(self) -> dict[str, object]:
        """What another process gets: the names, not this process's applications."""
        return {"engine": self.engine, "url": self.url, "folder": self.folder, "_applications": []}

    def leave(self) -> None:
        """Close every connection that this process has opened."""
        for made in self._applications:
            made.extensions["forum.public_bodies"].forget()
            with made.app_context():
                session.remove()
                db.engine.dispose()


@contextmanager
def ground(engine: str, *, migrated: bool = False) -> Iterator[Ground]:
    """An empty database of that engine with the full schema; nothing of it is left behind.

    ``migrated``: by the product's own command, as ``forum run`` wants it; else from the models, which is quicker.
    """
    with tempfile.TemporaryDirectory(prefix="forum-proof-") as folder:
        if engine == "SQLite":
            made = Ground(engine, f"sqlite:///{Path(folder) / 'forum.db'}", folder)
            _build(made, migrated=migrated)
            try:
                yield made
            finally:
                made.leave()
            return
        with postgresql_cluster() as cluster:
            made = Ground(engine, cluster.create_database("forum_proof"), folder)
            _build(made, migrated=migrated)
            try:
                yield made
            finally:
                made.leave()


def _build(made: Ground, *, migrated: bool) -> None:
    if migrated:
        command = [sys.executable, "-m", "forum", "migrate"]
        environment = {"PYTHONPATH": str(ROOT), **made.environment()}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        return
    app = made.application()
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.engine.dispose()


def open_forum(cap: int | None, now: datetime) -> Forum:
    """A forum that anybody may register for, in one category that is decided at once; commits."""
    begin_writing()
    session.add(Country(iso2="CN", iso3="CHN", name_en="China", name_zh="中国", search="china | 中国"))
    forum = Forum(
        slug=SLUG,
        code="trial_forum",
        title_en="Trial Forum",
        title_zh="试验论坛",
        state=ForumState.OPEN,
        zone_name="Asia/Shanghai",
        first_day=(now + timedelta(days=60)).date(),
        last_day=(now + timedelta(days=62)).date(),
        registration_opens_at=now - timedelta(days=30),
        registration_closes_at=now + timedelta(days=30),
        contact_email="office@forum.example",
    )
    session.add(forum)
    session.flush()
    category = Category(
        forum_id=forum.id,
        code="OPEN",
        name_en="Visitor",
        name_zh="观众",
        chain=Chain.STRAIGHT,
        needs_confirmation=False,
    )
    session.add(category)
    session.flush()
    session.add(SeatCounter(scope=f"forum:{forum.public_id}", forum_id=forum.id, cap=None))
    session.add(SeatCounter(scope=f"category:{category.public_id}", forum_id=forum.id, cap=cap))
    session.commit()
    return forum
