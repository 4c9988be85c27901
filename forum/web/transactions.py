"""One transaction a request: begun as writing for unsafe methods, committed once, and only on success.

A GET can't write.  An exception, an ``abort()`` or an answer of 400 and above saves nothing, unless the
view says ``keep_changes()`` (a failed sign-in counts).
"""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask.wrappers import Response
from sqlalchemy import event

from forum.core.database import begin_writing, session
from forum.core.identifiers import without_secrets
from forum.web.policy import SAFE


class WroteWhileReading(RuntimeError):
    """A page that only reads tried to change something."""


def keep_changes() -> None:
    """Commit although the answer is a refusal."""
    g.keep_changes = True


def init_transactions(app: Flask) -> None:
    """Install the rule."""

    @app.before_request
    def begin() -> None:
        g.writing = False
        if request.method in SAFE:
            return
        view = current_app.view_functions.get(request.endpoint or "")
        if view is not None and not getattr(view, "reads_first", False):
            start_writing()

    @app.after_request
    def finish(response: Response) -> Response:
        if g.get("writing"):
            if response.status_code < 400 or g.get("keep_changes"):
                session.commit()
            else:
                session.rollback()
            g.writing = False
        return response

    @event.listens_for(session, "before_flush")
    def guard(_session: Any, _context: Any, _instances: Any) -> None:
        if has_request_context() and not g.get("writing") and not g.get("own_transaction"):
            message = f"{request.method} {without_secrets(request.path)} tried to write"
            raise WroteWhileReading(message)


def start_writing() -> None:
    """Begin the write transaction of this request."""
    begin_writing()
    g.writing = True
