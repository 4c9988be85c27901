"""Error pages in the reader's language: what happened, and the way on."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, g, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from forum.core.database import session
from forum.core.refusals import N_, Refusal, StaleEdit
from forum.web import marks
from forum.web.requests import loggable
from forum.web.viewer import viewer

log = structlog.get_logger()

SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        N_("This request can't be read"),
        N_("Something in the address or the form isn't as expected. Go back and try again."),
    ),
    401: (N_("Please sign in"), N_("You were signed out. Sign in and send the form again.")),
    403: (N_("No access"), N_("You have no access to this page.")),
    404: (N_("Page not found"), N_("This page doesn't exist, or you may not see it.")),
    405: (N_("Not possible here"), N_("This address doesn't take this kind of request.")),
    409: (N_("Not possible now"), N_("The state of things has changed since you opened the page.")),
    410: (N_("No longer here"), N_("This address was withdrawn. Ask the organisers for a new one.")),
    413: (N_("Too large"), N_("The file or the form is too large.")),
    415: (N_("Not possible here"), N_("This address doesn't take this kind of request.")),
    422: (N_("Please check your entries"), N_("Something in the form isn't as expected. Go back and try again.")),
    429: (N_("Too many attempts"), N_("Please wait a few minutes and try again.")),
    500: (
        N_("Something went wrong"),
        N_("The fault is ours and was recorded. Nothing was saved. Please try again later."),
    ),
    503: (
        N_("We cannot save right now"),
        N_("Your text is kept in your browser. Please go back and try again in a moment."),
    ),
}


def error_page(status: int, sentence: str | None = None, **facts: Any) -> tuple[str, int]:
    """Return an error page."""
    title, default = SENTENCES.get(status, SENTENCES[500])
    g.public_body = None
    return (
        render_template(
            "errors/error.html",
            status=status,
            error_title=_(title),
            sentence=sentence or _(default),
            request_id=g.get("request_id", ""),
            **facts,
        ),
        status,
    )


def init_errors(app: Flask) -> None:
    """Install the pages."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        if error.code is None or error.code < 400:
            return error
        _roll_back()
        return error_page(error.code)

    @app.errorhandler(CSRFError)
    def stale_token(_error: CSRFError) -> Any:
        _roll_back()
        return error_page(400, _("This page was open too long. Check your entries and send again."))

    @app.errorhandler(Refusal)
    def refusal(error: Refusal) -> Any:
        _roll_back()
        return error_page(error.status, error.say(_))

    @app.errorhandler(StaleDataError)
    def stale(_error: StaleDataError) -> Any:
        _roll_back()
        return error_page(409, _(StaleEdit.message))

    @app.errorhandler(OperationalError)
    def storage(error: OperationalError) -> Any:
        _roll_back()
        log.error("database", error=type(error.orig).__name__, path=loggable(request.path))
        return error_page(503)

    @app.errorhandler(DataError)
    @app.errorhandler(OverflowError)
    def unfit(error: Exception) -> Any:
        """What no column can hold (a NUL, a number of twenty digits) was never written by a page of ours."""
        _roll_back()
        log.warning("unfit", path=loggable(request.path), kind=type(error).__name__)
        return error_page(400)

    @app.errorhandler(Exception)
    def fault(error: Exception) -> Any:
        _roll_back()
        log.error(
            "fault", path=loggable(request.path), account=viewer().public_id, kind=type(error).__name__, exc_info=error
        )
        if app.extensions["forum.settings"].testing:
            raise error
        return error_page(500)


def _roll_back() -> None:
    session.rollback()
    marks.forget()
    g.writing = False
