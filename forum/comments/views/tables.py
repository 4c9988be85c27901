"""Tables: taken out in three formats, uploaded, looked at, taken in."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.comments import exports, imports
from forum.comments.errors import NothingToImport
from forum.comments.forms import UploadForm
from forum.comments.models import SentTable, TablePurpose
from forum.comments.operations import sending, taking_in
from forum.comments.permissions import DESK, NAMES, SENDERS, WRITERS, current_ballot, me, my_standing
from forum.comments.queries import desk as reading
from forum.comments.rules.dispositions import DISPOSITIONS
from forum.comments.rules.findings import LEVELS, is_rejected
from forum.comments.rules.preflight import put_right
from forum.comments.rules.reading import Reading
from forum.comments.states import SENT
from forum.comments.views.blueprint import HERE, attempt, back, doing, pages, show, told
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.ports.files.keeping import open_file
from forum.web.forms import BaseForm
from forum.web.viewer import now


def _file(content: bytes, name: str, file_format: str) -> ResponseReturnValue:
    answer = Response(content, content_type=exports.MEDIA_TYPES[file_format])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@pages.page(f"{HERE}/table.<any(csv,docx,xlsx):kind>", policy=SENDERS)
def table(ballot_id: str, kind: str) -> ResponseReturnValue:
    """The table as it leaves: English; the Chinese only when it is asked for."""
    language = "zh" if request.args.get("language") == "zh" else "en"
    made = sending.table_of(current_ballot(), language, now())
    return _file(exports.table_as(made, kind, language), f"comments-{ballot_id}", kind)


@pages.page(f"{HERE}/summary.<any(csv,docx,xlsx):kind>", policy=NAMES)
def summary(ballot_id: str, kind: str) -> ResponseReturnValue:
    """The national summary with units, for use inside the country."""
    made = sending.summary_of(current_ballot(), now())
    return _file(exports.summary_as(made, kind), f"summary-{ballot_id}", kind)


@pages.page(f"{HERE}/upload", policy=WRITERS, methods=("GET", "POST"), soft_csrf=True)
def upload(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Upload a table; nothing is taken in before somebody has looked at it."""
    form = UploadForm().offer(compiled=my_standing().decides)
    if not form.validate_on_submit():
        return show("upload", 422 if form.sent else 200, form=form)
    sent = request.files.get("file")
    kept: list[SentTable] = []

    def deed() -> None:
        stream, name = (sent.stream, sent.filename) if sent else (None, None)
        kept.append(taking_in.upload(current_ballot(), form.chosen, stream, name, **doing()))  # type: ignore[arg-type]

    if refused := attempt(form, deed, _("The file is here. Look at it before it is taken in.")):
        return show("upload", refused.status, form=form)
    return back("look", table_id=kept[0].public_id)


def _sent(table_id: str) -> SentTable:
    row = reading.sent_table(current_ballot().id, table_id)
    if row is None or not (row.by == me().reference or my_standing().decides):
        abort(404)
    return row


def _read(row: SentTable) -> Reading:
    with open_file(row.file) as stream:
        return imports.read(stream.read(), row.file.filename)


@pages.page(f"{HERE}/tables/<table_id>", policy=WRITERS, methods=("GET", "POST"), soft_csrf=True)
def look(ballot_id: str, table_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """What an uploaded table holds and what is wrong with it; taken in when somebody says so."""
    row = _sent(table_id)
    read = _read(row)
    if row.purpose is TablePurpose.COMPILED:
        return _compiled(row, read)
    findings = [*read.findings, *taking_in.objections(current_ballot(), read.table, now(), read.is_national)]
    form = BaseForm()
    refused: Refusal | None = None
    if form.validate_on_submit():
        fixed = put_right(read.table, findings)

        def deed() -> None:
            made = taking_in.take_in_comments(
                current_ballot(), fixed, findings, units=read.is_national, sent=row, **doing()
            )
            count = len(made)
            flash(ngettext("%(num)d comment is handed in.", "%(num)d comments are handed in.", count), "success")

        refused = _tried(form, deed)
        if refused is None:
            return back()
    return show(
        "look",
        refused.status if refused else 200,
        row=_sent(table_id) if refused else row,
        read=read,
        findings=told(findings),
        levels=LEVELS,
        rejected=is_rejected(findings),
        form=form,
    )


def _tried(form: BaseForm, deed: Callable[[], object]) -> Refusal | None:
    try:
        deed()
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        session.rollback()
        form.refuse(refusal)
        return refusal
    return None


def _compiled(row: SentTable, read: Reading) -> ResponseReturnValue:
    if not my_standing().decides:
        abort(404)
    form = BaseForm()
    rows = taking_in.matched(current_ballot(), read.table, now())
    chosen = {
        each.ours.code: request.form.get(f"decided-{each.ours.code}", str(each.proposal or ""))
        if form.sent
        else str(each.proposal or "")
        for each in rows
        if each.ours is not None
    }
    refused: Refusal | None = None
    if form.validate_on_submit():

        def deed() -> None:
            if is_rejected(list(read.findings)):
                raise NothingToImport
            count = taking_in.take_in_compiled(row, rows, chosen, **doing())
            flash(ngettext("%(num)d answer is recorded.", "%(num)d answers are recorded.", count), "success")

        refused = _tried(form, deed)
        if refused is None:
            return back("answers")
        row = _sent(row.public_id)
        rows = taking_in.matched(current_ballot(), read.table, now())
    return show(
        "look_compiled",
        refused.status if refused else 200,
        row=row,
        read=read,
        rows=rows,
        chosen=chosen,
        findings=told(read.findings),
        levels=LEVELS,
        rejected=is_rejected(list(read.findings)),
        dispositions=DISPOSITIONS,
        form=form,
    )


@pages.page(f"{HERE}/answers", policy=DESK)
def answers(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """The compiled table as it came: ours with what was decided, the others to read."""
    ballot = current_ballot()
    return show(
        "answers", rows=reading.compiled(ballot.id), ours=[r for r in reading.leaving(ballot.id) if r.state in SENT]
    )
