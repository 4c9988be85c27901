"""Following comments: one's own, raising one again, and the figures."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.comments.forms import AgainForm
from forum.comments.models import COMMENT_KINDS, Comment
from forum.comments.operations.following import raise_again
from forum.comments.operations.steps import roles_of
from forum.comments.permissions import FIGURES, WRITERS, me
from forum.comments.queries import following as reading
from forum.comments.rules.dispositions import Disposition, Share, rate, rates_by
from forum.comments.states import AUTHOR, DECIDER, SENT
from forum.comments.views.blueprint import HERE, LABELS, TONES, attempt, doing, found, pages, show, title_of
from forum.committees.permissions import reach_of
from forum.core.refusals import spoken
from forum.web.policy import SIGNED_IN
from forum.web.viewer import now, viewer


@pages.page("/account/comments", policy=SIGNED_IN)
def mine() -> ResponseReturnValue:
    """My comments: whether each left the country, under which number, and what was decided."""
    rows = reading.mine(viewer().account_id or 0)
    return render_template(
        "comments/mine.html",
        rows=[(row, _carrier(row), title_of(row.ballot)) for row in rows],
        labels=LABELS,
        tones=TONES,
        sent=SENT,
        me=viewer().account_id,
    )


def _carrier(row: Comment) -> Comment:
    """Return the comment under whose number the words left: itself, or the one that it was merged into."""
    return row.merged_into if row.merged_into is not None else row


@pages.page(f"{HERE}/<comment_id>/again", policy=WRITERS, methods=("GET", "POST"), soft_csrf=True)
def again(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Raise a comment again in a later ballot of the same project."""
    row = found(comment_id)
    if not roles_of(row, me()) & {AUTHOR, DECIDER}:
        abort(404)
    ballots = {ballot.public_id: ballot for ballot in reading.later_ballots(row)}
    form = AgainForm().offer((key, title_of(ballot)) for key, ballot in ballots.items())
    if not form.validate_on_submit():
        return show("again", 422 if form.sent else 200, row=row, form=form, ballots=ballots)
    made: list[Comment] = []

    def deed() -> None:
        made.append(raise_again(row, ballots[form.ballot.data], form.argument.data or "", **doing()))

    if refused := attempt(form, deed, _("A draft is made. Check it, then hand it in.")):
        return show("again", refused.status, row=found(comment_id), form=form, ballots=ballots)
    if row.disposition == "rejected" and not made[0].argument:
        flash(_("It was rejected before. Add what is new, or it will be marked in the check."), "warning")
    to = {"ballot_id": form.ballot.data, "comment_id": made[0].public_id}
    return redirect(url_for("comments.edit_comment", **to), 303)


@pages.page("/desk/comments", policy=FIGURES)
def figures() -> ResponseReturnValue:
    """How much of what left was accepted: by unit, expert, committee and type, each with its count."""
    who = viewer()
    rows = [row for row in reading.answered(reach_of(who)) if row.disposition in set(Disposition)]

    def told(row: Comment) -> Disposition:
        return Disposition(row.disposition)

    groups: list[tuple[str, list[Share]]] = [
        (_("By committee"), rates_by(rows, lambda row: row.ballot.committee.reference, told)),
        (_("By type of comment"), rates_by(rows, lambda row: spoken(COMMENT_KINDS[str(row.kind)], _), told)),
        (_("By unit"), rates_by(rows, lambda row: row.unit or _("No unit named"), told)),
        (
            _("By expert"),
            rates_by(rows, lambda row: row.author.name if row.author else _("Somebody who has left"), told),
        ),
    ]
    return render_template("comments/figures.html", groups=groups, whole=rate(map(told, rows)), as_of=now())
