"""Rate limits by network and, where the view adds it, by account; never a hard lock of an account."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter

from forum.config import Settings


def network() -> str:
    """Return the visitor's network address; forwarded headers count only from configured proxies."""
    return request.remote_addr or "unknown"


limiter = Limiter(network, default_limits=[], headers_enabled=False, strategy="moving-window")


def init_limits(app: Flask, settings: Settings) -> None:
    """Count in Redis when it is configured, else in this process."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    limiter.init_app(app)
