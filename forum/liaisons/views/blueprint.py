"""The one blueprint of this room, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.database import session
from forum.core.refusals import Refusal
from forum.liaisons.permissions import standing_of
from forum.liaisons.rules.seeing import Standing
from forum.web.forms import BaseForm
from forum.web.policy import Pages
from forum.web.viewer import now, viewer

pages = Pages("liaisons", __name__)
PAGE = 25
LAST = 10_000


def standing() -> Standing:
    """Return what the reader of this page is to liaison work."""
    return standing_of(viewer())


def doing() -> dict[str, Any]:
    """Return who does it, in which standing and when, as every operation asks."""
    return {"standing": standing(), "actor": viewer().actor(), "now": now()}


def page_asked() -> int:
    """Return the page of a list that the address asks for."""
    return min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)


def attempt(form: BaseForm, deed: Callable[[], object], said: str) -> Refusal | None:
    """Do the deed and say so, or bring the refusal to its field and return it."""
    try:
        deed()
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        session.rollback()
        form.refuse(refusal)
        return refusal
    flash(said, "success")
    return None


def form_page(
    form: BaseForm, title: str, submit: str, refused: Refusal | None = None, *, way_back: str, lead: str = ""
) -> ResponseReturnValue:
    """Show a form on a page of its own."""
    status = refused.status if refused else 422 if form.sent else 200
    page = render_template(
        "liaisons/form.html",
        form=form,
        title=title,
        submit=submit,
        lead=lead,
        way_back=way_back,
        files=any(field.type == "FileField" for field in form),
    )
    return page, status
