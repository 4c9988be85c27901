"""The form token: checked once for every unsafe request.

A page marked ``soft_csrf`` shows a stale token as an error of its form, which keeps the entries.
"""

from __future__ import annotations

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf, validate_csrf
from wtforms import ValidationError

from forum.web.policy import SAFE


def init_csrf(app: Flask) -> None:
    """Install the check."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # bound to the session, not to the clock
    CSRFProtect(app)
    app.jinja_env.globals["csrf_token"] = generate_csrf

    @app.before_request
    def check() -> None:
        if request.method in SAFE or not request.endpoint or app.config.get("FORUM_TRUST_FORMS"):
            return
        view = current_app.view_functions.get(request.endpoint)
        if getattr(view, "capability_link", False):
            return
        token = request.form.get("csrf_token") or request.headers.get("X-CSRF-Token")
        try:
            validate_csrf(token)
        except ValidationError as stale:
            if getattr(view, "soft_csrf", False):
                g.csrf_failed = True
                return
            raise CSRFError(str(stale)) from stale
