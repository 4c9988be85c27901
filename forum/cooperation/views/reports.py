"""Writing a report and answering it."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import ReasonForm, ReportForm
from forum.cooperation.models import REPORT_KINDS, Report, ReportKind
from forum.cooperation.operations import reporting
from forum.cooperation.operations.acting import roles_towards
from forum.cooperation.permissions import PARTY, PLAN
from forum.cooperation.queries import activities
from forum.cooperation.queries import reports as reading
from forum.cooperation.states import REPORT_LIFE, REPORT_STATES
from forum.cooperation.views.blueprint import (
    address,
    attempt,
    back,
    doing,
    form_page,
    named,
    pages,
    partnership,
)
from forum.core.refusals import spoken
from forum.partnerships.permissions import current_case, my_standing

_HERE = "/desk/partnerships/<case_id>/plan/reports"


def _found(report_id: str) -> Report:
    row = reading.one(partnership().id, report_id, my_standing())
    if row is None:
        abort(404)
    return row


def _form(row: Report | None = None) -> ReportForm:
    data = {"version": row.version, "activity": row.activity.public_id if row.activity else ""} if row else None
    return ReportForm(obj=row, data=data).offer(named(activities.of_partnership(partnership().id), by="public_id"))


def _account(form: ReportForm) -> reporting.Account:
    chosen = form.activity.data
    return reporting.Account(
        ReportKind(form.kind.data),
        form.period_from.data,
        form.period_to.data,
        form.text("promised"),
        form.text("done"),
        form.text("not_done"),
        activities.one(partnership().id, chosen) if chosen else None,
    )


@pages.page(f"{_HERE}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_report(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Begin a report of one's own side."""
    form = _form()
    title, submit = _("Write a report"), _("Save the draft")
    if not form.validate_on_submit():
        return form_page(form, title, submit)
    refused = attempt(form, lambda: reporting.write(partnership(), _account(form), **doing()), _("The draft is saved."))
    return form_page(form, title, submit, refused) if refused else back()


@pages.page(f"{_HERE}/<report_id>", policy=PLAN)
def report(case_id: str, report_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """One report with what the counterpart says to it."""
    row = _found(report_id)
    roles = roles_towards(row.written_by, partnership(), my_standing())
    return render_template(
        "cooperation/report.html",
        case=current_case(),
        one=partnership(),
        row=row,
        steps=REPORT_LIFE.lawful(row.state, roles),
        writes="author" in roles and row.state in reporting.WRITABLE,
        kinds=REPORT_KINDS,
        states=REPORT_STATES,
    )


@pages.page(f"{_HERE}/<report_id>/change", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def change_report(case_id: str, report_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Correct a report that isn't with the counterpart."""
    row = _found(report_id)
    form = _form(row)
    title, submit, here = _("Correct the report"), _("Save"), address("report", report_id=report_id)
    if not form.validate_on_submit():
        return form_page(form, title, submit, way_back=here)

    def deed() -> None:
        reporting.rewrite(row, _account(form), seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The report is corrected.")):
        return form_page(form, title, submit, refused, way_back=here)
    return back("report", report_id=report_id)


@pages.page(f"{_HERE}/<report_id>/steps/<action>", policy=PLAN, methods=("GET", "POST"), soft_csrf=True)
def report_step(case_id: str, report_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001
    """Submit, confirm, dissent, accept or return."""
    row = _found(report_id)
    step = next((one for one in REPORT_LIFE.rows if one.action == action), None)
    if step is None:
        abort(404)
    form = ReasonForm(data={"version": row.version})
    if not step.needs_reason:
        del form.reason
    title, here = str(spoken(step.label, _)), address("report", report_id=report_id)
    if not form.validate_on_submit():
        return form_page(form, title, title, way_back=here)

    def deed() -> None:
        reason = (form.reason.data or "") if step.needs_reason else ""
        reporting.perform(row, action, reason=reason, seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The step is recorded.")):
        return form_page(form, title, title, refused, way_back=here)
    return back("report", report_id=report_id)
