"""People and documents of a session at the desk."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agenda.forms.sessions import BiographyForm, MaterialForm, PartForm, PersonForm, ReplaceForm
from forum.agenda.models import AgendaSession, Contribution
from forum.agenda.operations import contributions, materials, naming
from forum.agenda.operations.contributions import PartFacts
from forum.agenda.programme import SpeakerRole, SpeakerState, Visibility
from forum.agenda.queries import people as people_queries
from forum.agenda.queries import sessions as queries
from forum.agenda.views.blueprint import pages
from forum.agenda.views.desk_board import DESK
from forum.agenda.views.desk_words import me, person_choices, person_label, session_or_404
from forum.core.bilingual import LANGUAGES
from forum.core.refusals import Refusal
from forum.events.permissions import AGENDA_EDITORS, current_forum
from forum.people import operations as people
from forum.ports.files.keeping import store
from forum.ports.files.kinds import Kind
from forum.ports.files.models import StoredFile
from forum.web.viewer import now

ONE = f"{DESK}/sessions/<session_id>"
PAPERS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.PPTX})


@pages.page(f"{ONE}/people", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True, endpoint="edit_people")
def edit_people(slug: str, session_id: str) -> ResponseReturnValue:
    """The people of a session, and adding one."""
    forum, held = current_forum(), session_or_404(session_id)
    form = PartForm()
    form.offer(person_choices(forum, request.args.get("q", "").strip()[:100]))
    if request.method == "POST" and form.validate():
        try:
            contributions.add_part(forum, held, _facts(form), actor=me(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added to the session."), "success")
            return redirect(url_for("agenda.edit_people", slug=slug, session_id=session_id), 303)
    page = render_template(
        "agenda/desk/people.html",
        forum=forum,
        held=held,
        form=form,
        query=request.args.get("q", ""),
        labels={part.public_id: _label(part) for part in held.contributions},
    )
    return (page, 422) if request.method == "POST" else page


@pages.page(
    f"{ONE}/people/new", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True, endpoint="edit_new_person"
)
def new_person(slug: str, session_id: str) -> ResponseReturnValue:
    """Write somebody new down and put them on the session."""
    forum, held = current_forum(), session_or_404(session_id)
    form = PersonForm()
    form.offer()
    if request.method == "POST" and form.validate():
        values = {
            name: form[name].data or ""
            for name in (
                "family_latin", "given_latin", "name_zh", "email", "function_en", "function_zh",
                "organisation_name_en", "organisation_name_zh",
            )
        }  # fmt: skip
        person = people.create({**values, "language": form.mail_language.data})
        contributions.add_part(forum, held, PartFacts(person), actor=me(), now=now())
        flash(_("Added to the session."), "success")
        return redirect(url_for("agenda.edit_people", slug=slug, session_id=session_id), 303)
    page = render_template("agenda/desk/person.html", forum=forum, held=held, form=form)
    return (page, 422) if request.method == "POST" else page


@pages.page(
    f"{ONE}/people/<part_id>", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True, endpoint="edit_part"
)
def edit_part(slug: str, session_id: str, part_id: str) -> ResponseReturnValue:
    """Edit what somebody does on a session."""
    forum, held = current_forum(), session_or_404(session_id)
    part = _part(held, part_id)
    known = {
        "person": part.person.public_id if part.person is not None else "",
        "placeholder_en": part.side("placeholder", "en"),
        "placeholder_zh": part.side("placeholder", "zh"),
        "role": part.role.value,
        "state": part.state.value,
        "language": part.language,
        "minutes": part.minutes,
        "remote": part.remote,
    }
    form = PartForm(data=known).about(part)
    choices = person_choices(forum)
    if part.person is not None and (part.person.public_id, person_label(part.person)) not in choices:
        choices.insert(0, (part.person.public_id, person_label(part.person)))
    form.offer(choices)
    if request.method == "POST" and form.validate():
        try:
            contributions.edit_part(forum, held, part_id, _facts(form), actor=me(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("agenda.edit_people", slug=slug, session_id=session_id), 303)
    replacing = ReplaceForm(formdata=None)
    replacing.person.choices = choices
    page = render_template(
        "agenda/desk/part.html",
        forum=forum,
        held=held,
        part=part,
        form=form,
        replacing=replacing,
        label=_label(part),
    )
    return (page, 422) if request.method == "POST" else page


@pages.page(
    f"{ONE}/people/<part_id>/biography",
    policy=AGENDA_EDITORS,
    methods=("GET", "POST"),
    soft_csrf=True,
    endpoint="edit_biography",
)
def edit_biography(slug: str, session_id: str, part_id: str) -> ResponseReturnValue:
    """Write what readers learn of somebody on the programme."""
    forum, held = current_forum(), session_or_404(session_id)
    part = _part(held, part_id)
    person = part.person
    if person is None or person.erased_at is not None:
        abort(404)
    form = BiographyForm(
        data={
            "version": str(person.version),
            **{f"biography_{side}": person.side("biography", side) for side in LANGUAGES},
        }
    ).about(person)
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                naming.write_biography(forum, person, form.texts(), seen=form.seen, actor=me(), now=now())
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
            else:
                flash(_("Saved."), "success")
                return redirect(url_for("agenda.edit_part", slug=slug, session_id=session_id, part_id=part_id), 303)
    page = render_template(
        "agenda/desk/biography.html", forum=forum, held=held, part=part, form=form, label=_label(part), person=person
    )
    return page, status


@pages.page(f"{ONE}/people/<part_id>/replace", policy=AGENDA_EDITORS, methods=("POST",))
def replace_part(slug: str, session_id: str, part_id: str) -> ResponseReturnValue:
    """Let somebody else take a part over."""
    forum, held = current_forum(), session_or_404(session_id)
    form = ReplaceForm()
    form.person.choices = []
    person = people_queries.by_public_id(form.person.data or "")
    if not form.validate() or person is None:
        abort(422)
    contributions.replace_part(forum, held, _part(held, part_id).public_id, person, actor=me(), now=now())
    flash(_("The person was replaced."), "success")
    return redirect(url_for("agenda.edit_people", slug=slug, session_id=session_id), 303)


@pages.page(f"{ONE}/people/<part_id>/remove", policy=AGENDA_EDITORS, methods=("POST",))
def remove_part(slug: str, session_id: str, part_id: str) -> ResponseReturnValue:
    """Take somebody off a session."""
    forum, held = current_forum(), session_or_404(session_id)
    contributions.remove_part(forum, held, part_id, actor=me(), now=now())
    flash(_("Removed from the session."), "success")
    return redirect(url_for("agenda.edit_people", slug=slug, session_id=session_id), 303)


@pages.page(f"{ONE}/people/<part_id>/earlier", policy=AGENDA_EDITORS, methods=("POST",))
def earlier(slug: str, session_id: str, part_id: str) -> ResponseReturnValue:
    """Move somebody one place up."""
    forum, held = current_forum(), session_or_404(session_id)
    order = [part.public_id for part in held.contributions]
    if part_id not in order:
        abort(404)
    place = order.index(part_id)
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
        contributions.reorder(forum, held, order, actor=me(), now=now())
    return redirect(url_for("agenda.edit_people", slug=slug, session_id=session_id), 303)


@pages.page(
    f"{ONE}/documents", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True, endpoint="edit_documents"
)
def edit_documents(slug: str, session_id: str) -> ResponseReturnValue:
    """The documents of a session, and adding one."""
    forum, held = current_forum(), session_or_404(session_id)
    form = MaterialForm()
    form.offer()
    if request.method == "POST" and form.validate():
        texts = {("title", "en"): form.title_en.data or "", ("title", "zh"): form.title_zh.data or ""}
        upload = form.file.data
        try:
            kept: StoredFile | None = None
            if upload and upload.filename:
                owner = f"agenda_session:{held.public_id}"
                kept = store(upload.stream, upload.filename, owner, PAPERS, field="file")
            materials.add_material(
                forum,
                held,
                texts,
                actor=me(),
                now=now(),
                link="" if kept is not None else form.link.data or "",
                file=kept,
                visibility=Visibility(form.visibility.data),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The document was added."), "success")
            return redirect(url_for("agenda.edit_documents", slug=slug, session_id=session_id), 303)
    page = render_template("agenda/desk/documents.html", forum=forum, held=held, form=form)
    return (page, 422) if request.method == "POST" else page


@pages.page(f"{ONE}/documents/<guid>/remove", policy=AGENDA_EDITORS, methods=("POST",))
def remove_document(slug: str, session_id: str, guid: str) -> ResponseReturnValue:
    """Take a document off a session."""
    forum, held = current_forum(), session_or_404(session_id)
    materials.remove_material(forum, held, guid, actor=me(), now=now())
    flash(_("The document was removed."), "success")
    return redirect(url_for("agenda.edit_documents", slug=slug, session_id=session_id), 303)


def _part(held: AgendaSession, part_id: str) -> Contribution:
    found = queries.contribution(current_forum(), held, part_id)
    if found is None:
        abort(404)
    return found


def _label(part: Contribution) -> str:
    if part.person is not None:
        return person_label(part.person)
    return part.text("placeholder").joined()


def _facts(form: PartForm) -> PartFacts:
    return PartFacts(
        person=people_queries.by_public_id(form.person.data) if form.person.data else None,
        role=SpeakerRole(form.role.data),
        state=SpeakerState(form.state.data),
        texts=form.texts(),
        language=form.language.data or "",
        minutes=form.minutes.data,
        remote=bool(form.remote.data),
    )
