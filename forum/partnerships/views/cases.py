"""The pages of partnerships for those who hold an office: what waits, the case, its steps and its remarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agreements.rules.canonical import short_hash
from forum.cities.areas import areas
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.core.workflow import Transition
from forum.offices.models import LINES
from forum.partnerships.forms import ASKS, AnswerForm, RemarkForm, StepForm, hints
from forum.partnerships.models import (
    ANSWER_KINDS,
    ATTACHMENT_KINDS,
    CHANNELS,
    INSTRUMENTS,
    LEVELS,
    ORIGINS,
    PARTS,
    POINT_CATEGORIES,
    SEVERITIES,
    AgreementVersion,
    CaseOpinion,
    DelegatedApproval,
    Level,
    ReturnPoint,
)
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations import Done, perform, unlawful
from forum.partnerships.operations.consulting import may_consult
from forum.partnerships.operations.proposing import may_redraft
from forum.partnerships.operations.reviewing import answer_point, may_advise, may_allow, may_close, may_take_up
from forum.partnerships.operations.taking_part import kinds_for, remark
from forum.partnerships.permissions import CASE, OFFICERS, current_case, my_standing
from forum.partnerships.queries import comments
from forum.partnerships.queries.cases import delegation_of, open_review
from forum.partnerships.queries.consents import questions_for
from forum.partnerships.queries.consultations import answers, consultations_for
from forum.partnerships.queries.desk import (
    approvals_of,
    approved_already,
    cases_for,
    files_for,
    opinions_of,
    page_of,
    points_of,
    proposes,
)
from forum.partnerships.queries.due import answers_due
from forum.partnerships.queries.settings import terms
from forum.partnerships.queries.timeline import history_for
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.rules.turns import awaited
from forum.partnerships.states import LIFE, ROLES, VersionState
from forum.partnerships.views.blueprint import address_of, pages, shown, tone
from forum.partnerships.views.text import PRINTED_IN, may_start, reads_text
from forum.web.viewer import now, viewer

PAGE = 25
# Who takes one of these stands behind the text, and is told which.
STANDS_BEHIND = frozenset({"agree_text", "endorse", "approve", "approve_delegated"})


@pages.page("/desk/partnerships", policy=OFFICERS)
def cases() -> ResponseReturnValue:
    """What waits for this person, or everything that exists for them."""
    everything = request.args.get("show") == "all"
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), 10_000)
    query = cases_for(viewer(), waiting_on=None if everything else today_in("", now()))
    found, count = page_of(query, offset=(number - 1) * PAGE, limit=PAGE)
    return render_template(
        "partnerships/cases.html",
        found=found,
        count=count,
        everything=everything,
        may_propose=proposes(viewer()),
        number=number,
        last=max(1, -(-count // PAGE)),
        shown_state=shown,
        tone=tone,
        since=lambda version: today_in("", version.shared_since),
        instruments=INSTRUMENTS,
    )


def _steps() -> list[Transition]:
    return list(LIFE.lawful(current_case().state, my_standing().roles))


def _case_page(status: int = 200, *, form: RemarkForm | None = None) -> ResponseReturnValue:
    version, standing = current_case(), my_standing()
    inside = standing.inside
    points = points_of(version) if inside else ()
    asked = consultations_for(version, standing)
    return (
        render_template(
            "partnerships/case.html",
            case=version,
            one=version.partnership,
            state=shown(version),
            tone=tone(version),
            standing=standing,
            steps=_offered(),
            approvals=approvals_of(version) if inside and version.state is VersionState.NATIONAL_REVIEW else 0,
            approvals_needed=terms().approvals if inside else 0,
            next_step=awaited(version.state, standing),
            origins=ORIGINS,
            area_names=[area.name for code, area in areas().items() if code in version.partnership.areas],
            takes_up=may_take_up(version, standing),
            closes={point.public_id for point in points if may_close(point, standing)},
            opinions=opinions_of(version) if inside else (),
            advises=may_advise(version, standing),
            files=files_for(version, standing),
            attaches=kinds_for(version, standing),
            file_kinds=ATTACHMENT_KINDS,
            review=open_review(version) if inside else None,
            answers_by=answers_due(version) if inside else None,
            points=points,
            questions=questions_for(version, standing),
            redrafts=may_redraft(version, standing),
            consults=may_consult(version, standing),
            consultations=asked,
            awaited={each.public_id for each in asked if _answers_now(each)},
            overdue=_overdue(asked, standing),
            lines=LINES,
            allows=may_allow(version, standing),
            delegation=_delegation(version, standing),
            answers="city_liaison" in standing.roles and version.state == "returned",
            turns=history_for(version, standing)[::-1],
            since=(since := today_in("", version.state_since if inside else version.shared_since)),
            days=(today_in("", now()) - since).days,
            remarks=comments.comments_for(version, standing),
            remark_form=form or RemarkForm(formdata=None),
            may_remark=bool(standing.domestic or standing.foreign),
            reads_text=reads_text(standing),
            starts_text=may_start(version, standing),
            for_signature=version.state in PRINTED_IN,
            instruments=INSTRUMENTS,
            levels={str(level): name for level, name in LEVELS.items()},
            roles=ROLES,
            channels=CHANNELS,
            categories=POINT_CATEGORIES,
            parts=PARTS,
            severities=SEVERITIES,
            answer_kinds=ANSWER_KINDS,
        ),
        status,
    )


def _offered() -> list[Transition]:
    """Return the steps to offer: no approval that isn't delegated or was given, no new scans where none came back."""
    version, standing = current_case(), my_standing()
    hidden = set() if _delegation(version, standing) else {"approve_delegated"}
    if version.returned_from is not VersionState.SIGNED:
        hidden.add("replace_scan")
    if version.state is VersionState.NATIONAL_REVIEW and approved_already(version, viewer().account_id):
        hidden.add("approve")
    return [row for row in _steps() if row.action not in hidden]


def _delegation(version: AgreementVersion, standing: Standing) -> DelegatedApproval | None:
    """Return the delegation by which the province decides now, for the levels that it concerns."""
    reads = standing.reads_all or standing.domestic >= Level.PROVINCE
    return delegation_of(version, today_in("", now())) if reads and version.state == "province_review" else None


def _answers_now(asked: CaseOpinion) -> bool:
    return asked.given_on is None and answers(asked, viewer().account_id, now())


def _overdue(asked: Sequence[CaseOpinion], standing: Standing) -> set[str]:
    """Return the awaited opinions whose day has passed, for those who may go on without them."""
    if "national_reviewer" not in standing.roles:
        return set()
    today = today_in("", now())
    late = (each for each in asked if each.given_on is None and each.overdue_at is None)
    return {each.public_id for each in late if each.due_on is not None and each.due_on < today}


@pages.page("/desk/partnerships/<case_id>", policy=CASE)
def case(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """One case, as this reader may see it."""
    return _case_page()


@pages.page("/desk/partnerships/<case_id>/steps/<action>", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def step(case_id: str, action: str) -> ResponseReturnValue:
    """One step: what it asks for, then the deed itself."""
    version = current_case()
    row = next((one for one in _steps() if one.action == action), None)
    form = StepForm()
    if row is None:
        if action not in {one.action for one in LIFE.rows}:
            abort(404)
        raise unlawful(version, action, my_standing())  # whether the page is asked for or the form is sent
    if not form.sent:
        form.seen.data = version.stamp
        form.seen_hash.data = neighbours.text.fresh_hashes(version).both
        return _step_page(row, form, 200)
    if not form.validate():
        return _step_page(row, form, 422)
    try:
        done = perform(
            version,
            action,
            standing=my_standing(),
            actor=viewer().actor(),
            now=now(),
            reason=form.reason.data,
            seen=form.seen.data or None,
            given=form.given(),
        )
    except Refusal as refusal:
        session.rollback()
        session.refresh(version)
        form.refuse(refusal)
        return _step_page(row, form, refusal.status)
    _say(done)
    return redirect(address_of(case_id), 303)


def _say(done: Done) -> None:
    """Tell what came of a step."""
    if done.by_itself:
        flash(
            _("The case has moved on by itself, so this step was not taken: “%(state)s”.", state=shown(done.version)),
            "warning",
        )
    elif done.successor is not None:
        flash(_("A new version of the text is open for negotiation."), "success")
    elif done.moved:
        flash(_("The state is now “%(state)s”.", state=shown(done.version)), "success")
    else:
        flash(_("Your part is recorded. The others still have to take this step."), "success")


def _step_page(row: Transition, form: StepForm, status: int) -> ResponseReturnValue:
    version = current_case()
    whole = version.text_id is not None and row.action in STANDS_BEHIND and reads_text(my_standing())
    return (
        render_template(
            "partnerships/step.html",
            case=version,
            one=version.partnership,
            state=shown(version),
            row=row,
            form=form,
            digits=short_hash(form.seen_hash.data or "") if whole else "",
            hints=hints(),
            asked=[form[name] for name in ASKS.get(row.action, ()) if name != "points"],
            points=form.points if "points" in ASKS.get(row.action, ()) else None,
        ),
        status,
    )


@pages.page("/desk/partnerships/<case_id>/remarks", policy=CASE, methods=("POST",), soft_csrf=True)
def post_remark(case_id: str) -> ResponseReturnValue:
    """Post a remark in one of the two channels."""
    form = RemarkForm()
    if not form.validate():
        return _case_page(422, form=form)
    standing = my_standing()
    try:
        remark(
            current_case(),
            form.text.data or "",
            channel=form.chosen,
            standing=standing,
            actor=viewer().actor(),
            now=now(),
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return _case_page(refusal.status, form=form)
    flash(_("The remark is posted."), "success")
    return redirect(address_of(case_id), 303)


@pages.page("/desk/partnerships/<case_id>/points/<point_id>", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def point(case_id: str, point_id: str) -> ResponseReturnValue:
    """Answer one point of a return."""
    version, standing = current_case(), my_standing()
    mine = standing.inside and "city_liaison" in standing.roles and version.state == "returned"
    found = next((one for one in points_of(version) if one.public_id == point_id), None) if mine else None
    if found is None:
        abort(404)
    form = AnswerForm(kind=found.answer_kind, answer=found.answer)
    if not form.sent:
        return _point_page(found, form, 200)
    if not form.validate():
        return _point_page(found, form, 422)
    try:
        answer_point(found, form.chosen, form.answer.data or "", standing=standing, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        form.refuse(refusal)
        return _point_page(found, form, refusal.status)
    flash(_("The answer is recorded."), "success")
    return redirect(address_of(case_id), 303)


def _point_page(found: ReturnPoint, form: AnswerForm, status: int) -> ResponseReturnValue:
    version: Any = current_case()
    page = render_template(
        "partnerships/point.html",
        case=version,
        one=version.partnership,
        point=found,
        form=form,
        categories=POINT_CATEGORIES,
        parts=PARTS,
        severities=SEVERITIES,
    )
    return page, status
