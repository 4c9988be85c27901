"""The register of what is owed."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.liaisons.forms import HandOverForm, SeenStepForm
from forum.liaisons.operations import answering
from forum.liaisons.permissions import LIAISON_DESK, OBLIGATION, current_obligation
from forum.liaisons.queries import obligations as reading
from forum.liaisons.queries.mirrors import answering as answering_for
from forum.liaisons.queries.mirrors import owners
from forum.liaisons.queries.statements import groups_of
from forum.liaisons.states import OBLIGATION_LIFE, OBLIGATION_STATES
from forum.liaisons.views.blueprint import PAGE, attempt, doing, form_page, page_asked, pages, standing
from forum.liaisons.views.public import deadline_of
from forum.web.viewer import now

SHOWN = ("open", "mine", "overdue", "done", "all")


@pages.page("/desk/liaisons/obligations/", policy=LIAISON_DESK)
def obligations() -> ResponseReturnValue:
    """Who owes which answer by when, and how fast answers were given."""
    asked = request.args.get("show", "open")
    show, number, mine, at = asked if asked in SHOWN else "open", page_asked(), standing(), now()
    rows, count = reading.page(show, mine, at, offset=(number - 1) * PAGE, limit=PAGE)
    return render_template(
        "liaisons/obligations.html",
        rows=rows,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        show=show,
        figures=reading.figures_for(mine, at),
        now=at,
        deadline_of=deadline_of,
        obligation_states=OBLIGATION_STATES,
        address=lambda page: url_for("liaisons.obligations", show=show, **({"page": page} if page > 1 else {})),
    )


def _page(status: int = 200, life: SeenStepForm | None = None) -> ResponseReturnValue:
    row, mine = current_obligation(), standing()
    page = render_template(
        "liaisons/obligation.html",
        row=row,
        steps=OBLIGATION_LIFE.lawful(row.state, answering.roles_towards(row, mine)),
        hands_over=row.is_owed and (mine.nation or mine.officer or row.owner_id == mine.account_id),
        drafts=mine.drafts,
        deadline_of=deadline_of,
        obligation_states=OBLIGATION_STATES,
        life=life,
        now=now(),
    )
    return page, status


@pages.page("/desk/liaisons/obligations/<obligation_id>", policy=OBLIGATION)
def obligation(obligation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """One answer that is owed."""
    return _page()


@pages.page("/desk/liaisons/obligations/<obligation_id>/step", policy=OBLIGATION, methods=("POST",), soft_csrf=True)
def obligation_step(obligation_id: str) -> ResponseReturnValue:
    """Take one step in the life of an obligation."""
    row, form = current_obligation(), SeenStepForm()
    form.speaks_of(OBLIGATION_LIFE)
    if not form.validate():
        return _page(422, form)
    said = _("The step is recorded.")
    if refused := attempt(form, lambda: answering.move(row, form.taken, form.why, seen=form.seen, **doing()), said):
        return _page(refused.status, form)
    return redirect(url_for("liaisons.obligation", obligation_id=obligation_id), 303)


@pages.page(
    "/desk/liaisons/obligations/<obligation_id>/hand-over",
    policy=OBLIGATION,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def hand_over(obligation_id: str) -> ResponseReturnValue:
    """Give the obligation to another person."""
    row = current_obligation()
    nationals = {one for each in answering_for(groups_of(row.statement), now()).values() for one in each}
    people = owners(nationals, now())
    form = HandOverForm(data={"version": row.version, "owner": row.owner.public_id}).offer(people)
    title, back = _("Hand the answer over"), url_for("liaisons.obligation", obligation_id=obligation_id)
    if not form.validate_on_submit():
        return form_page(form, title, _("Hand over"), way_back=back)
    chosen = next(one for one in people if one.public_id == form.owner.data)
    said = _("The answer is handed over. The new owner has been written to.")
    if refused := attempt(form, lambda: answering.hand_over(row, chosen, seen=form.seen, **doing()), said):
        return form_page(form, title, _("Hand over"), refused, way_back=back)
    return redirect(back, 303)
