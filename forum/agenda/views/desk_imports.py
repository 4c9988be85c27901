"""Importing at the desk: hand in a file, see what it would do row by row, then apply it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from forum.agenda.forms.sessions import UploadForm
from forum.agenda.imports.applying import apply_plan, plan_for
from forum.agenda.imports.plans import ImportPlan, PlanRow, Verdict
from forum.agenda.imports.preview import as_programme
from forum.agenda.imports.values import ImportRefused
from forum.agenda.rules.conflicts import conflicts as conflicts_in
from forum.agenda.rules.findings import Code
from forum.agenda.rules.sentences import sentence
from forum.agenda.views.blueprint import pages
from forum.agenda.views.desk_words import me
from forum.agenda.views.wording import moment_in
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.refusals import N_, Refusal
from forum.events.models import Forum
from forum.events.permissions import AGENDA_EDITORS, current_forum
from forum.ports.files.keeping import open_file, store
from forum.ports.files.kinds import Kind
from forum.ports.files.models import StoredFile
from forum.web.formats import day_clock
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.viewer import now

DESK = "/forums/<slug>/desk/imports"
TAKEN = frozenset({Kind.XML, Kind.JSON, Kind.ICS})
ROWS_A_PAGE = 100
VERDICTS: dict[str, str] = {
    "new": N_("New"),
    "changed": N_("Changed"),
    "same": N_("As it is"),
    "doubtful": N_("To be looked at"),
    "refused": N_("Refused"),
}
FIELDS: dict[str, str] = {
    "title_en": N_("Title in English"),
    "title_zh": N_("Title in Chinese"),
    "abstract_en": N_("Abstract in English"),
    "abstract_zh": N_("Abstract in Chinese"),
    "description_en": N_("Description in English"),
    "description_zh": N_("Description in Chinese"),
    "local_start": N_("Start (venue time)"),
    "minutes": N_("Length in minutes"),
    "room": N_("Room"),
    "track": N_("Theme"),
    "language": N_("Language of speech"),
    "speakers": N_("People"),
}
TONES = {"new": "good", "changed": "wait", "same": "past", "doubtful": "wait", "refused": "stop"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the preview, in the reader's language."""

    verdict: str
    title: str
    place: str
    sentences: tuple[str, ...]


@pages.page(DESK, policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("20 per hour", methods=["POST"])
def imports(slug: str) -> ResponseReturnValue:
    """Hand in a programme that others publish."""
    forum = current_forum()
    form = UploadForm()
    if request.method == "POST" and form.validate():
        upload = form.file.data
        raw = upload.stream.read()
        upload.stream.seek(0)
        try:
            plan_for(forum, raw, filename=upload.filename, zone=form.zone.data or None)
            owner = _owner(forum, form.zone.data or "")
            kept = store(upload.stream, upload.filename, owner, TAKEN, field="file")
        except Refusal as refusal:
            refusal.field = refusal.field or "file"
            form.refuse(refusal)
        else:
            return redirect(url_for("agenda.imports_preview", slug=slug, file_id=kept.public_id), 303)
    page = render_template("agenda/desk/imports.html", forum=forum, form=form)
    return (page, 422) if request.method == "POST" else page


@pages.page(f"{DESK}/<file_id>", policy=AGENDA_EDITORS, methods=("GET", "POST"), endpoint="imports_preview")
def preview(slug: str, file_id: str) -> ResponseReturnValue:
    """See what a file would do; apply it.  The file is read anew each time, against the draft as it is."""
    forum, kept = current_forum(), _kept(file_id)
    todo = _plan(forum, kept)
    if request.method == "POST":
        counts = apply_plan(forum, todo, actor=me(), now=now(), sha256=kept.sha256)
        if todo.changes_nothing:
            flash(_("The draft already holds all of it. Nothing was changed."), "info")
        else:
            flash(
                _(
                    "Imported. New: %(new)s, changed: %(changed)s, refused: %(refused)s.",
                    new=sum(row.creates for row in todo.rows),
                    changed=sum(row.writes and not row.creates for row in todo.rows),
                    refused=counts[Verdict.REFUSED],
                ),
                "success",
            )
        return redirect(url_for("agenda.board", slug=slug), 303)
    wanted = request.args.get("show", "")
    rows = [row for row in todo.rows if not wanted or row.verdict.value == wanted]
    page = max(1, request.args.get("page", 1, type=int) or 1)
    last = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(page, last)
    return render_template(
        "agenda/desk/preview.html",
        forum=forum,
        kept=kept,
        todo=todo,
        counts=[(verdict.value, _(VERDICTS[verdict.value]), todo.counts[verdict]) for verdict in Verdict],
        rows=[_row(row) for row in rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]],
        notes=_whole_file(todo),
        clashes=_clashes(todo),
        wanted=wanted,
        page=page,
        last=last,
        tones=TONES,
        verdicts=VERDICTS,
    )


def _owner(forum: Forum, zone: str) -> str:
    return f"import:{forum.public_id}:{zone}"[:80]


def _kept(file_id: str) -> StoredFile:
    found = session.scalar(
        select(StoredFile).where(
            StoredFile.public_id == file_id,
            StoredFile.owner.startswith(f"import:{current_forum().public_id}:", autoescape=True),
        )
    )
    if found is None:
        abort(404)
    return found


def _plan(forum: Forum, kept: StoredFile) -> ImportPlan:
    zone = kept.owner.split(":", 2)[2] or None
    try:
        return plan_for(forum, open_file(kept).read(), filename=kept.filename, zone=zone)
    except ImportRefused:
        abort(422)


def _row(row: PlanRow) -> Row:
    language = current_language()
    sentences = [_say(finding.message, finding.facts) for finding in row.findings]
    for difference in row.differences:
        before, after = _short(difference.before), _short(difference.after)
        field = _(FIELDS[difference.field])
        sentences.append(_("%(field)s: from “%(before)s” to “%(after)s”", field=field, before=before, after=after))
    place = row.item.place if row.item is not None else next((each.place for each in row.findings), "")
    title = row.item.title.shown(language).text if row.item is not None else row.foreign_id
    return Row(row.verdict.value, title, place, tuple(sentences))


def _short(value: object) -> str:
    language = current_language()
    if isinstance(value, tuple):
        return _("%(count)s people", count=len(value)) if len(value) > 3 else ", ".join(_short(each) for each in value)
    if isinstance(value, datetime):
        return day_clock(value)
    shown = getattr(value, "shown", None)
    text = shown(language).text if shown is not None else str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _say(message: str, facts: Mapping[str, object]) -> str:
    language = current_language()
    return sentence(message, facts, language, translator(language), moment_in)


def _whole_file(todo: ImportPlan) -> list[str]:
    """Return what was found about the whole file, and how often each finding about rows occurs."""
    found = [_say(each.message, each.facts) for each in todo.imported.findings if not each.foreign_id]
    same = sum(each.code == "same_title" for each in todo.imported.findings)
    if same:
        found.append(_("%(count)s titles are the same in both languages: they have not been translated.", count=same))
    return found


def _clashes(todo: ImportPlan) -> list[str]:
    """Return the double bookings that the file brings, of rooms and of people."""
    found = conflicts_in(as_programme(todo.imported))
    return [_say(each.message, each.facts) for each in found if each.code in (Code.ROOM_OVERLAP, Code.PERSON_OVERLAP)]
