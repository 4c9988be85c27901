"""Health for machines: is the process alive, and can it do its work."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Any

import structlog
from flask import Response, jsonify, request
from sqlalchemy import text

from forum.core.database import session
from forum.ports.metrics import MEDIA_TYPE, figures
from forum.web.policy import PUBLIC, Pages, Policy
from forum.web.viewer import Viewer, settings

pages = Pages("health", __name__)
log = structlog.get_logger()


def _may_measure(_viewer: Viewer, _args: dict[str, Any]) -> bool:
    """Let this machine in, and whoever knows the token; a forwarded request comes from elsewhere."""
    token = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    try:
        local = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return local and "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers


MEASURING = Policy("metrics: loopback or token", _may_measure, public=True)


@pages.page("/health", policy=PUBLIC, language=False, endpoint="ready")
@pages.page("/health/ready", policy=PUBLIC, language=False, endpoint="ready_explicit")
def ready() -> tuple[Response, int]:
    """Answer 200 when the database answers, else 503."""
    try:
        session.execute(text("SELECT 1"))
    except Exception as broken:  # any fault here means "not ready"
        log.exception("not ready", kind=type(broken).__name__)
        return jsonify(status="unavailable", database="unavailable"), 503
    return jsonify(status="ok", database="ok"), 200


@pages.page("/health/live", policy=PUBLIC, language=False, endpoint="live")
def live() -> tuple[Response, int]:
    """Answer 200 while the process runs."""
    return jsonify(status="ok"), 200


@pages.page("/metrics", policy=MEASURING, language=False, endpoint="metrics")
def metrics() -> Response:
    """Answer with the figures of the site, for Prometheus."""
    return Response(figures(), content_type=MEDIA_TYPE)
