"""An application on a SQLite file of its own, for commands that try something outside of pytest."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from forum import config
from forum.application import create_app
from forum.core.clock import Clock, system_clock
from forum.web.limits import limiter


def trial_application(folder: Path, clock: Clock = system_clock, url: str = "") -> Flask:
    """The application on an empty database in a folder, or at ``url``; its own faults are pages with status 500."""
    database = {"FORUM_DATABASE_URL": url} if url else {}
    settings = config.from_environment(
        {"FORUM_DATA": str(folder), "FORUM_BASE_URL": "http://localhost", "FORUM_LOG_LEVEL": "CRITICAL", **database}
    )
    app = create_app(settings, clock=clock)
    limiter.enabled = False
    return app
