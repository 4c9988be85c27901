"""One participation at the desk: read, decided, corrected; sealed values open one by one, with a reason."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.queries import names_of_actors
from forum.audit.queries import history
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.core.workflow import Transition
from forum.events.permissions import current_forum
from forum.people.rules import displayed
from forum.registration.desk_permissions import (
    ADMIT_PARTICIPATION,
    DECIDE_PARTICIPATION,
    READ_PARTICIPATION,
    current_participation,
    decides,
    desk_actor,
)
from forum.registration.forms.desk import NoteForm, RevealForm, StepForm
from forum.registration.history import in_words
from forum.registration.models import Participation
from forum.registration.notices import NOTICES
from forum.registration.operations import registering
from forum.registration.operations.consents import given
from forum.registration.operations.decisions import decide
from forum.registration.operations.notes import check_document, open_document, write_note
from forum.registration.operations.sealed import duplicates, hints, may_open, reveal
from forum.registration.queries import desk
from forum.registration.rules.fields import ATTENDANCES, DOCUMENT_KINDS, FIELD_GROUPS, LISTENING, SEALED_FIELDS
from forum.registration.rules.windows import EDITABLE
from forum.registration.states import PARTICIPATION_LIFE, PARTICIPATION_STATES
from forum.registration.views.blueprint import pages
from forum.registration.views.desk.listing import tone
from forum.web.attachments import attachment
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.viewer import now

# The page of the person corrects these; the desk does it on their behalf elsewhere.
_NOT_AT_THE_DESK = frozenset({"submit", "resubmit", "nominate", "accept_offer", "confirm", "lapse", "change_identity"})


def _lawful(participation: Participation) -> list[Transition]:
    rows = PARTICIPATION_LIFE.lawful(participation.state, desk_actor().roles)
    return [row for row in rows if row.action not in _NOT_AT_THE_DESK]


def _openable(participation: Participation) -> dict[str, str]:
    """Return the sealed fields that this person may open; the medical note is for the organiser's office."""
    roles = desk_actor().roles
    return {
        field: end for field, end in hints(participation).items() if field in SEALED_FIELDS and may_open(field, roles)
    }


def _page(status: int = 200, *, opened: tuple[str, str] | None = None, **forms: Any) -> ResponseReturnValue:
    participation, full = current_participation(), decides()
    steps = _lawful(participation)
    step_forms = {row.action: StepForm(formdata=None).offer(row.action) for row in steps if row.needs_reason}
    tried: StepForm | None = forms.get("step")
    if tried is not None and tried.action.data in step_forms:
        step_forms[tried.action.data] = tried
    context: dict[str, Any] = {
        "forum": current_forum(),
        "one": participation,
        "person": participation.person,
        "title": displayed(participation.person, current_language()),
        "steps": steps,
        "step_forms": step_forms,
        "tried": tried,
        "states": PARTICIPATION_STATES,
        "tone": tone,
        "attendances": ATTENDANCES,
        "listening": LISTENING,
        "full": full,
        "opened": opened,
        "editable": full and participation.state in EDITABLE,
        "back": url_for(".participations", slug=current_forum().slug),
    }
    if full:
        context.update(_of_the_desk(participation, forms))
    return render_template("registration/desk/participation.html", **context), status


def _of_the_desk(participation: Participation, forms: dict[str, Any]) -> dict[str, Any]:
    """Return what only those who decide may see."""
    forum = current_forum()
    entries = history("participation", participation.public_id)
    documents = desk.documents(participation)
    notes = desk.notes(participation)
    checkers = [row.checked_by for row, _stored in documents]
    names = names_of_actors([*(entry.actor for entry in entries), *checkers])
    openable = _openable(participation)
    present = {row.kind for row, _stored in documents if not row.superseded}
    return {
        "ends": hints(participation),
        "sealed_fields": SEALED_FIELDS,
        "openable": openable,
        "reveal_form": forms.get("reveal") or RevealForm(formdata=None).offer(openable),
        "documents": documents,
        "lacking": [kind for kind in participation.category.required_documents if kind not in present],
        "document_kinds": DOCUMENT_KINDS,
        "field_groups": FIELD_GROUPS,
        "consents": given(participation),
        "notices": NOTICES,
        "notes": notes,
        "note_form": forms.get("note") or NoteForm(formdata=None),
        "events": in_words(entries, names, PARTICIPATION_STATES, _),
        "names": names,
        "same_passport": desk.by_ids(forum, duplicates(participation)),
        "namesakes": desk.namesakes(participation),
        "gaps": registering.missing(participation),
    }


def address_of(endpoint: str = "desk_participation", **more: Any) -> str:
    """Return the address of a page of the present participation."""
    made: str = url_for(
        f".{endpoint}", slug=current_forum().slug, participation_id=current_participation().public_id, **more
    )
    return made


@pages.page("/forums/<slug>/desk/participations/<participation_id>", policy=READ_PARTICIPATION)
def desk_participation(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Everything that the desk may know of one participation, and what may be done now."""
    return _page()


@pages.page(
    "/forums/<slug>/desk/participations/<participation_id>/step",
    policy=ADMIT_PARTICIPATION,
    methods=("POST",),
    soft_csrf=True,
)
def desk_step(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Take one step; the table says which are lawful for whom."""
    form = StepForm()
    form.offer(form.action.data or "")
    participation = current_participation()
    if not form.validate():
        return _page(422, step=form)
    try:
        decide(
            participation,
            form.action.data or "",
            code=form.code.data or "",
            text=form.text.data or "",
            version=number(form.version.data),
            actor=desk_actor(),
            now=now(),
        )
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        if refusal.field == "reason":
            form.form_errors = []
            form.text.errors = (*form.text.errors, refusal.say(_))
        return _reloaded(refusal.status, form)
    flash(_("The state is now “%(state)s”.", state=_(PARTICIPATION_STATES[participation.state])), "success")
    return redirect(address_of(), 303)


def _reloaded(status: int, form: StepForm) -> ResponseReturnValue:
    """Show the page as things stand now, with what was typed."""
    session.refresh(current_participation())
    return _page(status, step=form)


def number(text: str | None) -> int | None:
    """Return the version that a form carries, or None."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


@pages.page(
    "/forums/<slug>/desk/participations/<participation_id>/reveal",
    policy=DECIDE_PARTICIPATION,
    methods=("POST",),
    soft_csrf=True,
)
@limiter.limit("60/hour", methods=["POST"])
def desk_reveal(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Open one sealed value; it is shown once, and the audit keeps who opened it and why."""
    participation = current_participation()
    form = RevealForm().offer(_openable(participation))
    if not form.validate():
        return _page(422, reveal=form)
    try:
        text = reveal(participation, form.field.data, reason=form.reason.data or "", actor=desk_actor(), now=now())
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(refusal.status, reveal=form)
    return _page(opened=(form.field.data, text))


@pages.page(
    "/forums/<slug>/desk/participations/<participation_id>/notes",
    policy=DECIDE_PARTICIPATION,
    methods=("POST",),
    soft_csrf=True,
)
def desk_note(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Write a note."""
    form = NoteForm()
    if not form.validate():
        return _page(422, note=form)
    write_note(current_participation(), form.text.data, actor=desk_actor(), now=now())
    flash(_("The note is saved."), "success")
    return redirect(address_of() + "#notes", 303)


@pages.page(
    "/forums/<slug>/desk/participations/<participation_id>/documents/<document_id>",
    policy=DECIDE_PARTICIPATION,
    methods=("GET", "POST"),
)
def desk_document(slug: str, participation_id: str, document_id: str) -> ResponseReturnValue:  # noqa: ARG001 - see policy
    """Hand out a document; a sealed one only after a reason that the audit keeps."""
    participation = current_participation()
    found = desk.document(participation, document_id)
    if found is None:
        abort(404)
    row, stored = found
    if not stored.sealed:
        return attachment(stored)
    reason = request.form.get("reason", "").strip()[:200]
    if request.method == "POST" and reason:
        open_document(participation, row, reason=reason, actor=desk_actor(), now=now())
        return attachment(stored)
    return (
        render_template(
            "registration/desk/open_document.html",
            forum=current_forum(),
            one=participation,
            kind=DOCUMENT_KINDS.get(row.kind, row.kind),
            failed=request.method == "POST",
            back=address_of(),
        ),
        422 if request.method == "POST" else 200,
    )


@pages.page(
    "/forums/<slug>/desk/participations/<participation_id>/documents/<document_id>/check",
    policy=DECIDE_PARTICIPATION,
    methods=("POST",),
)
def desk_check_document(slug: str, participation_id: str, document_id: str) -> ResponseReturnValue:  # noqa: ARG001 - see policy
    """Say that a document is in order."""
    found = desk.document(current_participation(), document_id)
    if found is None:
        abort(404)
    check_document(current_participation(), found[0], actor=desk_actor(), now=now())
    flash(_("The document is marked as in order."), "success")
    return redirect(address_of() + "#documents", 303)
