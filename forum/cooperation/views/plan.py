"""The plan of a partnership: how alive it is, how far it has come, and everything that is under way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import MilestoneForm
from forum.cooperation.models import (
    ACTIVITY_KINDS,
    COMPLETION_RULES,
    DECISIONS,
    DELIVERABLE_KINDS,
    EVIDENCE_KINDS,
    EVIDENCE_VERDICTS,
    REPORT_KINDS,
    SESSION_TIES,
    Milestone,
)
from forum.cooperation.operations import planning
from forum.cooperation.operations.acting import IN_FORCE, roles_towards
from forum.cooperation.permissions import PARTY, PLAN
from forum.cooperation.queries import activities, assessments, evidence, linking, plan, pulse, reports
from forum.cooperation.rules.heartbeat import COLOURS, REVIVALS
from forum.cooperation.rules.milestones import percent
from forum.cooperation.rules.times import locals_of
from forum.cooperation.states import ACTIVITY_STATES, DELIVERABLE_LIFE, DELIVERABLE_STATES, REPORT_STATES
from forum.cooperation.views.blueprint import attempt, back, doing, form_page, named, pages, partnership
from forum.partnerships.permissions import current_case, my_standing
from forum.partnerships.queries.settings import terms
from forum.partnerships.rules.dates import today_in
from forum.web.viewer import now


def _renewal() -> tuple[date, date, bool] | None:
    """Return when the window for renewing opens, when the term ends, and whether it is open; of a term that runs."""
    case = current_case()
    if case.ends_on is None or case.state not in IN_FORCE:
        return None
    opens = case.ends_on - timedelta(days=terms().renewal_days)
    return opens, case.ends_on, opens <= today_in("", now())


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
            "rule": COMPLETION_RULES,
            "decision": DECISIONS,
        },
        revivals=REVIVALS,
        renewal=_renewal(),
    )


_MILESTONES = "/desk/partnerships/<case_id>/plan/milestones"


def _milestone_form(row: Milestone | None = None) -> MilestoneForm:
    one = partnership()
    form = MilestoneForm(obj=row)
    form.offer(named(activities.of_partnership(one.id), by="id"), named(plan.deliverables(one.id), by="id"))
    return form if row is None or form.sent else form.show(row)


def _milestone_page(
    form: MilestoneForm, title: str, submit: str, deed: Callable[[], object], said: str
) -> ResponseReturnValue:
    lead = _("A milestone is done when what is chosen here holds. Nobody types a percentage.")
    if not form.validate_on_submit():
        return form_page(form, title, submit, lead=lead)
    if refused := attempt(form, deed, said):
        return form_page(form, title, submit, refused, lead=lead)
    return back()


@pages.page(f"{_MILESTONES}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_milestone(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Set a milestone with its completion rule."""
    form = _milestone_form()

    def deed() -> None:
        planning.set_milestone(partnership(), form.aim(), **doing())

    return _milestone_page(form, _("Set a milestone"), _("Set the milestone"), deed, _("The milestone is set."))


@pages.page(f"{_MILESTONES}/<milestone_id>/change", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def change_milestone(case_id: str, milestone_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Change a milestone; whether it is done follows anew."""
    row = plan.milestone(partnership().id, milestone_id)
    if row is None:
        abort(404)
    form = _milestone_form(row)

    def deed() -> None:
        planning.change_milestone(row, form.aim(), seen=form.seen, **doing())

    return _milestone_page(form, _("Change the milestone"), _("Save"), deed, _("The milestone is changed."))
