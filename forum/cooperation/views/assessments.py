"""The yearly blind assessment: opening it, answering it, and the gap once it is open."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import AssessmentForm, AssessmentOpeningForm
from forum.cooperation.models import PRINCIPLES, Principle
from forum.cooperation.operations import assessing
from forum.cooperation.permissions import PARTY, PLAN
from forum.cooperation.queries import assessments as reading
from forum.cooperation.views.blueprint import address, attempt, back, doing, form_page, pages, partnership
from forum.partnerships.models import Side
from forum.partnerships.permissions import current_case, my_standing
from forum.partnerships.rules.dates import today_in
from forum.web.viewer import now

_HERE = "/desk/partnerships/<case_id>/plan/assessments"


@pages.page(f"{_HERE}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def open_assessment(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Open this year's assessment."""
    form = AssessmentOpeningForm()
    title = _("Open this year's assessment")
    if not form.validate_on_submit():
        return form_page(form, title, _("Open the assessment"))

    def deed() -> None:
        assessing.open_year(partnership(), today_in("", now()).year, form.due_on.data, **doing())

    if refused := attempt(form, deed, _("The assessment is open. Both sides have been written to.")):
        return form_page(form, title, _("Open the assessment"), refused)
    return back()


@pages.page(f"{_HERE}/<assessment_id>", policy=PLAN, methods=("GET", "POST"), soft_csrf=True)
def assessment(case_id: str, assessment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Answer for one's own side, or read what may be read."""
    one, standing = partnership(), my_standing()
    side = reading.reading_side(one, standing.parties)
    shown = reading.one(one, assessment_id, side, now())
    if shown is None:
        abort(404)
    form = AssessmentForm().name_principles()
    status = 200
    if form.sent:
        if form.validate():
            refused = attempt(
                form,
                lambda: assessing.answer(shown.assessment, form.marks(), **doing()),
                _("Your side's answer is recorded."),
            )
            if refused is None:
                return back("assessment", assessment_id=assessment_id)
            status = refused.status
        else:
            status = 422
    page = render_template(
        "cooperation/assessment.html",
        case=current_case(),
        one=one,
        shown=shown,
        form=form,
        fields=[(form[one], form[f"{one}_reason_en"], form[f"{one}_reason_zh"]) for one in Principle],
        answers=side is not None and not shown.answered and not shown.is_open,
        sides=[(each, _side_name(each)) for each in Side],
        principles=PRINCIPLES,
        way_back=address(),
    )
    return page, status


def _side_name(side: Side) -> str:
    return _("Chinese side") if side is Side.DOMESTIC else _("Foreign side")
