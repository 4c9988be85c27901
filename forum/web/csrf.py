"""The form token: checked once for every unsafe request.

A page marked ``soft_csrf`` shows a stale token as an error of its form, which keeps the entries.  If such a
page goes on all the same, its work is undone and its answer replaced: no view can forget the token.
"""

from __future__ import annotations

from flask import Flask, current_app, g, request
from flask import session as form_session
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf, validate_csrf
from wtforms import ValidationError

from forum.core.database import session
from forum.web.errors import error_page
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

    @app.after_request
    def undo(response: Response) -> Response:
        if not g.get("csrf_failed") or response.status_code >= 400:
            return response
        session.rollback()
        g.writing = False
        form_session.pop("_flashes", None)
        sentence = _("This page was open too long. Check your entries and send again.")
        return app.make_response(error_page(400, sentence))
