"""What is added to a case: the foreign-affairs opinion, files, a review taken up, a point closed."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.database import session
from forum.core.refusals import Refusal
from forum.partnerships.forms import FileForm, OpinionForm
from forum.partnerships.models import AttachmentKind
from forum.partnerships.operations.reviewing import (
    close_point,
    give_foreign_affairs_opinion,
    may_advise,
    may_close,
    may_take_up,
    take_up,
)
from forum.partnerships.operations.taking_part import attach, kinds_for
from forum.partnerships.permissions import CASE, current_case, my_standing
from forum.partnerships.queries.desk import file_for, points_of
from forum.partnerships.views.blueprint import address_of, pages
from forum.web.attachments import attachment
from forum.web.viewer import now, viewer


@pages.page("/desk/partnerships/<case_id>/opinion", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def opinion(case_id: str) -> ResponseReturnValue:
    """The foreign-affairs opinion."""
    version, standing = current_case(), my_standing()
    if not may_advise(version, standing):
        abort(404)
    form = OpinionForm()
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            try:
                give_foreign_affairs_opinion(version, form.advice, standing=standing, actor=viewer().actor(), now=now())
            except Refusal as refusal:
                session.rollback()
                session.refresh(version)
                form.refuse(refusal)
                status = refusal.status
            else:
                flash(_("The opinion is given."), "success")
                return redirect(address_of(case_id), 303)
    page = render_template("partnerships/opinion.html", case=version, one=version.partnership, form=form)
    return page, status


@pages.page("/desk/partnerships/<case_id>/take-up", policy=CASE, methods=("POST",))
def take_up_case(case_id: str) -> ResponseReturnValue:
    """Open the review; from now on the city can't recall the case."""
    version, standing = current_case(), my_standing()
    if not may_take_up(version, standing):
        abort(404)
    take_up(version, standing=standing, actor=viewer().actor(), now=now())
    flash(_("The case is yours to review now. The city can no longer recall it."), "success")
    return redirect(address_of(case_id), 303)


@pages.page("/desk/partnerships/<case_id>/points/<point_id>/close", policy=CASE, methods=("POST",))
def close(case_id: str, point_id: str) -> ResponseReturnValue:
    """Close an answered point."""
    version, standing = current_case(), my_standing()
    mine = points_of(version) if standing.inside else ()
    found = next((point for point in mine if point.public_id == point_id), None)
    if found is None or not may_close(found, standing):
        abort(404)
    close_point(found, standing=standing, actor=viewer().actor(), now=now())
    flash(_("The point is closed."), "success")
    return redirect(address_of(case_id), 303)


@pages.page("/desk/partnerships/<case_id>/files", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def add_file(case_id: str) -> ResponseReturnValue:
    """Add a file, such as the scan of a signed copy."""
    version, standing = current_case(), my_standing()
    kinds = kinds_for(version, standing)
    if not kinds:
        abort(404)
    form = FileForm()
    form.offer(kinds)
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            sent = request.files.get("file")
            try:
                attach(
                    version,
                    AttachmentKind(form.kind.data),
                    cast("BinaryIO", sent.stream) if sent else None,
                    sent.filename if sent else None,
                    language=form.language.data or "",
                    standing=standing,
                    actor=viewer().actor(),
                    now=now(),
                )
            except Refusal as refusal:
                session.rollback()
                session.refresh(version)
                form.refuse(refusal)
                status = refusal.status
            else:
                flash(_("The file is added."), "success")
                return redirect(address_of(case_id), 303)
    page = render_template("partnerships/add_file.html", case=version, one=version.partnership, form=form)
    return page, status


@pages.page("/desk/partnerships/<case_id>/files/<file_id>", policy=CASE)
def read_file(case_id: str, file_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """One file of the case."""
    found = file_for(current_case(), my_standing(), file_id)
    if found is None or found.file is None:
        abort(404)
    return attachment(found.file)
