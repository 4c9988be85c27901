"""Correcting entries on somebody's behalf; whoever saves second sees both texts and loses none."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.queries import names_of_actors
from forum.audit.queries import history
from forum.core.database import session
from forum.core.refusals import Refusal, StaleEdit
from forum.events.permissions import current_forum
from forum.people.operations import NAME_FIELDS
from forum.people.rules import displayed
from forum.places.queries import everything
from forum.registration.desk_permissions import DECIDE_PARTICIPATION, current_participation, desk_actor
from forum.registration.forms.desk import CorrectForm
from forum.registration.history import in_words
from forum.registration.models import Participation
from forum.registration.operations import registering
from forum.registration.rules.windows import EDITABLE
from forum.registration.states import PARTICIPATION_STATES
from forum.registration.views.blueprint import pages
from forum.registration.views.desk.person import address_of, number
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.viewer import now

PERSON_VALUES = (*NAME_FIELDS, "email")
OWN_VALUES = (
    "function_en",
    "function_zh",
    "organisation_name_en",
    "organisation_name_zh",
    "country_iso2",
    "mail_language",
    "attendance",
    "listening_languages",
    "needs_letter",
)


@pages.page(
    "/forums/<slug>/desk/participations/<participation_id>/edit",
    policy=DECIDE_PARTICIPATION,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def desk_correct(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Correct entries on somebody's behalf; whoever saves second sees both texts and loses none."""
    participation = current_participation()
    if participation.state not in EDITABLE:
        abort(404)
    form = _correct_form(participation)
    if not form.validate_on_submit():
        return _correct_page(form, 422 if form.sent else 200)
    try:
        registering.change(
            participation,
            person={name: _value(form, name) for name in PERSON_VALUES},
            facts={name: _value(form, name) for name in OWN_VALUES},
            sealed={"phone": form.phone.data} if form.phone.data else {},
            version=number(form.version.data),
            actor=desk_actor(),
            now=now(),
        )
    except StaleEdit as refusal:
        session.rollback()
        session.refresh(participation)
        session.refresh(participation.person)
        form.refuse(refusal)
        return _correct_page(form, 409, clash=True)
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _correct_page(form, refusal.status)
    flash(_("Your changes are saved."), "success")
    return redirect(address_of(), 303)


def _value(form: CorrectForm, name: str) -> Any:
    value = form[name].data
    return (value or None) if name == "country_iso2" else value


def _kept(participation: Participation, name: str) -> Any:
    return getattr(participation.person if name in PERSON_VALUES else participation, name)


def _correct_form(participation: Participation) -> CorrectForm:
    values = {name: _kept(participation, name) for name in (*PERSON_VALUES, *OWN_VALUES)}
    form = CorrectForm(data={**values, "version": participation.version}).about(participation)
    countries = everything("countries", current_language())
    form.country_iso2.choices = options(
        [("", _("Choose")), *((one.iso2, one.tr("name", current_language()).text) for one in countries)]
    )
    del form.city
    return form


def _correct_page(form: CorrectForm, status: int, *, clash: bool = False) -> ResponseReturnValue:
    participation = current_participation()
    differences: list[tuple[str, str, str]] = []
    last = None
    if clash:
        for name in (*PERSON_VALUES, *OWN_VALUES):
            kept, typed = _shown(_kept(participation, name)), _shown(form[name].data)
            if kept != typed:
                differences.append((form[name].label.text, kept, typed))
        entries = history("participation", participation.public_id, 1)
        names = names_of_actors(entry.actor for entry in entries)
        last = next(iter(in_words(entries, names, PARTICIPATION_STATES, _)), None)
        form.version.raw_data = None
        form.version.data = str(participation.version)
    return (
        render_template(
            "registration/desk/correct.html",
            forum=current_forum(),
            one=participation,
            title=displayed(participation.person, current_language()),
            form=form,
            differences=differences,
            last=last,
            clash=clash,
            back=address_of(),
        ),
        status,
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(sorted(value))
    return str(value or "")
