"""Security headers on every answer, and a nonce for the scripts of private pages.

Source: OWASP ASVS 5.0, V3.4.
"""

from __future__ import annotations

import secrets

from flask import Flask, g, request
from flask.wrappers import Response

from forum.web.language import LANGUAGES, current_language
from forum.web.viewer import settings


def csp_nonce() -> str:
    """Return the nonce of this answer; empty on public bodies, which are shared between readers."""
    if g.get("public_body"):
        return ""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy(nonce: str) -> str:
    """Return the policy: nothing inline, nothing from elsewhere."""
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
        "manifest-src 'self'"
    )


def init_headers(app: Flask) -> None:
    """Install the headers."""

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", content_security_policy(csp_nonce()))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        headers.setdefault("X-Frame-Options", "DENY")
        if settings().secure_cookies:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if "Cache-Control" not in headers and request.endpoint != "static":
            headers["Cache-Control"] = "no-store"
            headers.setdefault("Vary", "Cookie")
        if response.mimetype == "text/html":
            headers.setdefault("Content-Language", LANGUAGES[current_language()].tag)
        return response

    app.jinja_env.globals["csp_nonce_of"] = csp_nonce

    @app.context_processor
    def provide() -> dict[str, object]:
        return {"csp_nonce": csp_nonce()}
