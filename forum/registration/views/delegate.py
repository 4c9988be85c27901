"""Registering: the first page, the steps, the sending.  Everything is saved at each step."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from forum.core.database import session
from forum.core.refusals import N_, Refusal, StaleEdit
from forum.events.permissions import FORUM_PUBLIC, current_forum
from forum.people.operations import NAME_FIELDS
from forum.people.rules import displayed, latin
from forum.places.models import City
from forum.places.queries import everything
from forum.ports.files.errors import FileRefused
from forum.ports.files.keeping import store
from forum.ports.files.kinds import DOCUMENTS
from forum.registration import notices, queries
from forum.registration.errors import AddressNeeded, AlreadyRegistered, Incomplete
from forum.registration.forms.registering import (
    AgainForm,
    ConsentsForm,
    NeedsForm,
    PersonForm,
    SendForm,
    StartForm,
)
from forum.registration.models import Participation
from forum.registration.operations import registering
from forum.registration.operations.consents import decide, given
from forum.registration.operations.links import secret_of
from forum.registration.operations.sealed import hints
from forum.registration.permissions import OWN_PARTICIPATION, current_participation, own_actor
from forum.registration.rules.fields import DOCUMENT_KINDS, FIELD_GROUPS, SEALED_DOCUMENTS, SEALED_FIELDS
from forum.registration.rules.windows import EDITABLE, category_is_open, forum_is_open
from forum.registration.states import PARTICIPATION_STATES, DelegationState, ParticipationState
from forum.registration.views.blueprint import pages
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.viewer import now, viewer

STEPS = ("person", "needs", "consents", "check")
UNSENT = frozenset({ParticipationState.DRAFT, ParticipationState.NOMINATED, ParticipationState.RETURNED})


def key() -> str:
    """Return the key by which this page was opened: a public id, or the secret of a personal link."""
    return str((request.view_args or {})["participation_id"])


def at(endpoint: str, **more: Any) -> str:
    """Return the address of another page of the present participation."""
    address: str = url_for(f"registration.{endpoint}", slug=current_forum().slug, participation_id=key(), **more)
    return address


@pages.page("/forums/<slug>/register", policy=FORUM_PUBLIC, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("60/minute;400/hour", methods=["POST"])
def register(slug: str) -> ResponseReturnValue:
    """As what, for whom, and where the answers go; begins the draft."""
    forum, who = current_forum(), viewer()
    kinds = [kind for kind in queries.categories(forum) if kind.self_registration]
    open_kinds = [kind for kind in kinds if category_is_open(forum, kind, now())]
    form = StartForm(language=current_language())
    form.category.choices = options((kind.public_id, kind.tr("name", current_language()).text) for kind in open_kinds)
    groups = [one for one in queries.delegations(forum) if one.state is not DelegationState.WITHDRAWN]
    form.delegation.choices = options(
        [("", _("None")), *((one.public_id, one.tr("name", current_language()).text) for one in groups)]
    )
    form.for_whom.choices = options([("self", _("Myself")), ("other", _("Somebody else"))])
    if not groups:
        del form.delegation
    if not who.signed_in:
        del form.for_whom
    status = 200
    if form.validate_on_submit():
        try:
            return _begun(form)
        except AlreadyRegistered:
            mine = next((p for p in queries.mine(who.account_id or 0) if p.forum_id == forum.id), None)
            if mine is not None:
                flash(_("You have registered for this forum already."))
                return redirect(url_for(".participation", slug=slug, participation_id=mine.public_id), 303)
            raise
        except Refusal as refusal:
            form.refuse(refusal)
    if form.sent:
        status = 422
    return render_template(
        "registration/register/start.html", forum=forum, form=form, kinds=open_kinds, all_kinds=kinds,
        is_open=forum_is_open(forum, now()), section="registration", steps=STEPS,
    ), status


def _begun(form: StartForm) -> ResponseReturnValue:
    forum, who = current_forum(), viewer()
    kind = queries.category(forum, form.category.data)
    if kind is None:
        abort(404)
    for_self = not who.signed_in or form.for_whom.data == "self"
    if not who.signed_in and not form.email.data:
        raise AddressNeeded
    delegation = None
    if "delegation" in form and form.delegation.data:
        delegation = queries.delegation(forum, form.delegation.data)
    email = form.email.data or (who.email if for_self else "")
    participation = registering.register(
        forum,
        registering.Application(
            category=kind, delegation=delegation, language=form.language.data, for_self=for_self,
            person={"email": email, "language": form.language.data},
        ),
        form_key=form.form_key.data or "",
        body_hash=form.body_hash(),
        actor=who.actor("delegate" if for_self else "assistant"),
        now=now(),
        send=False,
    )
    opened_by = participation.public_id if who.signed_in else secret_of(participation)
    if not who.signed_in:
        registering.send_link(participation, now=now())
        flash(_("We mailed you a personal link. With it you can continue at any time."))
    return redirect(url_for(".person", slug=forum.slug, participation_id=opened_by), 303)


def _page(template: str, step: str, form: Any, status: int = 200, **more: Any) -> ResponseReturnValue:
    participation = current_participation()
    names = [_("Person"), _("Needs"), _("Consents"), _("Check and send")]
    return render_template(
        f"registration/register/{template}.html", forum=current_forum(), participation=participation, form=form,
        step_names=names, step_number=STEPS.index(step) + 1, step_urls=[at(name) for name in STEPS],
        unsent=participation.state in UNSENT, section="registration", page_url=at("participation"),
        hints=hints(participation), states=PARTICIPATION_STATES, key=key(), **more,
    ), status


def _onward(step: str) -> ResponseReturnValue:
    """Go to the next step of a draft, or back to the page of a registration that was sent."""
    if current_participation().state in UNSENT:
        return redirect(at(STEPS[STEPS.index(step) + 1]), 303)
    flash(_("Your changes are saved."))
    return redirect(at("participation"), 303)


def _editable(participation: Participation) -> None:
    if participation.state not in EDITABLE:
        abort(409)


def _version(form: Any) -> int | None:
    text = form.version.data or ""
    return int(text) if text.isdecimal() and len(text) < 10 else None


@pages.page(
    "/forums/<slug>/my/<participation_id>/person", policy=OWN_PARTICIPATION, methods=("GET", "POST"), soft_csrf=True
)
def person(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Who: names in every printed form, function, organisation, country, address."""
    participation = current_participation()
    _editable(participation)
    one = participation.person
    form = PersonForm(
        **{name: getattr(one, name) for name in NAME_FIELDS if not name.startswith("passport")},
        **{name: getattr(participation, name) or "" for name in (*TITLES, "country_iso2", "mail_language")},
        email=one.email, version=str(participation.version),
        city=participation.city.tr("name", current_language()).text if participation.city else "",
    )
    form.name_order.choices = options(
        [("given_first", _("Given name first")), ("family_first", _("Family name first"))]
    )
    form.country_iso2.choices = options(
        [("", _("Please choose")), *((c.iso2, c.tr("name", current_language()).text) for c in _countries())]
    )
    theirs: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        city = _city(form)
        if not form.city.errors:
            try:
                _save_person(form, city)
                return _onward("person")
            except StaleEdit as stale:
                theirs, status = _theirs(form, participation), 409
                form.version.data = str(participation.version)
                form.refuse(stale)
            except Refusal as refusal:
                form.refuse(refusal)
    if form.sent and status == 200:
        status = 422
    return _page("person", "person", form, status, theirs=theirs, preview=_preview(participation))


TITLES = ("function_en", "function_zh", "organisation_name_en", "organisation_name_zh")


def _countries() -> Any:
    return everything("countries", current_language())


def _city(form: PersonForm) -> City | None:
    if not form.city.data:
        return None
    with session.no_autoflush:
        found = session.scalars(
            select(City).where(
                City.country_iso2 == form.country_iso2.data,
                City.search.contains(form.city.data.casefold(), autoescape=True),
            )
        ).unique().all()
    wanted = form.city.data.casefold()
    for city in found:
        if wanted in {city.side("name", "en").casefold(), city.side("name", "zh").casefold()}:
            return city
    form.city.errors = (_("We don't know a city of this name in the country you chose. You may leave it empty."),)
    return None


def _save_person(form: PersonForm, city: City | None) -> None:
    names = [name for name in NAME_FIELDS if not name.startswith("passport")]
    values: dict[str, object] = {name: form[name].data or "" for name in names}
    values |= {name: form[name].data or None for name in TITLES}
    values |= {"email": form.email.data or "", "country_iso2": form.country_iso2.data}
    values |= {"city_id": city.id if city else None}
    facts: dict[str, object] = {name: form[name].data or None for name in TITLES}
    facts |= {"country_iso2": form.country_iso2.data, "city_id": city.id if city else None}
    facts |= {"mail_language": form.mail_language.data}
    registering.change(
        current_participation(),
        person=values,
        facts=facts,
        sealed={"phone": form.phone.data} if form.phone.data else {},
        version=_version(form),
        actor=own_actor(),
        now=now(),
    )


def _theirs(form: Any, participation: Participation) -> list[tuple[str, str]]:
    """Return what somebody else saved meanwhile, for the fields that differ from what was typed."""
    found = []
    for field in form:
        source = participation if field.name in TITLES else participation.person
        kept = getattr(source, field.name, None)
        if isinstance(kept, str) and field.name != "version" and kept != (field.data or ""):
            found.append((str(field.label.text), kept))
    return found


def _preview(participation: Participation) -> dict[str, str]:
    one = participation.person
    return {
        "badge": latin(one) or one.name_zh,
        "list_en": displayed(one, "en"),
        "list_zh": displayed(one, "zh"),
        "letter": " ".join(part for part in (one.passport_surname, one.passport_given) if part),
    }


@pages.page(
    "/forums/<slug>/my/<participation_id>/needs", policy=OWN_PARTICIPATION, methods=("GET", "POST"), soft_csrf=True
)
def needs(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """What somebody needs, by the fields and documents of the category."""
    participation = current_participation()
    _editable(participation)
    one, groups = participation.person, participation.category.fields
    form = NeedsForm(
        attendance=str(participation.attendance), listening_languages=participation.listening_languages,
        needs_letter=participation.needs_letter, passport_surname=one.passport_surname,
        passport_given=one.passport_given, version=str(participation.version),
    )
    kept = hints(participation)
    form.clear.choices = options((name, _(SEALED_FIELDS[name].label)) for name in kept if name != "phone")
    for name in _unasked(groups):
        delattr(form, name)
    status = 200
    if form.validate_on_submit():
        try:
            _save_needs(form)
            return _onward("needs")
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
    return _page(
        "needs", "needs", form, status, groups=FIELD_GROUPS, kinds=DOCUMENT_KINDS, sealed=SEALED_FIELDS,
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
    "passport_number", "birth_date", "arrival", "departure", "diet", "allergies", "access", "emergency_contact",
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
        participation, person=names, facts=facts, sealed=sealed, version=_version(form), actor=own_actor(), now=now()
    )
    for kind in participation.category.required_documents:
        upload = request.files.get(f"document-{kind}")
        if upload is not None and upload.filename and kind in DOCUMENT_KINDS:
            kept = store(
                cast("BinaryIO", upload.stream), upload.filename, participation.reference, DOCUMENTS,
                sealed=kind in SEALED_DOCUMENTS, field=kind,
            )
            registering.hand_in(participation, kind, kept.id, actor=own_actor(), now=now())


@pages.page(
    "/forums/<slug>/my/<participation_id>/consents",
    policy=OWN_PARTICIPATION, methods=("GET", "POST"), soft_csrf=True,
)
def consents(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """One unticked box for each purpose, with why, who sees it and until when."""
    participation = current_participation()
    present = given(participation)
    asked = _asked_consents(participation)
    form = ConsentsForm(data=present if participation.state is not ParticipationState.DRAFT or present else None)
    if form.validate_on_submit():
        decide(
            participation, {purpose: bool(form[purpose].data) for purpose in asked},
            language=current_language(), actor=own_actor(), now=now(),
        )
        return _onward("consents")
    return _page(
        "consents", "consents", form, 422 if form.sent else 200,
        asked=[notices.NOTICES[purpose] for purpose in asked],
    )


def _asked_consents(participation: Participation) -> list[str]:
    """Return the purposes that this category can need."""
    groups = set(participation.category.fields)
    wanted = ["notice"]
    if participation.category.in_list_of_participants:
        wanted.append("list")
    if "letter" in groups or SEALED_DOCUMENTS & set(participation.category.required_documents):
        wanted.append("identity")
    if "travel" in groups:
        wanted.append("travel")
    if groups & {"diet", "access"}:
        wanted.append("health")
    if "medical" in groups:
        wanted.append("medical")
    return wanted


@pages.page(
    "/forums/<slug>/my/<participation_id>/check", policy=OWN_PARTICIPATION, methods=("GET", "POST"), soft_csrf=True
)
@limiter.limit("60/minute", methods=["POST"])
def check(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Everything once more, the gaps, and the one button that sends it."""
    participation = current_participation()
    form = SendForm()
    if form.sent and participation.state not in UNSENT:
        flash(_("We already have this form. Nothing was sent twice."))
        return redirect(at("participation"), 303)
    if form.validate_on_submit():
        try:
            registering.submit(
                participation, actor=own_actor(), now=now(), form_key=form.form_key.data, body_hash=form.body_hash()
            )
            flash(_("Your registration is sent."), "success")
            return redirect(at("participation"), 303)
        except Incomplete as incomplete:
            form.refuse(incomplete)
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(
        "check", "check", form, 422 if form.sent else 200, gaps=registering.missing(participation),
        preview=_preview(participation), consents=given(participation), notices=notices.NOTICES,
        sealed=SEALED_FIELDS, documents=registering.documents_of(participation), kinds=DOCUMENT_KINDS,
    )


@pages.page("/forums/<slug>/register/again", policy=FORUM_PUBLIC, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("5/minute;30/hour", methods=["POST"])
def again(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Mail the personal links of an address; the answer is the same for known and unknown ones."""
    form = AgainForm()
    if form.validate_on_submit():
        for participation in registering.drafts_by_address(current_forum(), form.email.data or ""):
            registering.send_link(participation, now=now())
        flash(_("If this address is registered, a mail with the personal link is on its way."))
        return redirect(url_for(".register", slug=current_forum().slug), 303)
    return render_template(
        "registration/register/again.html", forum=current_forum(), form=form, section="registration"
    ), 422 if form.sent else 200
