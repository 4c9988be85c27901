"""One record side by side: its original, what became of it since, and the translation to write, review or confirm."""

from __future__ import annotations

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.refusals import Refusal, StaleEdit
from forum.drafting.neighbours import neighbours
from forum.drafting.operations import keeping
from forum.drafting.operations.asking import ask
from forum.ports.engines.choosing import facts_from
from forum.terms.errors import AnswerMissing
from forum.translating import operations
from forum.translating.beside import sheets_of
from forum.translating.forms import KeepingForm, RecordForm
from forum.translating.permissions import TEXTS
from forum.translating.views.blueprint import ONE_SCOPE, pages
from forum.translating.views.sheet import Opened, found, opened
from forum.translation.forms import SettleForm
from forum.web.viewer import now, settings, viewer

ONE = f"{ONE_SCOPE}/<entity>/<record_id>"
# collection and key of an address belong to the scope, which the policy has loaded.


@pages.page(f"{ONE}/", policy=TEXTS, methods=("GET", "POST"), soft_csrf=True)
def record(collection: str, key: str, entity: str, record_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """The texts of one record; writing their other language, and answering what was found in it."""
    page = opened(entity, record_id)
    if request.method == "GET":
        return page.shown()
    for button, deed in (("put", _put), ("join", _join)):
        if button in request.form:
            return deed(page, request.form[button])
    if not page.form.validate_on_submit():
        return page.shown(422)
    if page.form.stale:
        return page.refused(StaleEdit())
    for button, deed in (("answer", _answer), ("reopen", _reopen)):
        if button in request.form:
            return deed(page, request.form[button])
    return _save(page)


def _put(page: Opened, value: str) -> ResponseReturnValue:
    """Put a suggestion, a term or the original behind what stands in a box; nothing is saved by that."""
    name, _colon, text = value.partition(":")
    page.form.put_in(page.sheets, name, text)
    return page.shown(focus=name)


def _join(page: Opened, field: str) -> ResponseReturnValue:
    """Put the segments of a text together in one box; nothing is saved by that."""
    texts = page.form.texts(page.sheets)
    cut = [sheet.unit.field for sheet in page.sheets if sheet.pairs and sheet.unit.field != field]
    page.sheets = sheets_of([sheet.unit for sheet in page.sheets], cut)
    page.form, page.view = RecordForm.of(page.sheets, _), ""
    if field in texts and field in page.form:
        page.form[field].data, page.form[f"{field}_cut"].data = texts[field], ""
    return page.shown(focus=field)


def _answer(page: Opened, value: str) -> ResponseReturnValue:
    """Keep why a finding is no fault."""
    field, _colon, key = value.partition(":")
    unit = page.unit(field)
    if unit is None:
        abort(422)
    sheet = next(sheet for sheet in page.sheets if sheet.unit is unit)
    try:
        reason = page.form.reasons(sheet).get(key, "")
        operations.answer(unit, key, reason, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        if isinstance(refusal, AnswerMissing):
            refusal.field = f"{field}_{key}"
        return page.refused(refusal)
    return _noted(page, field, key)


def _reopen(page: Opened, value: str) -> ResponseReturnValue:
    """Let a finding count again."""
    field, _colon, key = value.partition(":")
    unit = page.unit(field)
    if unit is None:
        abort(422)
    operations.reopen(unit, key, actor=viewer().actor(), now=now())
    return _noted(page, field, key)


def _noted(page: Opened, field: str, key: str) -> ResponseReturnValue:
    """Lead back; what was typed and isn't saved yet stays on the page."""
    flash(_("Noted."), "success")
    if not page.form.is_changed(page.sheets, key):
        return page.back(anchor=field)
    page.sheets = sheets_of([sheet.unit for sheet in page.sheets], [one.unit.field for one in page.sheets if one.pairs])
    return page.shown()


def _save(page: Opened) -> ResponseReturnValue:
    """Save what was typed, and the reasons beside it; lead on where that was asked for."""
    form, sheets, who = page.form, page.sheets, viewer()
    if form.lacks(sheets):
        return page.shown(422)
    following = page.way().next if "next" in request.form else None
    try:
        changed = operations.write(
            page.source, page.record, form.texts(sheets), form.marks(sheets), actor=who.actor(), now=now()
        )
    except Refusal as refusal:
        return page.refused(refusal)
    reasons = {sheet.unit.field: form.reasons(sheet) for sheet in sheets}
    operations.answer_all(page.source, page.record, reasons, actor=who.actor(), now=now())
    saved = ngettext("%(num)s text is saved.", "%(num)s texts are saved.", changed)
    flash(saved if changed else _("Nothing was changed."), "success")
    return page.to(following) if "next" in request.form else page.back()


@pages.page(f"{ONE}/settle", policy=TEXTS, methods=("POST",))
def settle(collection: str, key: str, entity: str, record_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Say that a translation was compared with its original, or is still right."""
    page, form = found(entity, record_id), SettleForm()
    if not form.validate():
        abort(422)
    name, mark = str(form.text.data), str(form.mark.data)
    following = page.way(name).next if "next" in request.form else None
    operations.settle(page.source, page.record, form.what, name, mark, actor=viewer().actor(), now=now())
    flash(_("Noted."), "success")
    return page.to(following) if "next" in request.form else page.back()


@pages.page(f"{ONE}/draft/<field>", policy=TEXTS, methods=("POST",))
def draft_one(collection: str, key: str, entity: str, record_id: str, field: str) -> ResponseReturnValue:  # noqa: ARG001
    """Ask for a machine draft of one text."""
    page = found(entity, record_id)
    engine = facts_from(settings(), neighbours.embedded)
    try:
        new = ask(entity, record_id, field, engine=engine, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        flash(refusal.say(_), "error")
    else:
        flash(_("A draft is asked for.") if new else _("A draft has been asked for already."), "success")
    return page.back()


@pages.page(f"{ONE}/keeping", policy=TEXTS, methods=("POST",))
def keep(collection: str, key: str, entity: str, record_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Never send a record outside, or take that back."""
    page, form = found(entity, record_id), KeepingForm()
    if not form.validate():
        abort(422)
    deed = keeping.keep_inside if form.deed.data == "keep" else keeping.let_outside
    deed(page.source, page.record, actor=viewer().actor(), now=now())
    flash(_("Noted."), "success")
    return redirect(page.address(_anchor="engine"), 303)
