"""The step of the needs: what a category asks, sealed, and the documents."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import N_, Refusal, StaleEdit
from forum.ports.files.errors import FileRefused
from forum.ports.files.keeping import store
from forum.ports.files.kinds import DOCUMENTS, PICTURES
from forum.registration.forms.registering import (
    NeedsForm,
)
from forum.registration.operations import registering
from forum.registration.operations.sealed import hints
from forum.registration.permissions import OWN_PARTICIPATION, current_participation, own_actor
from forum.registration.rules.fields import DOCUMENT_KINDS, FIELD_GROUPS, SEALED_DOCUMENTS, SEALED_FIELDS
from forum.registration.views.blueprint import pages
from forum.registration.views.steps import (
    editable,
    onward,
    step_page,
    version_of,
)
from forum.web.forms import options
from forum.web.viewer import now


@pages.page(
    "/forums/<slug>/my/<participation_id>/needs", policy=OWN_PARTICIPATION, methods=("GET", "POST"), soft_csrf=True
)
def needs(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """What somebody needs, by the fields and documents of the category."""
    participation = current_participation()
    editable(participation)
    was = participation.state
    one, groups = participation.person, participation.category.fields
    form = NeedsForm(
        attendance=str(participation.attendance),
        listening_languages=participation.listening_languages,
        needs_letter=participation.needs_letter,
        passport_surname=one.passport_surname,
        passport_given=one.passport_given,
        version=str(participation.version),
    )
    kept = hints(participation)
    form.clear.choices = options((name, _(SEALED_FIELDS[name].label)) for name in kept if name != "phone")
    for name in _unasked(groups):
        delattr(form, name)
    status = 200
    if form.validate_on_submit():
        try:
            _save_needs(form)
            return onward("needs", was)
        except StaleEdit as stale:
            status = 409
            form.version.data = str(participation.version)
            form.refuse(stale)
        except FileRefused as refused:
            wrong = _(DOCUMENT_KINDS.get(refused.field or "", N_("File")))
            form.form_errors.append(_("%(document)s: %(error)s", document=wrong, error=refused.say(_)))
        except Refusal as refusal:
            form.refuse(refusal)
    if form.sent and status == 200:
        status = 422
    if form.sent and any(upload.filename for upload in request.files.values()):
        form.form_errors.append(_("Please choose your files again: a browser doesn’t keep them."))
    return step_page(
        "needs",
        "needs",
        form,
        status,
        groups=FIELD_GROUPS,
        kinds=DOCUMENT_KINDS,
        sealed=SEALED_FIELDS,
        documents=registering.documents_of(participation),
    )


GROUP_FIELDS = {
    "letter": ("needs_letter", "passport_surname", "passport_given", "passport_number", "birth_date"),
    "travel": ("arrival", "departure"),
    "diet": ("diet", "allergies"),
    "access": ("access", "emergency_contact"),
    "medical": ("medical_note",),
    "interpretation": ("listening_languages",),
}
SEALED_HERE = (
    "passport_number",
    "birth_date",
    "arrival",
    "departure",
    "diet",
    "allergies",
    "access",
    "emergency_contact",
    "medical_note",
)


def _unasked(groups: list[str]) -> list[str]:
    """Return the fields for which the category doesn't ask."""
    return [name for group, names in GROUP_FIELDS.items() if group not in groups for name in names]


def _save_needs(form: NeedsForm) -> None:
    participation = current_participation()
    facts: dict[str, object] = {"attendance": form.attendance.data}
    names: dict[str, object] = {}
    sealed: dict[str, str] = dict.fromkeys(form.clear.data or [], "")
    if "listening_languages" in form:
        facts["listening_languages"] = form.listening_languages.data or []
    if "needs_letter" in form:
        facts["needs_letter"] = bool(form.needs_letter.data)
        names = {name: form[name].data or "" for name in ("passport_surname", "passport_given")}
    for name in SEALED_HERE:
        if name in form and form[name].data:
            typed = form[name].data
            sealed[name] = ", ".join(typed) if isinstance(typed, list) else typed
    registering.change(
        participation, person=names, facts=facts, sealed=sealed, version=version_of(form), actor=own_actor(), now=now()
    )
    for kind in participation.category.required_documents:
        upload = request.files.get(f"document-{kind}")
        if upload is not None and upload.filename and kind in DOCUMENT_KINDS:
            kept = store(
                cast("BinaryIO", upload.stream),
                upload.filename,
                participation.reference,
                PICTURES if kind == "photo" else DOCUMENTS,
                sealed=kind in SEALED_DOCUMENTS,
                field=kind,
            )
            registering.hand_in(participation, kind, kept.id, actor=own_actor(), now=now())
