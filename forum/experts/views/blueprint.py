"""The blueprint of experts, with what its pages share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import abort, request

from forum.committees.models import Committee
from forum.committees.national import national_committees
from forum.core.refusals import Refusal
from forum.core.text import clean_line
from forum.experts.models import CAPACITIES, EXPERT_ROLES
from forum.experts.permissions import my_standing
from forum.experts.rules.terms import TERM_STATES, term_state, today
from forum.experts.states import NOMINATION_STATES
from forum.web.forms import BaseForm
from forum.web.policy import Pages
from forum.web.viewer import now, viewer

pages = Pages("experts", __name__)
ZONE = "Asia/Shanghai"
LAST = 10_000
TONES = {
    "proposed": "wait",
    "unit_endorsed": "wait",
    "mirror_approved": "wait",
    "sac_approved": "wait",
    "submitted": "wait",
    "registered": "good",
    "ended": "past",
    "rejected": "stop",
    "withdrawn": "past",
}
TERM_TONES = {"coming": "wait", "running": "good", "soon": "wait", "over": "stop"}


def day() -> date:
    """Return today in Beijing."""
    return today(now())


def doing() -> dict[str, Any]:
    """Return who acts, as what, and when."""
    return {"standing": my_standing(), "actor": viewer().actor(), "now": now()}


def attempt(form: BaseForm, deed: Callable[[], Any]) -> int:
    """Try a deed; return 0 when it is done, else the status with which the form is shown again."""
    try:
        deed()
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        form.refuse(refusal)
        return refusal.status
    return 0


def page_asked() -> int:
    """Return the number of the page asked for, at least one."""
    return min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)


def text_asked() -> str:
    """Return what is looked for."""
    return clean_line(request.args.get("q", ""))[:100]


def own_committees() -> list[Committee]:
    """Return the national committees through which somebody nominates: their own, or all for the office."""
    standing = my_standing()
    found = national_committees()
    return [each for each in found if standing.office or each.id in standing.member_ids]


def common() -> dict[str, Any]:
    """Return the words that every page of this room speaks with."""
    return {
        "roles": EXPERT_ROLES,
        "capacities": CAPACITIES,
        "states": NOMINATION_STATES,
        "tones": TONES,
        "term_states": TERM_STATES,
        "term_tones": TERM_TONES,
        "term_of": lambda row: term_state(row.starts_on, row.ends_on, day()),
        "zone": ZONE,
    }
