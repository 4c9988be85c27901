"""Health for machines: is the process alive, and can it do its work."""

from __future__ import annotations

import structlog
from flask import Response, jsonify
from sqlalchemy import text

from forum.core.database import session
from forum.web.policy import PUBLIC, Pages

pages = Pages("health", __name__)
log = structlog.get_logger()


@pages.page("/health", policy=PUBLIC, language=False, endpoint="ready")
@pages.page("/health/ready", policy=PUBLIC, language=False, endpoint="ready_explicit")
def ready() -> tuple[Response, int]:
    """Answer 200 when the database answers, else 503."""
    try:
        session.execute(text("SELECT 1"))
    except Exception as broken:  # noqa: BLE001 - any fault here means "not ready"
        log.error("not ready", kind=type(broken).__name__)
        return jsonify(status="unavailable", database="unavailable"), 503
    return jsonify(status="ok", database="ok"), 200


@pages.page("/health/live", policy=PUBLIC, language=False, endpoint="live")
def live() -> tuple[Response, int]:
    """Answer 200 while the process runs."""
    return jsonify(status="ok"), 200
