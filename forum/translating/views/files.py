"""Files for a bureau: out with what may leave, back with a look at what they would do before anything is written."""

from __future__ import annotations

import io
from contextlib import closing
from typing import cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import Language
from forum.core.refusals import Refusal
from forum.drafting.neighbours import Scope
from forum.ports.exchange.markup import MEGABYTE, MOST_BYTES
from forum.ports.exchange.tables import Format
from forum.ports.files import checks
from forum.ports.files.errors import FileMissing, FileTooLarge
from forum.ports.files.keeping import open_file
from forum.ports.files.kinds import BUREAU_FILES, SHAPES, Kind
from forum.translating import exports, imports
from forum.translating.collections import COLLECTIONS
from forum.translating.exports import Parcel
from forum.translating.forms.files import ReturnedFileForm, SendingForm
from forum.translating.models import BureauFile
from forum.translating.operations import bureau
from forum.translating.permissions import TEXTS, current_scope
from forum.translating.queries import units_of
from forum.translating.queries.comparing import compared
from forum.translating.queries.leaving import Leaving, leaving
from forum.translating.rules import FIELDS
from forum.translating.rules.returned import Outcome
from forum.translating.views.blueprint import ONE_SCOPE, pages
from forum.translating.views.filtering import query_kept, worklist
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.viewer import now, viewer

FILES = f"{ONE_SCOPE}/files"
SHOWN = 50  # texts, or reasons, that a preview names


def _leaving() -> Leaving:
    """Return what may leave of the texts that the address selects, or of all that it finds."""
    listed = worklist(current_scope())
    chosen = listed.selected() if "which" in query_kept() else listed.found
    return leaving([entry.unit for entry in chosen], now())


def _page(
    found: Leaving, sending: SendingForm, returned: ReturnedFileForm, status: int = 200
) -> ResponseReturnValue:  # fmt: skip
    scope = current_scope()
    page = render_template(
        "translating/files.html",
        scope=scope,
        collection=COLLECTIONS[scope.collection],
        leaving=found,
        sending=sending,
        returned=returned,
        query=query_kept(),
        narrowed=bool(query_kept()),
    )
    return page, status


@pages.page(FILES, policy=TEXTS, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("60 per hour", methods=["POST"])
def files(collection: str, key: str) -> ResponseReturnValue:
    """What may go to a bureau; a file that came back is kept, and nothing written before its preview was confirmed."""
    form = ReturnedFileForm()
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        try:
            row = _kept(current_scope(), form)
        except Refusal as refusal:
            refusal.field = "file"
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for("translating.preview", collection=collection, key=key, file_id=row.public_id), 303)
    found = _leaving()
    return _page(found, SendingForm(formdata=None).offer(found.languages), form, status)


@pages.page(f"{FILES}/out", policy=TEXTS, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("60 per hour", methods=["POST"])
def send_out(collection: str, key: str) -> ResponseReturnValue:
    """Hand out a file with the texts that may leave, and note that it went."""
    scope, found = current_scope(), _leaving()
    form = SendingForm().offer(found.languages)
    if not form.sent:
        return redirect(url_for("translating.files", collection=collection, key=key, **query_kept()), 303)
    if not form.validate():
        return _page(found, form, ReturnedFileForm(formdata=None), 422)
    into, kind = cast("Language", form.into.data), Kind(form.format.data)
    parcel = Parcel(scope, into, found.into(into), found.kept, current_language(), _)
    try:
        content = _written(parcel, kind)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(found, form, ReturnedFileForm(formdata=None), refusal.status)
    bureau.note_sent(scope, str(kind), into, len(parcel.units), found, actor=viewer().actor(), now=now())
    answer = Response(content, content_type=SHAPES[kind].media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="texts-{key}-{into}.{kind}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _written(parcel: Parcel, kind: Kind) -> bytes:
    if kind is Kind.XLIFF:
        return exports.as_xliff(parcel)
    return exports.as_table(parcel, cast("Format", str(kind)))


def _kept(scope: Scope, form: ReturnedFileForm) -> BureauFile:
    """Check and read the file before it is kept, so that what can't be read is said at once."""
    upload = form.file.data
    stream, name = getattr(upload, "stream", None), getattr(upload, "filename", "")
    if stream is None or not name:
        raise FileMissing
    with closing(stream):
        kind = checks.kind_of(checks.display_name(name), BUREAU_FILES)
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // MEGABYTE)
    imports.read(checks.checked(content, kind), kind)
    return bureau.hand_in(scope, io.BytesIO(content), name, actor=viewer().actor())


def _waiting(file_id: str) -> BureauFile:
    found = bureau.waiting(current_scope(), file_id, viewer().account_id) if len(file_id) <= 20 else None
    if found is None:
        abort(404)
    return found


@pages.page(f"{FILES}/<file_id>", policy=TEXTS, methods=("GET", "POST"))
def preview(collection: str, key: str, file_id: str) -> ResponseReturnValue:
    """See what a file would do, and take it in.  It is read anew each time, against the texts as they are."""
    scope, row = current_scope(), _waiting(file_id)
    kind = checks.kind_of(row.file.filename, BUREAU_FILES)
    with open_file(row.file) as stream:
        found = imports.read(stream.read(), kind)
    if request.method == "POST":
        counts = bureau.confirm(scope, row, found, actor=viewer().actor(), now=now()).counts
        facts = {"written": counts[Outcome.NEW] + counts[Outcome.CHANGED], "refused": counts[Outcome.REFUSED]}
        flash(_("Taken in: %(written)s. Left out: %(refused)s. Somebody else reviews them now.", **facts), "success")
        return redirect(url_for("translating.texts", collection=collection, key=key), 303)
    comparison = compared(found, units_of(scope))
    return render_template(
        "translating/preview.html",
        scope=scope,
        collection=COLLECTIONS[collection],
        row=row,
        comparison=comparison,
        counts=comparison.counts,
        outcomes=Outcome,
        of_lines=kind is Kind.XLIFF,
        shown=SHOWN,
        fields=FIELDS,
        say=_,
    )


@pages.page(f"{FILES}/<file_id>/drop", policy=TEXTS, methods=("POST",))
def drop(collection: str, key: str, file_id: str) -> ResponseReturnValue:
    """Let a file go without taking anything in."""
    bureau.let_go(_waiting(file_id))
    flash(_("The file was dropped. Nothing of it was taken in."), "success")
    return redirect(url_for("translating.files", collection=collection, key=key), 303)
