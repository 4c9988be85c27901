"""The steps of a case: position, warnings, approvals, the vote, the closing day, an incident."""

from __future__ import annotations

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.ballots.errors import GuardObjects
from forum.ballots.forms import (
    BallotForm,
    ClosingForm,
    PositionForm,
    ReasonForm,
    ReceiptForm,
    ReportForm,
    StepOnlyForm,
)
from forum.ballots.operations import opening, performing, positions, voting
from forum.ballots.permissions import KEEP_CASE, LEAD, SUBMIT, TAKE_STEP, WRITE_POSITION, current_ballot, current_roles
from forum.ballots.queries import cases, guarding
from forum.ballots.rules import terms as reading
from forum.ballots.rules.coherence import Level, say
from forum.ballots.states import CASE_LIFE
from forum.ballots.views.blueprint import attempt, back, ballot_form, doing, pages, upload
from forum.core.refusals import Refusal, spoken
from forum.web.viewer import now

_ELSEWHERE = frozenset({"begin_enquiry", "submit", "close", "miss"})


@pages.page("/ballots/<ballot_id>/steps/<action>", policy=TAKE_STEP, methods=("GET", "POST"), soft_csrf=True)
def take_step(ballot_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Take a step of the table, with a reason where it needs one."""
    step = next((one for one in CASE_LIFE.rows if one.action == action), None)
    if step is None or action in _ELSEWHERE:
        abort(404)
    row = current_ballot()
    kind: type[BallotForm] = ReasonForm if step.needs_reason else StepOnlyForm
    form = kind(data={"version": row.version})
    title = str(spoken(step.label, _))
    lead = _("The reason stands in the history of the case, with your name.") if step.needs_reason else ""
    if not form.validate_on_submit():
        return ballot_form(form, title, title, lead=lead)

    def deed() -> None:
        reason = form.reason.data or "" if isinstance(form, ReasonForm) else ""
        performing.perform(row, action, reason=reason, seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The step is recorded.")):
        return ballot_form(form, title, title, refused, lead=lead, ways=_ways_on(refused))
    return back()


def _ways_on(refused: Refusal) -> list[tuple[str, str]]:
    """Return where an objection of the coherence guard is answered."""
    if not isinstance(refused, GuardObjects):
        return []
    key, roles = current_ballot().public_id, current_roles()
    if refused.found.level is Level.WARN and roles & {"chair", "office"}:
        way = url_for("ballots.sign_warning", ballot_id=key, code=refused.found.code)
        return [(_("Answer with a signed reason"), way)]
    if roles & {"secretary", "chair"}:
        return [(_("Write the position"), url_for("ballots.write_position", ballot_id=key))]
    return []


@pages.page("/ballots/<ballot_id>/position", policy=WRITE_POSITION, methods=("GET", "POST"), soft_csrf=True)
def write_position(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Write the position in both languages."""
    row = current_ballot()
    terms, before = reading.read(row.rule.terms), cases.position(row.id)
    given: dict[str, object] = {"version": row.version}
    if before is not None:
        given |= {**before.details, "answer": before.answer}
        given |= {"reason_en": before.reason_en, "reason_zh": before.reason_zh}
    form = PositionForm(data=given).about(before).ask((str(one) for one in terms.answers), terms.asks)
    title, submit = _("Write the position"), _("Save the position")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit)

    def deed() -> None:
        said = positions.Wording(form.answer.data, form.text("reason"), form.details())
        positions.draft(row, said, seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The position is written and waits for approval.")):
        return ballot_form(form, title, submit, refused)
    return back()


@pages.page("/ballots/<ballot_id>/warnings/<code>", policy=LEAD, methods=("GET", "POST"), soft_csrf=True)
def sign_warning(ballot_id: str, code: str) -> ResponseReturnValue:  # noqa: ARG001
    """Answer a warning of the coherence guard with a signed reason."""
    row = current_ballot()
    wording = cases.position(row.id)
    found = guarding.objections(row, wording, now()) if wording is not None else ()
    warning = next((one for one in found if one.code == code and one.level is Level.WARN), None)
    if warning is None:
        abort(404)
    form = ReasonForm(data={"version": row.version})
    title, lead = _("Answer the warning"), say(warning, _)
    if not form.validate_on_submit():
        return ballot_form(form, title, _("Sign"), lead=lead)

    def deed() -> None:
        positions.sign_warning(row, code, form.reason.data or "", seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The reason is signed.")):
        return ballot_form(form, title, _("Sign"), refused, lead=lead)
    return back()


@pages.page("/ballots/<ballot_id>/compressed", policy=LEAD, methods=("GET", "POST"), soft_csrf=True)
def sign_compressed(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Sign for an enquiry that is shorter than it must be."""
    row = current_ballot()
    form = ReasonForm(data={"version": row.version})
    title = _("Sign for a short enquiry")
    if not form.validate_on_submit():
        return ballot_form(form, title, _("Sign"))

    def deed() -> None:
        performing.sign_compressed(row, reason=form.reason.data or "", seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The reason is signed.")):
        return ballot_form(form, title, _("Sign"), refused)
    return back()


@pages.page("/ballots/<ballot_id>/vote", policy=SUBMIT, methods=("GET", "POST"), soft_csrf=True)
def submit_vote(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Record the vote that was submitted abroad, with its receipt."""
    row = current_ballot()
    form = ReceiptForm(data={"version": row.version})
    title, submit = _("Submit the vote"), _("Record the vote")
    lead = _("Vote in the tool of the committee first, then attach its receipt. The latest vote counts.")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit, lead=lead)

    def deed() -> None:
        voting.submit(row, upload("receipt"), seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The vote is recorded.")):
        return ballot_form(form, title, submit, refused, lead=lead)
    return back()


@pages.page("/ballots/<ballot_id>/closing", policy=KEEP_CASE, methods=("GET", "POST"), soft_csrf=True)
def move_closing(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Move the closing day; what isn't done is planned again."""
    row = current_ballot()
    form = ClosingForm(data={"version": row.version, "closes_on": row.closes_at.date()})
    title, submit = _("Move the closing day"), _("Move it and plan again")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit)

    def deed() -> None:
        opening.redate(row, form.closes_on.data, reason=form.reason.data or "", seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The closing day has moved, and the undone steps are planned again.")):
        return ballot_form(form, title, submit, refused)
    return back()


@pages.page("/ballots/<ballot_id>/incident", policy=KEEP_CASE, methods=("GET", "POST"), soft_csrf=True)
def report_incident(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Say how a ballot came to be missed."""
    row = current_ballot()
    incident = cases.incident(row.id)
    if incident is None:
        abort(404)
    form = ReportForm(data={"version": incident.version, "report": incident.report})
    title, submit = _("Incident report"), _("Save the report")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit)

    def deed() -> None:
        performing.report_incident(row, form.report.data or "", seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The report is saved.")):
        return ballot_form(form, title, submit, refused)
    return back()
