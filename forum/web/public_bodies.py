"""Public bodies: prepared once for each address and revision, then served as bytes.

A public page says ``public_body(slug, revision, until=…)``.  Its answer is kept under its address and the
revision of what it shows: of its forum, or of a registry such as the cities.  Before each further visit one
tiny query asks whether the revision still stands.
A repeat visit with a matching ETag is a 304.  Visitors who are signed in never touch this room, and an
embargoed word never enters it: a body ends at the next embargo instant.
Source: RFC 9110 §8.8 (validators), §13.1.2 (If-None-Match).
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Literal

import brotli
from flask import Flask, g, request
from flask.wrappers import Response

from forum.core.database import db
from forum.web.viewer import viewer

SIGN_IN_COOKIES = ("__Host-forum", "forum")
_COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/vnd.c3voc",
    "image/svg",
)
MAX_BYTES = 16 * 1024 * 1024  # in each process
# Where prepared pages are: any other address goes straight to the application.
_PREPARED = (
    "/en/forums/",
    "/zh/forums/",
    "/en/cities/",
    "/zh/cities/",
    "/en/partnerships",
    "/zh/partnerships",
    "/en/standards",
    "/zh/standards",
    "/en/committees",
    "/zh/committees",
)
Kind = Literal["forum", "registry"]


@dataclass(frozen=True, slots=True)
class PublicBody:
    """What a view promises about its answer."""

    slug: str  # of the forum, or the name of the registry
    revision: int
    changed_at: datetime | None = None
    until: datetime | None = None
    max_age: int = 0
    kind: Kind = "forum"


@dataclass(slots=True)
class _Kept:
    kind: Kind
    slug: str
    revision: int
    until: float
    etag: str
    status: str
    headers: list[tuple[str, str]]
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 1000


def public_body(
    slug: str,
    revision: int,
    *,
    changed_at: datetime | None = None,
    until: datetime | None = None,
    max_age: int = 0,
    kind: Kind = "forum",
) -> None:
    """Promise that this answer is the same for every visitor until the revision or ``until``.

    ``slug`` names the forum; with the kind ``registry`` it names a registry of ``core.revisions``.

    Call before rendering, so that nothing private (a nonce, a token) enters the body.
    """
    if not viewer().signed_in and request.method in {"GET", "HEAD"}:
        g.public_body = PublicBody(slug, revision, changed_at, until, max_age, kind)


def not_kept() -> None:
    """Take the promise back: a part of this page follows rules of other rooms, and may change before its revision."""
    g.pop("public_body", None)


def etags_match(header: str, etag: str) -> bool:
    """Tell whether an If-None-Match list names this ETag, by weak comparison with the quotes."""
    if header.strip() == "*":
        return True
    return any(part.strip().removeprefix("W/") == etag for part in header.split(","))


def encoding_of(accepted: str) -> str:
    """Return the best encoding that a client takes: br, gzip or identity."""
    offered = {part.partition(";")[0].strip(): part.replace(" ", "") for part in accepted.lower().split(",")}
    for name in ("br", "gzip"):
        if name in offered and not offered[name].endswith((";q=0", ";q=0.0")):
            return name
    return "identity"


class PublicBodies:
    """The shelf of prepared bodies, in front of the application."""

    def __init__(self, app: Flask, wsgi: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._wsgi = wsgi
        self._clock: Callable[[], datetime] = app.extensions["forum.clock"]
        self._kept: OrderedDict[tuple[str, str, str], _Kept] = OrderedDict()
        self._newest: dict[tuple[Kind, str], int] = {}
        self._bytes = 0
        self._lock = threading.Lock()
        self._local = threading.local()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve a prepared body when there is one, else ask the application and keep its answer."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._wsgi(environ, start_response)
        path = environ.get("PATH_INFO", "")
        if not path.startswith(_PREPARED) or self._signed_in(environ):
            return self._wsgi(environ, start_response)
        key = (environ.get("HTTP_HOST", ""), path, environ.get("QUERY_STRING", ""))
        kept = self._kept.get(key)
        if kept is not None and kept.until > self._clock().timestamp() and self._stands(kept):
            return self._answer(kept, environ, start_response)
        environ["forum.keep"] = lambda made: self._keep(key, made)
        return self._wsgi(environ, start_response)

    def __len__(self) -> int:
        """Return how many answers are prepared."""
        return len(self._kept)

    def forget(self) -> None:
        """Empty the shelf and let go of the connections, for tests that exchange the database."""
        with self._lock:
            self._kept.clear()
            self._newest.clear()
            self._bytes = 0
        if (connection := getattr(self._local, "connection", None)) is not None:
            connection.invalidate()
            connection.close()
        self._local = threading.local()

    @staticmethod
    def _signed_in(environ: dict[str, Any]) -> bool:
        cookies = environ.get("HTTP_COOKIE", "")
        return bool(cookies) and any(f"{name}=" in cookies for name in SIGN_IN_COOKIES)

    def _stands(self, kept: _Kept) -> bool:
        return self._revision(kept.kind, kept.slug) == kept.revision

    def _revision(self, kind: Kind, slug: str) -> int | None:
        """Ask for the revision on a connection of this thread: one statement, straight to the driver."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            with self._app.app_context():
                engine = db.engine
            connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._local.connection = connection
        try:
            cursor = connection.connection.cursor()
            cursor.execute(_REVISION[kind, connection.dialect.name], (slug,))
            found = cursor.fetchone()
            cursor.close()
        except Exception:  # noqa: BLE001 - whatever broke this connection, the application answers itself
            self._local.connection = None
            connection.invalidate()
            return None
        return None if found is None else int(found[0])

    def _keep(self, key: tuple[str, str, str], made: _Kept) -> None:
        with self._lock:
            if self._newest.get((made.kind, made.slug)) != made.revision:
                self._clear_out(made)
            if old := self._kept.pop(key, None):
                self._bytes -= old.size
            self._kept[key] = made
            self._bytes += made.size
            while self._bytes > MAX_BYTES and self._kept:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= gone.size

    def _clear_out(self, made: _Kept) -> None:
        """Let go of what was prepared for other revisions of the same thing: nobody is served it again."""
        self._newest[made.kind, made.slug] = made.revision
        same = [key for key, each in self._kept.items() if (each.kind, each.slug) == (made.kind, made.slug)]
        for key in same:
            self._bytes -= self._kept.pop(key).size

    @staticmethod
    def _answer(kept: _Kept, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        encoding = encoding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding not in kept.bodies:
            encoding = "identity"
        etag = tag_for(kept.etag, encoding)
        headers = [*kept.headers, ("ETag", etag)]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and etags_match(asked, etag):
            start_response("304 Not Modified", [h for h in headers if h[0] != "Content-Type"])
            return []
        body = kept.bodies[encoding]
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        start_response(kept.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


_REVISION = {
    ("forum", "sqlite"): "SELECT revision FROM forum WHERE slug = ?",
    ("forum", "postgresql"): "SELECT revision FROM forum WHERE slug = %s",
    ("registry", "sqlite"): "SELECT revision FROM public_revision WHERE name = ?",
    ("registry", "postgresql"): "SELECT revision FROM public_revision WHERE name = %s",
}


def tag_for(etag: str, encoding: str) -> str:
    """Return the strong ETag of one encoding of a body, with its quotes."""
    return f'"{etag}"' if encoding == "identity" else f'"{etag}-{encoding}"'


def _bodies(body: bytes, content_type: str) -> dict[str, bytes]:
    bodies = {"identity": body}
    if len(body) > 600 and content_type.startswith(_COMPRESSIBLE):
        bodies["br"] = brotli.compress(body, quality=5)
        bodies["gzip"] = gzip.compress(body, compresslevel=6, mtime=0)
    return bodies


def init_public_bodies(app: Flask) -> None:
    """Put the shelf in front of the application."""
    shelf = PublicBodies(app, app.wsgi_app)
    app.extensions["forum.public_bodies"] = shelf
    app.wsgi_app = shelf  # type: ignore[method-assign]

    @app.after_request
    def keep(response: Response) -> Response:
        promise: PublicBody | None = g.get("public_body")
        if promise is None or response.status_code != 200 or response.is_streamed:
            return response
        if "Set-Cookie" in response.headers:
            return response
        body = response.get_data()
        etag = hashlib.sha256(body).hexdigest()[:32]
        headers = response.headers
        headers["Cache-Control"] = f"public, max-age={promise.max_age}" if promise.max_age else "no-cache"
        headers["Vary"] = "Accept-Encoding, Cookie"
        if promise.changed_at is not None:
            headers["Last-Modified"] = format_datetime(promise.changed_at, usegmt=True)
        headers.pop("Content-Length", None)
        kept = _Kept(
            kind=promise.kind,
            slug=promise.slug,
            revision=promise.revision,
            until=promise.until.timestamp() if promise.until else float("inf"),
            etag=etag,
            status=response.status,
            headers=[(k, v) for k, v in headers.items() if k not in {"ETag", "Date", "Server", "X-Request-Id"}],
            bodies=_bodies(body, response.content_type or ""),
        )
        if remember := request.environ.get("forum.keep"):
            remember(kept)
        encoding = encoding_of(request.headers.get("Accept-Encoding", ""))
        if encoding not in kept.bodies:
            encoding = "identity"
        tag = tag_for(etag, encoding)
        headers["ETag"] = tag
        if etags_match(request.headers.get("If-None-Match", ""), tag):
            response.status_code = 304
            response.set_data(b"")
            headers.pop("Content-Type", None)
            headers.pop("Content-Length", None)
            return response
        if encoding != "identity":
            headers["Content-Encoding"] = encoding
            response.set_data(kept.bodies[encoding])
        return response
