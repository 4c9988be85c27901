"""The international result and the stage that follows."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.ballots.forms import DecisionForm, ResultForm
from forum.ballots.operations import results
from forum.ballots.permissions import KEEP_CASE, current_ballot
from forum.ballots.queries import cases
from forum.ballots.rules import terms as reading
from forum.ballots.rules.backplan import day_in_beijing
from forum.ballots.views.blueprint import attempt, back, ballot_form, doing, pages
from forum.standards.stages import stages
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.viewer import now

RESULT = "ballots/result.html"


@pages.page("/ballots/<ballot_id>/result", policy=KEEP_CASE, methods=("GET", "POST"), soft_csrf=True)
def enter_result(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Enter the tallies; the criteria are reckoned by the rule under which the ballot opened."""
    row = current_ballot()
    form = ResultForm(data={"version": row.version})
    terms = reading.read(row.rule.terms)
    form.ask([str(one) for one in terms.answers], [str(one["rule"]) for one in terms.criteria])
    title, submit = _("Enter the international result"), _("Reckon and save")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit, template=RESULT)

    def deed() -> None:
        results.enter_result(row, form.tallies(), source=form.source.data or "", seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The result is entered.")):
        return ballot_form(form, title, submit, refused, template=RESULT)
    return back()


@pages.page("/ballots/<ballot_id>/decision", policy=KEEP_CASE, methods=("GET", "POST"), soft_csrf=True)
def decide(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Declare the next stage: only those that follow lawfully from the result."""
    row = current_ballot()
    result = cases.result(row.id)
    found = results.reckoned(row, result) if result is not None else None
    if found is None or not found.decisions:
        abort(404)
    form = DecisionForm(data={"version": row.version, "on": day_in_beijing(now())})
    language = current_language()
    cells = stages()
    form.decision.choices = options(
        (code, f"{code} {cells[code].name.shown(language).text}") for code in found.decisions if code in cells
    )
    title, submit = _("Declare the next stage"), _("Declare the stage")
    lead = _("Only stages that follow lawfully from the result are offered.")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit, lead=lead)

    def deed() -> None:
        results.decide(row, form.decision.data, on=form.on.data, seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The next stage is declared.")):
        return ballot_form(form, title, submit, refused, lead=lead)
    return back()
