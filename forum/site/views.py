"""The front page and the notices of the site."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from forum.events import queries as events
from forum.web.language import negotiated
from forum.web.policy import PUBLIC, Pages

pages = Pages("site", __name__)


@pages.page("/", policy=PUBLIC, language=False, endpoint="root")
def root() -> ResponseReturnValue:
    """Send the reader to their language: the only address that negotiates."""
    answer = redirect(url_for("site.home", lang=negotiated()), 302)
    assert isinstance(answer, Response)
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@pages.page("/", policy=PUBLIC)
def home() -> ResponseReturnValue:
    """The front page: the next forum first."""
    return render_template("site/home.html", forums=events.public_forums())
