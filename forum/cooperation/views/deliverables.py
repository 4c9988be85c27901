"""Planning a deliverable, the steps of its life, and the standards that a partnership works with."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import DeliverableForm, ReasonForm, StandardForm
from forum.cooperation.operations import linking, planning
from forum.cooperation.permissions import PARTY
from forum.cooperation.queries import plan
from forum.cooperation.states import DELIVERABLE_LIFE
from forum.cooperation.views.blueprint import attempt, back, doing, form_page, pages, partnership
from forum.core.refusals import spoken

_HERE = "/desk/partnerships/<case_id>/plan/deliverables"


@pages.page(f"{_HERE}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_deliverable(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Plan a deliverable."""
    form = DeliverableForm().offer()
    title = _("Plan a deliverable")
    if not form.validate_on_submit():
        return form_page(form, title, title)

    def deed() -> None:
        planning.plan_deliverable(partnership(), form.output(), **doing())

    refused = attempt(form, deed, _("The deliverable is planned."))
    return form_page(form, title, title, refused) if refused else back()


@pages.page(f"{_HERE}/<deliverable_id>/steps/<action>", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def deliverable_step(case_id: str, deliverable_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001
    """Begin, deliver, accept, hand back or drop."""
    row = plan.deliverable(partnership().id, deliverable_id)
    step = next((one for one in DELIVERABLE_LIFE.rows if one.action == action), None)
    if row is None or step is None:
        abort(404)
    form = ReasonForm(data={"version": row.version})
    if not step.needs_reason:
        del form.reason
    title = str(spoken(step.label, _))
    if not form.validate_on_submit():
        return form_page(form, title, title)

    def deed() -> None:
        reason = (form.reason.data or "") if step.needs_reason else ""
        planning.move_deliverable(row, action, reason=reason, seen=form.seen, **doing())

    refused = attempt(form, deed, _("The step is recorded."))
    return form_page(form, title, title, refused) if refused else back()


@pages.page("/desk/partnerships/<case_id>/plan/standards/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_standard(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Name a standard that the partnership works with."""
    form = StandardForm()
    title = _("Name a standard")
    lead = _("Such as ISO 37101:2016, GB/T 36749-2018 or ITU-T Y.4900, however it is typed.")
    if not form.validate_on_submit():
        return form_page(form, title, title, lead=lead)

    def deed() -> None:
        linking.link_standard(partnership(), form.standard.data or "", **doing())

    refused = attempt(form, deed, _("The standard is named."))
    return form_page(form, title, title, refused, lead=lead) if refused else back()
