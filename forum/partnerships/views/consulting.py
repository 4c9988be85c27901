"""Asking for an opinion, giving it, going on without it; and letting a level raise points late."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import Refusal
from forum.offices.models import LINES
from forum.partnerships.forms import ConsultationForm, ConsultForm, NewPointsForm
from forum.partnerships.models import CaseOpinion
from forum.partnerships.operations.consulting import answer_consultation, consult, mark_overdue, may_consult
from forum.partnerships.operations.reviewing import allow_new_points, may_allow
from forum.partnerships.permissions import CASE, current_case, my_standing
from forum.partnerships.queries.consultations import answers, consultation_for, experts, lines_with_reviewers
from forum.partnerships.queries.settings import terms
from forum.partnerships.views.blueprint import address_of, pages, refused
from forum.web.viewer import now, viewer

RULE = "/desk/partnerships/<case_id>/consultations"


@pages.page(f"{RULE}/new", policy=CASE, methods=("GET", "POST"), soft_csrf=True, endpoint="consult")
def asking(case_id: str) -> ResponseReturnValue:
    """Ask an authority or an expert."""
    version, standing = current_case(), my_standing()
    if not may_consult(version, standing):
        abort(404)
    known, lines = experts(now()), lines_with_reviewers(now())
    form = ConsultForm()
    form.offer(lines, known)
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            try:
                consult(version, form.request_of(known), standing=standing, actor=viewer().actor(), now=now())
            except Refusal as refusal:
                status = refused(form, refusal, version)
            else:
                flash(_("The opinion is asked for. Those who can answer get a mail."), "success")
                return redirect(address_of(case_id), 303)
    page = render_template(
        "partnerships/consult.html",
        case=version,
        one=version.partnership,
        form=form,
        nobody=not (known or lines),
        days=terms().opinion_days,
    )
    return page, status


@pages.page(f"{RULE}/<opinion_id>", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def consultation(case_id: str, opinion_id: str) -> ResponseReturnValue:
    """Give the opinion that was asked for."""
    version, standing = current_case(), my_standing()
    asked = _asked(opinion_id)
    if not answers(asked, viewer().account_id, now()):
        abort(404)
    form = ConsultationForm()
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            try:
                answer_consultation(asked, form.advice, standing=standing, actor=viewer().actor(), now=now())
            except Refusal as refusal:
                status = refused(form, refusal, version)
            else:
                flash(_("The opinion is given."), "success")
                return redirect(address_of(case_id), 303)
    page = render_template(
        "partnerships/consultation.html", case=version, one=version.partnership, asked=asked, form=form, lines=LINES
    )
    return page, status


@pages.page(f"{RULE}/<opinion_id>/overdue", policy=CASE, methods=("POST",))
def consultation_overdue(case_id: str, opinion_id: str) -> ResponseReturnValue:
    """Go on without an opinion whose day has passed."""
    mark_overdue(_asked(opinion_id), standing=my_standing(), actor=viewer().actor(), now=now())
    flash(_("The opinion is marked as overdue; the case can go on without it."), "success")
    return redirect(address_of(case_id), 303)


def _asked(opinion_id: str) -> CaseOpinion:
    found = consultation_for(current_case(), my_standing(), opinion_id)
    if found is None:
        abort(404)
    return found


@pages.page("/desk/partnerships/<case_id>/new-points", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def new_points(case_id: str) -> ResponseReturnValue:
    """Let the reviewer of one's level raise new points on what the level has reviewed before."""
    version, standing = current_case(), my_standing()
    if not may_allow(version, standing):
        abort(404)
    form = NewPointsForm()
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            try:
                allow_new_points(version, form.reason.data or "", standing=standing, actor=viewer().actor(), now=now())
            except Refusal as refusal:
                status = refused(form, refusal, version)
            else:
                flash(_("New points are allowed for this review. They are counted as late."), "success")
                return redirect(address_of(case_id), 303)
    page = render_template("partnerships/new_points.html", case=version, one=version.partnership, form=form)
    return page, status
