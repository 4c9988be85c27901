"""Planning an activity, and the steps of its life."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import ActivityForm, ActivityStepForm, DecisionForm
from forum.cooperation.models import ACTIVITY_KINDS, DECISIONS, PARTICIPANT_ROLES, STAGES, Activity
from forum.cooperation.operations import activities
from forum.cooperation.permissions import DECIDERS, PARTY, PLAN
from forum.cooperation.queries import activities as reading
from forum.cooperation.queries import evidence
from forum.cooperation.rules.times import locals_of
from forum.cooperation.states import ACTIVITY_LIFE, ACTIVITY_STATES, OPEN_ACTIVITIES, ActivityState
from forum.cooperation.views.blueprint import address, attempt, back, doing, form_page, pages, partnership, title_of
from forum.core.refusals import spoken
from forum.partnerships.permissions import current_case, my_standing
from forum.web.language import current_language

_HERE = "/desk/partnerships/<case_id>/plan/activities"


def _found(activity_id: str) -> Activity:
    row = reading.one(partnership().id, activity_id)
    if row is None:
        abort(404)
    return row


def _form(row: Activity | None = None) -> ActivityForm:
    zones = {
        party.city.zone_name or "Asia/Shanghai": party.city.tr("name", current_language()).text
        for party in partnership().parties
    }
    form = ActivityForm(obj=row, data={"version": row.version} if row else None)
    return form.offer(zones.items())


@pages.page(f"{_HERE}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_activity(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Plan an activity."""
    form = _form()
    title, submit = _("Plan an activity"), _("Plan the activity")
    if not form.validate_on_submit():
        return form_page(form, title, submit)
    refused = attempt(
        form, lambda: activities.plan(partnership(), form.plan(), **doing()), _("The activity is planned.")
    )
    return form_page(form, title, submit, refused) if refused else back()


@pages.page(f"{_HERE}/<activity_id>", policy=PLAN)
def activity(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """One activity on the clocks of both sides, with its people, money and next steps."""
    row, one, standing = _found(activity_id), partnership(), my_standing()
    zones = [party.city.zone_name or "Asia/Shanghai" for party in one.parties]
    return render_template(
        "cooperation/activity.html",
        case=current_case(),
        one=one,
        row=row,
        party=bool(standing.parties),
        decides=row.state in OPEN_ACTIVITIES and activities.may_decide(standing),
        rates=bool(standing.parties) and row.state is ActivityState.HELD,
        continued=reading.continued_by(row),
        steps=ACTIVITY_LIFE.lawful(row.state, {"liaison"}) if standing.parties else (),
        spans=list(zip(one.parties, [locals_of(row.begins_at, row.ends_at, [zone])[0] for zone in zones], strict=True)),
        counted=evidence.counted(row.reference),
        kinds=ACTIVITY_KINDS,
        states=ACTIVITY_STATES,
        decisions=DECISIONS,
        roles=PARTICIPANT_ROLES,
        stages=STAGES,
    )


@pages.page(f"{_HERE}/<activity_id>/change", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def change_activity(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Change what is planned."""
    row = _found(activity_id)
    form = _form(row)
    title, submit, here = _("Change the activity"), _("Save"), address("activity", activity_id=activity_id)
    if not form.validate_on_submit():
        return form_page(form, title, submit, way_back=here)

    def deed() -> None:
        activities.change(row, form.plan(), seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The activity is changed.")):
        return form_page(form, title, submit, refused, way_back=here)
    return back("activity", activity_id=activity_id)


@pages.page(f"{_HERE}/<activity_id>/steps/<action>", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def activity_step(case_id: str, activity_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001
    """Begin, record as held, or cancel."""
    row = _found(activity_id)
    step = next((one for one in ACTIVITY_LIFE.rows if one.action == action), None)
    if step is None:
        abort(404)
    form = ActivityStepForm(data={"version": row.version})
    form.ask(action)
    title, here = str(spoken(step.label, _)), address("activity", activity_id=activity_id)
    if not form.validate_on_submit():
        return form_page(form, title, title, way_back=here)

    def deed() -> None:
        held = form.held() if action == "hold" else activities.NOT_HELD
        reason = form.reason.data or "" if action == "cancel" else ""
        activities.perform(row, action, held=held, reason=reason, seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The step is recorded.")):
        return form_page(form, title, title, refused, way_back=here)
    return back("activity", activity_id=activity_id)


@pages.page(f"{_HERE}/<activity_id>/decision", policy=DECIDERS, methods=("GET", "POST"), soft_csrf=True)
def decide_activity(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Say what becomes of an open activity before the agreement is suspended or terminated."""
    row = _found(activity_id)
    there = {each.public_id: each for each in reading.arrangements_for(row)}
    chosen = row.transferred_to.public_id if row.transferred_to else ""
    form = DecisionForm(data={"version": row.version, "decision": row.decision, "there": chosen})
    form.offer((key, f"{each.number} {title_of(each)}") for key, each in there.items())
    title, here = _("What becomes of the activity"), address("activity", activity_id=activity_id)
    lead = _("Before an agreement is suspended or terminated, each open activity is finished, transferred or stopped.")
    if not form.validate_on_submit():
        return form_page(form, title, _("Record the decision"), way_back=here, lead=lead)

    def deed() -> None:
        activities.decide(row, form.chosen, transferred_to=there.get(form.there.data or ""), **doing())

    if refused := attempt(form, deed, _("The decision is recorded.")):
        return form_page(form, title, _("Record the decision"), refused, way_back=here, lead=lead)
    return back("activity", activity_id=activity_id)
