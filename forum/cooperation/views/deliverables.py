"""Planning a deliverable, the steps of its life, and the standards and sessions that a partnership is tied to."""

from __future__ import annotations

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import DeliverableForm, ReasonForm, SessionForm, StandardForm
from forum.cooperation.models import SessionTie
from forum.cooperation.operations import linking, planning
from forum.cooperation.permissions import PARTY
from forum.cooperation.queries import linking as reading
from forum.cooperation.queries import plan
from forum.cooperation.states import DELIVERABLE_LIFE
from forum.cooperation.views.blueprint import attempt, back, doing, form_page, pages, partnership
from forum.core.refusals import NotFound, spoken
from forum.web.viewer import now

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


@pages.page(f"{_HERE}/<deliverable_id>/change", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def change_deliverable(case_id: str, deliverable_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Change what a deliverable is, or how far its standard has come."""
    row = plan.deliverable(partnership().id, deliverable_id)
    if row is None:
        abort(404)
    form = DeliverableForm(obj=row).offer()
    title = _("Change the deliverable")
    if not form.validate_on_submit():
        return form_page(form, title, _("Save"))

    def deed() -> None:
        planning.change_deliverable(row, form.output(), seen=form.seen, **doing())

    refused = attempt(form, deed, _("The deliverable is changed."))
    return form_page(form, title, _("Save"), refused) if refused else back()


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


@pages.page("/desk/partnerships/<case_id>/plan/sessions/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_session(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Say from which session of a forum the partnership came, or at which it was signed."""
    form = SessionForm().offer(reading.open_sessions(now()).values())
    title = _("Link a session of a forum")
    if not form.validate_on_submit():
        return form_page(form, title, title)

    def deed() -> None:
        held = reading.session_named(form.session.data or "", now())
        if held is None:
            raise NotFound
        linking.link_session(partnership(), held, SessionTie(form.tie.data), **doing())

    refused = attempt(form, deed, _("The session is linked."))
    return form_page(form, title, title, refused) if refused else back()


@pages.page("/desk/partnerships/<case_id>/plan/links/<link_id>/remove", policy=PARTY, methods=("POST",))
def remove_link(case_id: str, link_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a link to a standard or a session away."""
    link = reading.link_named(partnership().id, link_id)
    if link is None:
        abort(404)
    linking.unlink(partnership(), link, **doing())
    flash(_("The link is taken away."), "success")
    return back()
