"""The desk of imports: what was imported and what it came to, and handing in a file."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.committees.views.public import say
from forum.core.refusals import Refusal
from forum.offices.rules import BEIJING
from forum.ports.documents import delimited
from forum.standards.import_form import HandInForm
from forum.standards.models import NOTE_KINDS, RUN_KINDS, RUN_STATES, ImportRun, RunState
from forum.standards.note_words import FIELDS, as_csv, sentence
from forum.standards.operations import handing_in
from forum.standards.operations.summaries import Note
from forum.standards.permissions import IMPORT_READERS, IMPORTERS
from forum.standards.queries import importing as reading
from forum.standards.queries import runs
from forum.standards.views import pages
from forum.web.limits import limiter
from forum.web.viewer import now, viewer

DESK = "/desk/standards/imports"
PAGE = 50
LAST = 10_000
COUNTS = ("read", "new", "changed", "unchanged", "quarantined", "kept_ours", "absent")
TONES = {"finished": "good", "refused": "stop", "dropped": "past"}


def _run(run_id: str) -> ImportRun:
    found = runs.by_public_id(run_id) if len(run_id) <= 20 else None
    if found is None:
        abort(404)
    return found


def _number() -> int:
    return min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)


def _words() -> dict[str, Any]:
    return {
        "run_kinds": RUN_KINDS,
        "run_states": RUN_STATES,
        "run_tones": TONES,
        "note_kinds": NOTE_KINDS,
        "fields": FIELDS,
        "sentence": lambda note: sentence(note, say()),
        "zone": BEIJING,
        "may_import": IMPORTERS.allows(viewer(), {}),
    }


@pages.page(DESK, policy=IMPORT_READERS)
def imports() -> ResponseReturnValue:
    """Every import with its counts, the newest first."""
    number = _number()
    found, count = runs.page(offset=(number - 1) * PAGE, limit=PAGE)
    return render_template(
        "standards/desk/imports.html",
        rows=found,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        address=lambda page: url_for("standards.imports", **({"page": page} if page > 1 else {})),
        **_words(),
    )


@pages.page(f"{DESK}/new", policy=IMPORTERS, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("30 per hour", methods=["POST"])
def hand_in() -> ResponseReturnValue:
    """Hand in a published file; nothing is imported before its preview was confirmed."""
    form = HandInForm(data={"dataset_on": now().date()})
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        upload = form.file.data
        try:
            run = handing_in.hand_in(
                form.kind.data,
                getattr(upload, "stream", None),
                getattr(upload, "filename", None),
                form.dataset_on.data,
                forced=bool(form.forced.data),
                actor=viewer().actor(),
                now=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The file is here. Its preview is being made."), "success")
            return redirect(url_for("standards.import_run", run_id=run.public_id), 303)
    return render_template("standards/desk/hand_in.html", form=form), status


@pages.page(f"{DESK}/<run_id>", policy=IMPORT_READERS)
def import_run(run_id: str) -> ResponseReturnValue:
    """One import: its state, its preview or its counts, its notes by kind, and its signature."""
    run = _run(run_id)
    number, kind = _number(), request.args.get("kind", "")
    kind = kind if kind in NOTE_KINDS else ""
    counted = runs.counted_notes(run)
    count = counted.get(kind, 0) if kind else sum(counted.values())
    kept: dict[str, Any] = {"kind": kind} if kind else {}
    expected = run.preview if run.state in {RunState.PREVIEWED, RunState.CONFIRMED, RunState.DROPPED} else {}
    return render_template(
        "standards/desk/import.html",
        run=run,
        counts=expected.get("counts") or {name: getattr(run, name) for name in COUNTS},
        is_preview=bool(expected),
        notes=[Note(**each) for each in expected.get("notes", ()) if not kind or each["kind"] == kind]
        if expected
        else runs.notes(run, kind, offset=(number - 1) * PAGE, limit=PAGE),
        is_same=bool(run.preview) and run.preview.get("signature") == run.signature,
        counted=counted,
        kind=kind,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        refused=_(run.sentence) % run.sentence_facts if run.sentence else "",
        address=lambda page: url_for(
            "standards.import_run", run_id=run.public_id, **kept, **({"page": page} if page > 1 else {})
        ),
        **_words(),
    )


@pages.page(f"{DESK}/<run_id>/confirm", policy=IMPORTERS, methods=("GET", "POST"))
def confirm_import(run_id: str) -> ResponseReturnValue:
    """Import what the preview showed; asks first."""
    run = _run(run_id)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Import this file?"),
            sentence=_("What the preview shows is written to the catalogue. Fields edited here are kept."),
            button=_("Import"),
            cancel_url=url_for("standards.import_run", run_id=run.public_id),
        )
    handing_in.confirm(run, actor=viewer().actor(), now=now())
    flash(_("The import begins within a minute."), "success")
    return redirect(url_for("standards.import_run", run_id=run.public_id), 303)


@pages.page(f"{DESK}/<run_id>/drop", policy=IMPORTERS, methods=("GET", "POST"))
def drop_import(run_id: str) -> ResponseReturnValue:
    """Let a file go without importing it; asks first."""
    run = _run(run_id)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Drop this import?"),
            sentence=_("The file is removed and nothing of it is imported. The entry stays for the record."),
            button=_("Drop the import"),
            cancel_url=url_for("standards.import_run", run_id=run.public_id),
        )
    handing_in.drop(run, actor=viewer().actor(), now=now())
    flash(_("The import was dropped."), "success")
    return redirect(url_for("standards.import_run", run_id=run.public_id), 303)


@pages.page(f"{DESK}/<run_id>/report.csv", policy=IMPORT_READERS)
def import_report(run_id: str) -> ResponseReturnValue:
    """Every note of an import, as a table."""
    run = _run(run_id)
    content = as_csv((Note(**row._mapping) for row in reading.notes_in_order(run)), say())
    answer = Response(content, content_type=delimited.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="import-{run.public_id}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
