"""Static files: compressed once, under an address that changes with their content.

An address with the mark of its content may be kept for a year; one without (a script imported by
another) is asked for again each time and mostly answered by 304.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request, url_for
from werkzeug.security import safe_join

from forum.paths import STATIC
from forum.web.policy import PUBLIC, declare
from forum.web.public_bodies import encoding_of, etags_match, tag_for

YEAR = "public, max-age=31536000, immutable"
_TEXT = frozenset({".css", ".js", ".svg", ".txt", ".json"})


@lru_cache(maxsize=256)
def _bodies(path: str, _modified: int) -> tuple[str, dict[str, bytes]]:
    """Return the mark and the encodings of a file, read anew when it was modified."""
    body = Path(path).read_bytes()
    bodies = {"identity": body}
    if Path(path).suffix in _TEXT:
        bodies |= {"br": brotli.compress(body, quality=11), "gzip": gzip.compress(body, mtime=0)}
    return hashlib.sha256(body).hexdigest()[:12], bodies


def _load(filename: str) -> tuple[str, dict[str, bytes]]:
    path = safe_join(str(STATIC), filename)
    if path is None or not Path(path).is_file():
        abort(404)
    return _bodies(path, Path(path).stat().st_mtime_ns)


def asset(path: str) -> str:
    """Return the address of a static file with the mark of its content."""
    return url_for("static", filename=path, v=_load(path)[0])


def static(filename: str) -> Response:
    """Serve a static file."""
    mark, bodies = _load(filename)
    encoding = encoding_of(request.headers.get("Accept-Encoding", ""))
    encoding = encoding if encoding in bodies else "identity"
    tag = tag_for(mark, encoding)
    answer = Response(bodies[encoding], mimetype=mimetypes.guess_type(filename)[0] or "application/octet-stream")
    answer.headers["ETag"] = tag
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = YEAR if request.args.get("v") == mark else "no-cache"
    if encoding != "identity":
        answer.headers["Content-Encoding"] = encoding
    if etags_match(request.headers.get("If-None-Match", ""), tag):
        answer.status_code = 304
        answer.set_data(b"")
    return answer


def init_assets(app: Flask) -> None:
    """Serve the static files and give their addresses to the templates."""
    app.add_url_rule("/static/<path:filename>", "static", static)
    declare(app, "static", PUBLIC)
    app.jinja_env.globals["asset"] = asset
