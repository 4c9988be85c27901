"""One record side by side: its original, what became of it since, and the translation to write, review or confirm."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.refusals import Refusal
from forum.drafting.neighbours import Source, neighbours
from forum.drafting.operations.asking import ask
from forum.ports.engines.choosing import facts_from
from forum.translating import operations, queries
from forum.translating.collections import COLLECTIONS
from forum.translating.forms import RecordForm
from forum.translating.permissions import TEXTS, current_scope
from forum.translating.rules import FIELDS, STATES
from forum.translating.views.blueprint import ONE_SCOPE, pages
from forum.translating.views.desk import TONES
from forum.translation.forms import SettleForm
from forum.web.viewer import now, settings, viewer

ONE = f"{ONE_SCOPE}/<entity>/<record_id>"


def _found(entity: str, record_id: str) -> tuple[Source, Any]:
    found = queries.record_in(current_scope(), entity, record_id)
    if found is None:
        abort(404)
    return found


def _page(source: Source, record: Any, form: RecordForm | None = None, status: int = 200) -> ResponseReturnValue:
    units = queries.units_of_record(source, record)
    if not units:
        abort(404)
    page = render_template(
        "translating/record.html",
        scope=current_scope(),
        collection=COLLECTIONS[current_scope().collection],
        source=source,
        record=record,
        units=units,
        hints={unit.field: queries.hints_of(unit) for unit in units},
        form=form or RecordForm.of(units, _),
        me=viewer().actor().reference,
        engine=facts_from(settings(), neighbours.embedded),
        states=STATES,
        tones=TONES,
        fields=FIELDS,
    )
    return page, status


@pages.page(f"{ONE}/", policy=TEXTS, methods=("GET", "POST"), soft_csrf=True)
def record(collection: str, key: str, entity: str, record_id: str) -> ResponseReturnValue:
    """The texts of one record; writing their other language."""
    source, held = _found(entity, record_id)
    units = queries.units_of_record(source, held)
    form = RecordForm.of(units, _)
    if not form.validate_on_submit():
        return _page(source, held, form, 422 if form.sent else 200)
    who = viewer()
    try:
        changed = operations.write(source, held, form.texts(units), form.marks(units), actor=who.actor(), now=now())
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(source, held, form, refusal.status)
    saved = ngettext("%(num)s text is saved.", "%(num)s texts are saved.", changed)
    flash(saved if changed else _("Nothing was changed."), "success")
    return redirect(
        url_for("translating.record", collection=collection, key=key, entity=entity, record_id=record_id), 303
    )


@pages.page(f"{ONE}/settle", policy=TEXTS, methods=("POST",))
def settle(collection: str, key: str, entity: str, record_id: str) -> ResponseReturnValue:
    """Say that a translation was compared with its original, or is still right."""
    source, held = _found(entity, record_id)
    form = SettleForm()
    if not form.validate():
        abort(422)
    name, mark = str(form.text.data), str(form.mark.data)
    operations.settle(source, held, form.what, name, mark, actor=viewer().actor(), now=now())
    flash(_("Noted."), "success")
    return redirect(
        url_for("translating.record", collection=collection, key=key, entity=entity, record_id=record_id), 303
    )


@pages.page(f"{ONE}/draft/<field>", policy=TEXTS, methods=("POST",))
def draft_one(collection: str, key: str, entity: str, record_id: str, field: str) -> ResponseReturnValue:
    """Ask for a machine draft of one text."""
    source, _held = _found(entity, record_id)
    engine = facts_from(settings(), neighbours.embedded)
    try:
        new = ask(source.entity, record_id, field, engine=engine, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        flash(refusal.say(_), "error")
    else:
        flash(_("A draft is asked for.") if new else _("A draft has been asked for already."), "success")
    return redirect(
        url_for("translating.record", collection=collection, key=key, entity=entity, record_id=record_id), 303
    )
