"""The queue between the processes: a file on one machine, Redis between several.

A page that has posted mail rings the bell after its commit, so that a sign-in link leaves at once.  The
bell is a convenience: what is due is also looked for every few seconds, and nothing is lost without it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, current_app, has_app_context
from sqlalchemy import event

from forum.config import Settings
from forum.core.database import session
from forum.ports.mail.models import OutboxMail

if TYPE_CHECKING:
    from huey.api import Huey

log = structlog.get_logger()
DELIVERY = "deliver_mail"
_PAUSE = 0.5  # seconds between two rings of one process
_POSTED = "mail_posted"


def open_queue(settings: Settings) -> Huey:
    """Open the queue that the settings name; a web process that posts no mail never loads the library."""
    from huey.api import RedisHuey, SqliteHuey  # noqa: PLC0415 - it weighs 20 MB in each process

    if settings.redis_url:
        return RedisHuey("forum", url=settings.redis_url, results=False)
    return SqliteHuey("forum", filename=str(settings.data_dir / "jobs.db"), results=False, fsync=False)


def bell(queue: Huey, answer: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return the task that asks for a job by its name; ``answer`` is what the worker's end does then."""

    def begin(name: str) -> None:  # one function of one module, for Huey names a task by both
        answer(name)

    task: Callable[[str], Any] = queue.task()(begin)
    return task


def init_jobs(app: Flask, settings: Settings) -> None:
    """Ring for the delivery of mail after each commit that posted some."""
    if settings.testing:
        return
    rings = _Rings(settings)
    app.extensions["forum.rings"] = rings


class _Rings:
    """Rings the bell, at most every half second; the queue is opened at the first ring."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ring: Callable[[str], Any] | None = None
        self._last = 0.0

    def __call__(self) -> None:
        if time.monotonic() - self._last < _PAUSE:
            return
        self._last = time.monotonic()
        try:
            if self._ring is None:
                self._ring = bell(open_queue(self._settings), lambda name: name)
            self._ring(DELIVERY)
        except Exception as broken:  # noqa: BLE001 - the change is committed; the bell may not spoil the answer
            log.warning("bell", kind=type(broken).__name__)


@event.listens_for(OutboxMail, "after_insert")
def _posted(_mapper: Any, _connection: Any, _mail: OutboxMail) -> None:
    session().info[_POSTED] = True


@event.listens_for(session, "after_commit")
def _committed(unit: Any) -> None:
    if unit.in_nested_transaction() or not unit.info.pop(_POSTED, False):
        return
    rings = current_app.extensions.get("forum.rings") if has_app_context() else None
    if rings is not None:
        rings()
