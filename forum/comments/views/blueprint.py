"""The one blueprint of this room, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.ballots.models import Ballot
from forum.comments.models import COMMENT_KINDS, TRANSLATIONS, Comment
from forum.comments.permissions import current_ballot, me, my_standing
from forum.comments.queries import desk
from forum.comments.rules.dispositions import DISPOSITIONS, IN_NEXT
from forum.comments.rules.findings import Finding
from forum.comments.states import COMMENT_STATES
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.web.forms import BaseForm
from forum.web.language import current_language
from forum.web.policy import Pages
from forum.web.viewer import now, viewer

pages = Pages("comments", __name__)
HERE = "/ballots/<ballot_id>/comments"
LABELS: dict[str, dict[str, str]] = {
    "state": COMMENT_STATES,
    "kind": COMMENT_KINDS,
    "translation": TRANSLATIONS,
    "disposition": DISPOSITIONS,
    "in_next": IN_NEXT,
}
TONES: dict[str, str] = {
    "draft": "",
    "submitted": "wait",
    "in_review": "wait",
    "kept": "good",
    "merged": "past",
    "dropped": "stop",
    "withdrawn": "past",
    "exported": "good",
    "answered": "good",
    "verified_in_next": "good",
    "done": "past",
    "re_raised": "wait",
    "accepted": "good",
    "in_principle": "good",
    "partly": "wait",
    "noted": "",
    "rejected": "stop",
    "none": "stop",
    "machine": "wait",
    "reviewed": "good",
}


def doing() -> dict[str, Any]:
    """Return who does it and when, as every operation asks."""
    return {"actor": me(), "now": now()}


def found(comment_id: str) -> Comment:
    """Return the comment of this page, if it exists for the reader."""
    row = desk.one(current_ballot().id, comment_id, viewer().account_id)
    if row is None:
        abort(404)
    return row


def address(endpoint: str = "desk", **values: Any) -> str:
    """Return an address of this desk."""
    made: str = url_for(f"comments.{endpoint}", ballot_id=current_ballot().public_id, **values)
    return made


def back(endpoint: str = "desk", **values: Any) -> ResponseReturnValue:
    """Go back to a page of the desk."""
    return redirect(address(endpoint, **values), 303)


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


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in the reader's words."""

    level: str
    sentence: str
    place: str
    code: str
    url: str


def told(findings: Sequence[Finding], rows: Mapping[str, Comment] | None = None) -> list[Told]:
    """Return findings in the reader's words, each leading to the comment that it speaks of."""
    made = []
    for each in findings:
        row = (rows or {}).get(each.code)
        url = address("comment", comment_id=row.public_id) if row is not None else ""
        made.append(Told(str(each.level), each.say(_), each.place(_), each.code, url))
    return made


def title_of(ballot: Ballot) -> str:
    """Return what a ballot is about, in few words: the reference, else its title in the reader's language."""
    if ballot.standard is not None:
        return ballot.standard.reference
    own, other = ballot.title_en, ballot.title_zh
    if current_language() == "zh":
        own, other = other, own
    return own or other or ballot.committee.reference


def show(template: str, status: int = 200, **facts: Any) -> ResponseReturnValue:
    """Show a page of the desk with what all of them name."""
    ballot = current_ballot()
    page = render_template(
        f"comments/{template}.html",
        ballot=ballot,
        about=title_of(ballot),
        standing=my_standing(),
        labels=LABELS,
        tones=TONES,
        **facts,
    )
    return page, status
