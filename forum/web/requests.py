"""What happens around every request: its id, its instant, its line in the log, its viewer, its host."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, abort, g, request
from flask.wrappers import Response

from forum.config import Settings
from forum.core.identifiers import public_id, without_secrets
from forum.web import policy
from forum.web.viewer import NOBODY, Viewer, viewer

log = structlog.get_logger()
ViewerLoader = Callable[[], Viewer]


def loggable(path: str) -> str:
    """Return a path without the secret that some addresses are made of."""
    return without_secrets(path)


def init_requests(app: Flask, settings: Settings, load_viewer: ViewerLoader) -> None:
    """Install the frame of every request, in the order in which it happens."""
    allowed_hosts = {settings.host}
    if settings.host.partition(":")[0] == "127.0.0.1":  # a newcomer's browser may well say localhost
        allowed_hosts.add(settings.host.replace("127.0.0.1", "localhost"))

    @app.before_request
    def frame() -> None:
        g.started = time.perf_counter()
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if settings.trusted_proxies and re.fullmatch(r"[\w-]{8,64}", given) else public_id()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)
        if not settings.testing and request.host not in allowed_hosts and request.endpoint != "health.live":
            abort(400)

    @app.before_request
    def who() -> None:
        g.viewer = load_viewer() if request.endpoint != "static" else NOBODY

    @app.before_request
    def may_they() -> Any:
        return policy.enforce()

    @app.after_request
    def account(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if request.endpoint != "static":
            log.info(
                "request",
                method=request.method,
                path=loggable(request.path),
                status=response.status_code,
                ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
                account=viewer().public_id,
            )
        return response
