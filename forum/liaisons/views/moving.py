"""What waits, and a statement on its way: steps, the preview before each sending, action taken."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import NotFound, Refusal
from forum.liaisons.forms import SeenStepForm, SendForm
from forum.liaisons.models import Direction
from forum.liaisons.operations import answering, moving
from forum.liaisons.permissions import LIAISON_DESK, STATEMENT_WORK, current_statement
from forum.liaisons.queries import obligations, statements
from forum.liaisons.states import INCOMING_LIFE, OUTGOING_LIFE, STATEMENT_STATES
from forum.liaisons.views.blueprint import PAGE, attempt, doing, page_asked, pages, standing
from forum.liaisons.views.public import WORDS, carried, deadline_of, statement_page, wanted
from forum.web.viewer import now


@pages.page("/desk/liaisons/", policy=LIAISON_DESK)
def desk() -> ResponseReturnValue:
    """What waits for somebody, and every statement that they may read."""
    asked, number, mine, at = wanted(), page_asked(), standing(), now()
    seen = statements.visible(mine, at)
    rows, count = statements.page(asked, seen, offset=(number - 1) * PAGE, limit=PAGE)
    kept = carried(asked)
    return render_template(
        "liaisons/desk.html",
        rows=rows,
        count=count,
        counts=statements.counts(seen),
        number=number,
        last=max(1, -(-count // PAGE)),
        wanted=asked,
        committees=statements.committees_named(seen),
        waiting=statements.waiting(mine, at),
        owed=obligations.page("mine", mine, at, offset=0, limit=10)[0],
        drafts=mine.drafts,
        records=mine.records,
        keeper=mine.nation,
        deadline_of=deadline_of,
        now=at,
        all_states=STATEMENT_STATES,
        address=lambda page: url_for("liaisons.desk", **kept, **({"page": page} if page > 1 else {})),
        **WORDS,
    )


@pages.page("/desk/liaisons/<statement_id>/step", policy=STATEMENT_WORK, methods=("POST",), soft_csrf=True)
def step(statement_id: str) -> ResponseReturnValue:
    """Take one step in the life of a statement."""
    one, form = current_statement(), SeenStepForm()
    form.speaks_of(OUTGOING_LIFE if one.direction is Direction.OUT else INCOMING_LIFE)
    if not form.validate():
        return statement_page(422, form)
    said = _("The step is recorded.")
    if refused := attempt(form, lambda: moving.move(one, form.taken, form.why, seen=form.seen, **doing()), said):
        return statement_page(refused.status, form)
    return redirect(url_for("liaisons.statement", statement_id=statement_id), 303)


@pages.page("/desk/liaisons/<statement_id>/send", policy=STATEMENT_WORK, methods=("GET", "POST"), soft_csrf=True)
def send(statement_id: str) -> ResponseReturnValue:
    """Read each mail before it goes out; sending may be repeated, and each time is kept."""
    one = current_statement()
    if "drafter" not in moving.roles_towards(one, standing(), now()):
        raise NotFound
    found = moving.letters(one)
    form = SendForm(data={"version": one.version, "read": moving.fingerprint(found)})
    back = url_for("liaisons.statement", statement_id=statement_id)
    refused: Refusal | None = None
    if form.validate_on_submit():
        read = str(form.read.data or "")
        said = _("The mails are on their way.")
        refused = attempt(form, lambda: moving.send(one, read, seen=form.seen, **doing()), said)
        if refused is None:
            return redirect(back, 303)
        one = current_statement()
        found = moving.letters(one)
        form.read.data, form.version.data = moving.fingerprint(found), str(one.version)
    page = render_template("liaisons/send.html", one=one, letters=found, form=form, way_back=back)
    return page, refused.status if refused else 422 if form.sent else 200


@pages.page("/desk/liaisons/<statement_id>/action-taken", policy=LIAISON_DESK, methods=("POST",), soft_csrf=True)
def action_taken(statement_id: str) -> ResponseReturnValue:
    """Say that what a statement asked for was done."""
    one = statements.one(statement_id, statements.visible(standing(), now()))
    if one is None or request.method != "POST":
        raise NotFound
    answering.take_action(one, **doing())
    flash(_("The action is recorded as taken."), "success")
    return redirect(url_for("liaisons.statement", statement_id=statement_id), 303)
