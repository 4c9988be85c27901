"""The product as it is served, by a clock that a test moves on: the seconds stand in a file of the data folder."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from forum import application, config
from forum.core.clock import Clock, system_clock

TARGET = "tests.browser.movable:create_app"
_NAME = "clock-ahead"


def clock_of(folder: Path) -> Clock:
    """The clock of a data folder: the present, and as many seconds more as were asked for."""

    def now() -> datetime:
        ahead = folder / _NAME
        return system_clock() + timedelta(seconds=int(ahead.read_text()) if ahead.exists() else 0)

    return now


def move_to(folder: Path, instant: datetime) -> None:
    """Let it be this instant; never backwards."""
    ahead = int((instant - system_clock()).total_seconds())
    written = folder / f"{_NAME}.new"
    written.write_text(str(ahead))
    written.replace(folder / _NAME)  # a reader sees the old number or the new one


def create_app() -> Flask:
    """The application as its settings say, by that clock."""
    return application.create_app(config.from_environment(), clock=clock_of(Path(os.environ["FORUM_DATA"])))
