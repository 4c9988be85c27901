"""Files of terms: handed in, looked at, taken in."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from forum.core.refusals import Refusal
from forum.ports.exchange.tbx import TbxConcept
from forum.ports.files.keeping import open_file
from forum.terms import imports
from forum.terms.forms import HandInTermsForm
from forum.terms.models import TermIntake
from forum.terms.operations import taking_in
from forum.terms.permissions import TERMS_DESK
from forum.terms.queries import concepts
from forum.terms.views.blueprint import attempt, doing, pages, show
from forum.terms.views.desk import DESK
from forum.web.forms import BaseForm

SHOWN = 100


@pages.page(f"{DESK}import", policy=TERMS_DESK, methods=("GET", "POST"), soft_csrf=True)
def hand_in() -> ResponseReturnValue:
    """Hand a file of terms in; nothing is taken in before somebody has looked at it."""
    form = HandInTermsForm()
    status = 0
    if form.validate_on_submit():
        sent = request.files.get("file")
        stream, name = (sent.stream, sent.filename) if sent else (None, None)
        kept: list[TermIntake] = []
        status = attempt(form, lambda: kept.append(taking_in.hand_in(stream, name, **doing())))  # type: ignore[arg-type]
        if not status:
            return redirect(url_for("terms.look", intake_id=kept[0].public_id), 303)
    return show("hand_in", status or (422 if form.sent else 200), form=form)


@pages.page(f"{DESK}imports/<intake_id>", policy=TERMS_DESK, methods=("GET", "POST"), soft_csrf=True)
def look(intake_id: str) -> ResponseReturnValue:
    """What a file would add; taken in when somebody says so."""
    row = concepts.intake(intake_id)
    if row is None:
        abort(404)
    form = BaseForm()
    offered, refused = _offered(row)
    status = 0
    if refused is not None:
        form.refuse(refused)
        status = refused.status if form.sent else 0
    elif form.validate_on_submit():
        made: list[taking_in.Plan] = []
        status = attempt(form, lambda: made.append(taking_in.take_in(offered, intake=row, **doing())))
        if not status:
            count = made[0].new_words
            flash(ngettext("%(num)d term is taken in.", "%(num)d terms are taken in.", count), "success")
            return redirect(url_for("terms.desk"), 303)
        row = concepts.intake(intake_id)
    plan = taking_in.plan(offered)
    return show("look", status or 200, form=form, row=row, plan=plan, refused=refused, shown=SHOWN)


def _offered(row: TermIntake) -> tuple[Sequence[TbxConcept], Refusal | None]:
    try:
        with open_file(row.file) as stream:
            return imports.read(stream.read(), row.file.filename), None
    except Refusal as refusal:
        return (), refusal
