"""An application on a SQLite file of its own, for commands that try something outside of pytest."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from forum import config
from forum.application import create_app
from forum.core.clock import Clock, system_clock
from forum.web.limits import limiter


def trial_application(folder: Path, clock: Clock = system_clock) -> Flask:
    """The application on an empty database in a folder; faults of its own are pages with status 500."""
    settings = config.from_environment(
        {"FORUM_DATA": str(folder), "FORUM_BASE_URL": "http://localhost", "FORUM_LOG_LEVEL": "CRITICAL"}
    )
    app = create_app(settings, clock=clock)
    limiter.enabled = False
    return app
