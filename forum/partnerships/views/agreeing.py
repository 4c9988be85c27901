"""Where the cities of a case say yes to what somebody else decides then, and read who has."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import Refusal
from forum.partnerships.forms import AgreeForm
from forum.partnerships.models import ConsentKind
from forum.partnerships.operations.taking_part import consent
from forum.partnerships.permissions import CASE, current_case, my_standing
from forum.partnerships.queries.consents import questions_for
from forum.partnerships.views.blueprint import pages, refused, shown, tone
from forum.web.viewer import now, viewer


@pages.page("/desk/partnerships/<case_id>/consents", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def consents(case_id: str) -> ResponseReturnValue:
    """What every city is asked, and each one's answer."""
    version, standing = current_case(), my_standing()
    form = AgreeForm()
    status = 200
    if form.sent:
        status = 422
        if form.kind.data not in set(ConsentKind):
            abort(404)
        if form.validate():
            try:
                consent(
                    version,
                    ConsentKind(form.kind.data),
                    standing=standing,
                    actor=viewer().actor(),
                    now=now(),
                    seen=form.seen.data or None,
                )
            except Refusal as refusal:
                status = refused(form, refusal, version)
            else:
                flash(_("Your city's consent is recorded. Both sides see it."), "success")
                return redirect(url_for("partnerships.consents", case_id=case_id), 303)
    questions = questions_for(version, my_standing())
    if not questions and status == 200:
        abort(404)
    page = render_template(
        "partnerships/consents.html",
        case=version,
        one=version.partnership,
        state=shown(version),
        tone=tone(version),
        questions=questions,
        form=form,
    )
    return page, status
