"""Static files under an address that changes with their content, so that browsers may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from flask import Flask, url_for

from forum.paths import STATIC


@lru_cache(maxsize=256)
def _mark(path: str, _modified: int) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]


def asset(path: str) -> str:
    """Return the address of a static file with the mark of its content."""
    modified = (STATIC / path).stat().st_mtime_ns
    return url_for("static", filename=path, v=_mark(path, modified))


def init_assets(app: Flask) -> None:
    """Give ``asset`` to the templates and long lives to marked files."""
    app.jinja_env.globals["asset"] = asset
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000
