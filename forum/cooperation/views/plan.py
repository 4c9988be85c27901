"""The plan of a partnership: how alive it is, how far it has come, and everything that is under way."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import MilestoneForm
from forum.cooperation.models import (
    ACTIVITY_KINDS,
    DELIVERABLE_KINDS,
    EVIDENCE_KINDS,
    EVIDENCE_VERDICTS,
    REPORT_KINDS,
    SESSION_TIES,
)
from forum.cooperation.operations import planning
from forum.cooperation.operations.acting import roles_towards
from forum.cooperation.permissions import PARTY, PLAN
from forum.cooperation.queries import activities, assessments, evidence, linking, plan, pulse, reports
from forum.cooperation.rules.heartbeat import COLOURS, REVIVALS
from forum.cooperation.rules.milestones import percent
from forum.cooperation.rules.times import locals_of
from forum.cooperation.states import ACTIVITY_STATES, DELIVERABLE_LIFE, DELIVERABLE_STATES, REPORT_STATES
from forum.cooperation.views.blueprint import attempt, back, doing, form_page, named, pages, partnership
from forum.partnerships.permissions import current_case, my_standing
from forum.web.viewer import now


@pages.page("/desk/partnerships/<case_id>/plan", policy=PLAN, endpoint="plan")
def show(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The whole plan on one page."""
    one, standing = partnership(), my_standing()
    reached = plan.progress_of(one.id)
    side = assessments.reading_side(one, standing.parties)
    zones = [party.city.zone_name or "Asia/Shanghai" for party in one.parties]
    held = activities.of_partnership(one.id)
    return render_template(
        "cooperation/plan.html",
        case=current_case(),
        one=one,
        standing=standing,
        party=bool(standing.parties),
        reviewer="national_reviewer" in standing.roles,
        pulse=pulse.heartbeats([one.id], now()).get(one.id),
        milestones=reached.milestones,
        percent=percent(reached.part),
        activities=[(row, locals_of(row.begins_at, row.ends_at, zones)) for row in held],
        deliverables=[
            (row, DELIVERABLE_LIFE.lawful(row.state, roles_towards(row.owner, one, standing)))
            for row in plan.deliverables(one.id)
        ],
        evidence=evidence.of_partnership(one.id, standing),
        repeated=evidence.repeated(one.id),
        reports=reports.of_partnership(one.id, standing),
        outcomes=reports.outcomes(one.id),
        assessments=assessments.of_partnership(one, side, now()),
        sessions=linking.sessions_of(one.id),
        standards=linking.standards_of(one.id),
        labels={
            "activity_kind": ACTIVITY_KINDS,
            "activity_state": ACTIVITY_STATES,
            "deliverable_kind": DELIVERABLE_KINDS,
            "deliverable_state": DELIVERABLE_STATES,
            "evidence_kind": EVIDENCE_KINDS,
            "verdict": EVIDENCE_VERDICTS,
            "report_kind": REPORT_KINDS,
            "report_state": REPORT_STATES,
            "tie": SESSION_TIES,
            "colour": COLOURS,
        },
        revivals=REVIVALS,
    )


@pages.page("/desk/partnerships/<case_id>/plan/milestones/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_milestone(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Set a milestone with its completion rule."""
    one = partnership()
    form = MilestoneForm().offer(named(activities.of_partnership(one.id), by="id"))
    title = _("Set a milestone")
    lead = _("A milestone is done when all that is chosen here holds. Nobody types a percentage.")
    if not form.validate_on_submit():
        return form_page(form, title, _("Set the milestone"), lead=lead)

    def deed() -> None:
        aim = planning.Aim(form.text("title"), form.due_on.data, form.conditions(), form.weight.data)
        planning.set_milestone(one, aim, **doing())

    if refused := attempt(form, deed, _("The milestone is set.")):
        return form_page(form, title, _("Set the milestone"), refused, lead=lead)
    return back()
