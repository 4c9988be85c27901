"""What each side notes of an activity: who took part, what it cost, how satisfied it is; and indicators."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import BudgetForm, IndicatorForm, ParticipantsForm, SatisfactionForm, ValueForm
from forum.cooperation.models import Activity, EvidenceVerdict, Stage
from forum.cooperation.operations import activities, reporting
from forum.cooperation.operations.acting import own_party
from forum.cooperation.permissions import PARTY
from forum.cooperation.queries import activities as reading
from forum.cooperation.queries import evidence as proving
from forum.cooperation.queries import reports
from forum.cooperation.views.blueprint import address, attempt, back, doing, form_page, pages, partnership
from forum.partnerships.models import Side
from forum.partnerships.permissions import my_standing

_HERE = "/desk/partnerships/<case_id>/plan/activities/<activity_id>"
_INDICATORS = "/desk/partnerships/<case_id>/plan/indicators"


def _found(activity_id: str) -> Activity:
    row = reading.one(partnership().id, activity_id)
    if row is None:
        abort(404)
    return row


def _side() -> Side:
    return own_party(partnership(), my_standing()).side


@pages.page(f"{_HERE}/participants", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def participants(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """How many took part from one's own side."""
    row, side = _found(activity_id), _side()
    there = {group.role: group for group in row.participants if group.side is side}
    known = {str(role): group.number for role, group in there.items()}
    known |= {f"{role}_women": group.women for role, group in there.items()}
    form = ParticipantsForm(data=known).name_roles()
    title, here = _("Participants of your side"), address("activity", activity_id=activity_id)
    lead = _("Numbers by role. Nobody is named.")
    if not form.validate_on_submit():
        return form_page(form, title, _("Save"), way_back=here, lead=lead)

    def deed() -> None:
        activities.count_participants(row, side, form.numbers(), **doing())

    if refused := attempt(form, deed, _("The numbers are saved.")):
        return form_page(form, title, _("Save"), refused, way_back=here, lead=lead)
    return back("activity", activity_id=activity_id)


@pages.page(f"{_HERE}/budget", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def budget(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """What one's own side plans to spend, or has spent."""
    row = _found(activity_id)
    form = BudgetForm().offer()
    title, here = _("Money of your side"), address("activity", activity_id=activity_id)
    lead = _("Each side notes its own, in its own currency. A new amount takes the former one’s place.")
    if not form.validate_on_submit():
        return form_page(form, title, _("Save"), way_back=here, lead=lead)

    def deed() -> None:
        activities.budget(row, Stage(form.stage.data), form.typed(), **doing())

    if refused := attempt(form, deed, _("The amount is saved.")):
        return form_page(form, title, _("Save"), refused, way_back=here, lead=lead)
    return back("activity", activity_id=activity_id)


@pages.page(f"{_HERE}/satisfaction", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def satisfaction(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """How satisfied one's own side is with an activity that was held."""
    row = _found(activity_id)
    ours = _side() is Side.DOMESTIC
    mark = row.satisfaction_domestic if ours else row.satisfaction_foreign
    known = {"mark": str(mark or ""), "remark": row.remark_domestic if ours else row.remark_foreign}
    form = SatisfactionForm(data=known).offer()
    title, here = _("How satisfied your side is"), address("activity", activity_id=activity_id)
    if not form.validate_on_submit():
        return form_page(form, title, _("Save"), way_back=here)

    def deed() -> None:
        activities.rate_satisfaction(row, int(form.mark.data), form.remark.data or "", **doing())

    if refused := attempt(form, deed, _("The mark is saved.")):
        return form_page(form, title, _("Save"), refused, way_back=here)
    return back("activity", activity_id=activity_id)


@pages.page(f"{_INDICATORS}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_indicator(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Set an indicator with its baseline and its target."""
    form = IndicatorForm()
    title = _("Set an indicator")
    if not form.validate_on_submit():
        return form_page(form, title, title)
    refused = attempt(
        form, lambda: reporting.set_outcome(partnership(), form.aim(), **doing()), _("The indicator is set.")
    )
    return form_page(form, title, title, refused) if refused else back()


@pages.page(f"{_INDICATORS}/<indicator_id>/values/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_value(case_id: str, indicator_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Write down what an indicator came to in a year."""
    one = partnership()
    row = next((each for each in reports.outcomes(one.id) if each.public_id == indicator_id), None)
    if row is None:
        abort(404)
    files = {
        each.public_id: each
        for each in proving.of_partnership(one.id, my_standing())
        if each.verdict is EvidenceVerdict.ACCEPTED
    }
    form = ValueForm().offer((key, each.file.filename) for key, each in files.items())
    title = _("Note the value of a year")
    lead = _("A value rests on evidence that has been accepted.")
    if not form.validate_on_submit():
        return form_page(form, title, title, lead=lead)

    def deed() -> None:
        reporting.measure(row, form.year.data, form.value.data or "", files[form.evidence.data], **doing())

    refused = attempt(form, deed, _("The value is noted."))
    return form_page(form, title, title, refused, lead=lead) if refused else back()
