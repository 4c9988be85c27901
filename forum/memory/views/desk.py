"""The desk of the memory."""

from __future__ import annotations

import io
from collections.abc import Container
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import HTML_TAGS, LANGUAGES
from forum.core.refusals import Refusal
from forum.memory.errors import NothingInFile
from forum.memory.exports import as_tmx
from forum.memory.forms import MemoryFileForm, RemovalForm
from forum.memory.imports import Taken, read_tmx
from forum.memory.models import SEGMENT_ORIGINS, MemoryImport, MemorySegment
from forum.memory.operations import delete, handing_in, importing
from forum.memory.permissions import MEMORY_READERS, TRANSLATORS, translates
from forum.memory.queries import listing
from forum.memory.views.blueprint import pages
from forum.offices.rules import BEIJING
from forum.ports.exchange.markup import MEGABYTE, MOST_BYTES
from forum.ports.exchange.tmx import MEDIA_TYPE
from forum.ports.files.errors import FileMissing, FileTooLarge
from forum.ports.files.keeping import open_file
from forum.web.limits import limiter
from forum.web.viewer import now, viewer

DESK = "/desk/memory"
PAGE = 50
LAST = 10_000
LONGEST_SEARCH = 200
SHOWN = 100  # places that a preview names


@pages.page(f"{DESK}/", policy=MEMORY_READERS)
def segments() -> ResponseReturnValue:
    """Search the memory."""
    wanted = listing.Wanted(
        words=request.args.get("q", "").strip()[:LONGEST_SEARCH],
        source_lang=_one_of(request.args.get("from", ""), LANGUAGES),
        origin=_one_of(request.args.get("origin", ""), SEGMENT_ORIGINS),
    )
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)
    found, count = listing.page(wanted, offset=(number - 1) * PAGE, limit=PAGE)
    chosen = {"q": wanted.words, "from": wanted.source_lang, "origin": wanted.origin}
    kept: dict[str, Any] = {key: value for key, value in chosen.items() if value}
    return render_template(
        "memory/segments.html",
        rows=found,
        count=count,
        wanted=wanted,
        number=number,
        last=max(1, -(-count // PAGE)),
        address=lambda page: url_for("memory.segments", **kept, **({"page": page} if page > 1 else {})),
        origins=SEGMENT_ORIGINS,
        tags=HTML_TAGS,
        zone=BEIJING,
        may_change=translates(viewer()),
    )


def _one_of(value: str, known: Container[str]) -> str:
    return value if value in known else ""


@pages.page(f"{DESK}/memory.tmx", policy=TRANSLATORS)
@limiter.limit("30 per hour")
def whole() -> ResponseReturnValue:
    """Hand out the whole memory as TMX 1.4."""
    answer = Response(as_tmx(listing.everything()), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="memory.tmx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _segment(segment_id: str) -> MemorySegment:
    found = listing.by_public_id(segment_id) if len(segment_id) <= 20 else None
    if found is None:
        abort(404)
    return found


@pages.page(f"{DESK}/<segment_id>/delete", policy=TRANSLATORS, methods=("GET", "POST"), soft_csrf=True)
def remove(segment_id: str) -> ResponseReturnValue:
    """Take one segment out, with a reason."""
    row, form = _segment(segment_id), RemovalForm()
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        try:
            delete(row.public_id, form.reason.data or "", actor=viewer().actor("translator"), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The segment is taken out of the memory."), "success")
            return redirect(url_for("memory.segments"), 303)
    return render_template("memory/remove.html", row=row, form=form, tags=HTML_TAGS, origins=SEGMENT_ORIGINS), status


@pages.page(f"{DESK}/imports/new", policy=TRANSLATORS, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("30 per hour", methods=["POST"])
def hand_in() -> ResponseReturnValue:
    """Hand in a file; nothing is taken in before its preview was confirmed."""
    form = MemoryFileForm()
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        try:
            row = _kept(form)
        except Refusal as refusal:
            refusal.field = "file"
            form.refuse(refusal)
            status = refusal.status
        else:
            return redirect(url_for("memory.preview", import_id=row.public_id), 303)
    return render_template("memory/hand_in.html", form=form), status


def _kept(form: MemoryFileForm) -> MemoryImport:
    """Read the file before it is kept, so that what can't be read is said at once."""
    upload = form.file.data
    stream = getattr(upload, "stream", None)
    if stream is None:
        raise FileMissing
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileTooLarge(megabytes=MOST_BYTES // MEGABYTE)
    _read(content)
    return handing_in.hand_in(io.BytesIO(content), upload.filename, actor=viewer().actor("translator"))


def _read(content: bytes) -> Taken:
    taken = read_tmx(content)
    if not taken.pairs and not taken.faults:
        raise NothingInFile
    return taken


def _waiting(import_id: str) -> MemoryImport:
    found = handing_in.waiting(import_id, viewer().account_id) if len(import_id) <= 20 else None
    if found is None:
        abort(404)
    return found


@pages.page(f"{DESK}/imports/<import_id>", policy=TRANSLATORS, methods=("GET", "POST"))
def preview(import_id: str) -> ResponseReturnValue:
    """See what a file would do, and take it in.  It is read anew each time, against the memory as it is."""
    row = _waiting(import_id)
    with open_file(row.file) as stream:
        taken = _read(stream.read())
    if request.method == "POST":
        done = handing_in.confirm(row, taken.pairs, actor=viewer().actor("translator"), now=now())
        said = _("Taken in. New: %(new)s, beside others: %(another)s.", new=done.new, another=done.another)
        flash(said, "success")
        return redirect(url_for("memory.segments"), 303)
    return render_template(
        "memory/preview.html",
        row=row,
        summary=importing.preview(taken.pairs),
        faults=[fault.say(_) for fault in taken.faults[:SHOWN]],
        left_out=len(taken.faults),
    )


@pages.page(f"{DESK}/imports/<import_id>/drop", policy=TRANSLATORS, methods=("POST",))
def drop(import_id: str) -> ResponseReturnValue:
    """Let a file go without taking it in."""
    handing_in.let_go(_waiting(import_id))
    flash(_("The file was dropped. Nothing of it was taken in."), "success")
    return redirect(url_for("memory.segments"), 303)
