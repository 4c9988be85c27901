"""The pages of the glossary, and what they all speak with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from forum.core.database import session
from forum.core.refusals import Refusal
from forum.terms.operations.settling import ordered
from forum.terms.states import CERTAINTIES, SUBJECTS, USES
from forum.web.forms import BaseForm
from forum.web.policy import Pages
from forum.web.viewer import now, viewer

pages = Pages("terms", __name__)
TONES = {"preferred": "good", "admitted": "", "deprecated": "wait", "forbidden": "stop"}


def words() -> dict[str, Any]:
    """Return the words and the ways of printing that every page of the glossary needs."""
    return {
        "uses": USES,
        "certainties": CERTAINTIES,
        "subjects": SUBJECTS,
        "tones": TONES,
        "ordered": ordered,
        "zone": "Asia/Shanghai",
    }


def doing() -> dict[str, Any]:
    """Return who acts, and when."""
    return {"actor": viewer().actor(), "now": now()}


def show(template: str, status: int = 200, **facts: Any) -> ResponseReturnValue:
    """Draw a page of the room."""
    return render_template(f"terms/{template}.html", **words(), **facts), status


def attempt(form: BaseForm, deed: Callable[[], Any]) -> int:
    """Try a deed; return 0 when it is done, else the status with which the form is shown again."""
    try:
        deed()
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        session.rollback()
        form.refuse(refusal)
        return refusal.status
    return 0
