"""Delegations at the desk: invited, named, limited, followed through their life, printed."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.queries import names_of_actors
from forum.audit.queries import history
from forum.core.database import session
from forum.core.refusals import N_, Refusal, StaleEdit
from forum.core.text import clean_line
from forum.events.permissions import REGISTRATION_DESK, REGISTRATION_READERS, current_forum
from forum.places import queries as places
from forum.places.models import City, Country, Organisation
from forum.registration import queries
from forum.registration.desk_permissions import (
    EDIT_DELEGATION,
    READ_DELEGATION,
    STEP_DELEGATION,
    current_delegation,
    decides,
    desk_actor,
)
from forum.registration.forms.desk import (
    MAIL_POLICY_LABELS,
    DelegationForm,
    DelegationStepForm,
    FocalPointForm,
    LimitForm,
)
from forum.registration.history import in_words
from forum.registration.models import Delegation
from forum.registration.operations import inviting
from forum.registration.queries import desk
from forum.registration.states import ACTIVE_STATES, DELEGATION_STATES, PARTICIPATION_STATES
from forum.registration.views.blueprint import pages
from forum.registration.views.desk.listing import tone
from forum.web.language import current_language
from forum.web.viewer import now

KINDS = {"countries": N_("Country or region"), "cities": N_("City"), "organisations": N_("Organisation or body")}
DELEGATION_KINDS = {"country": N_("Country or region"), "city": N_("City"), "organisation": N_("Organisation or body")}
DELEGATION_TONES = {
    "invited": "wait",
    "accepted": "",
    "composing": "",
    "submitted": "wait",
    "credentialed": "good",
    "declined": "past",
    "closed": "past",
    "withdrawn": "past",
}
FOUND = 20


def _address(delegation: Delegation, endpoint: str = "desk_delegation") -> str:
    return str(url_for(f".{endpoint}", slug=current_forum().slug, delegation_id=delegation.public_id))


@pages.page("/forums/<slug>/desk/delegations", policy=REGISTRATION_READERS)
def delegations(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The delegations with their numbers."""
    forum = current_forum()
    state, text = request.args.get("state", ""), clean_line(request.args.get("q", ""))[:100]
    if state not in DELEGATION_STATES:
        state = ""
    return render_template(
        "registration/desk/delegations.html",
        forum=forum,
        lines=desk.delegation_lines(forum, state=state, text=text, language=current_language()),
        state_chosen=state,
        text=text,
        states=DELEGATION_STATES,
        kinds=DELEGATION_KINDS,
        tones=DELEGATION_TONES,
        decides=decides(),
    )


@pages.page("/forums/<slug>/desk/delegations/invite", policy=REGISTRATION_DESK, methods=("GET", "POST"))
def desk_invite(slug: str) -> ResponseReturnValue:
    """Find the place in the reference data and invite it; names are corrected afterwards."""
    kind = request.values.get("kind", "cities")
    if kind not in KINDS:
        kind = "cities"
    text = clean_line(request.values.get("q", ""))[:100]
    refused, status = "", 200
    if request.method == "POST":
        place = places.one(kind, request.form.get("place", ""))
        if not isinstance(place, Country | City | Organisation):
            abort(404)
        try:
            delegation = inviting.invite(current_forum(), place, actor=desk_actor(), now=now())
        except Refusal as refusal:
            refused, status = refusal.say(_), refusal.status
            session.rollback()
        else:
            flash(_("The delegation is invited. Name a focal point so that it can nominate its members."), "success")
            return redirect(_address(delegation), 303)
    found, count = places.search(kind, text, current_language(), limit=FOUND) if text else ([], 0)
    taken = {one.represents: one for one in queries.delegations(current_forum())}
    return (
        render_template(
            "registration/desk/invite.html",
            forum=current_forum(),
            kind=kind,
            kinds=KINDS,
            text=text,
            found=[(place, _key(place), taken.get(_key(place))) for place in found],
            count=count,
            refused=refused,
            back=url_for(".delegations", slug=slug),
        ),
        status,
    )


def _key(place: Country | City | Organisation) -> str:
    return place.iso2 if isinstance(place, Country) else place.public_id


def _page(status: int = 200, **forms: Any) -> ResponseReturnValue:
    forum, delegation, full = current_forum(), current_delegation(), decides()
    members = queries.members(delegation)
    categories = queries.categories(forum)
    steps = inviting.lawful(delegation, desk_actor())
    entries = history("delegation", delegation.public_id) if full else ()
    names = names_of_actors(entry.actor for entry in entries)
    if step := forms.get("step"):
        step.reason.id = f"reason-{step.action.data}"  # each step has a box of its own
    return (
        render_template(
            "registration/desk/delegation.html",
            forum=forum,
            delegation=delegation,
            kinds=DELEGATION_KINDS,
            states=DELEGATION_STATES,
            tones=DELEGATION_TONES,
            members=[one for one in members if one.state in ACTIVE_STATES],
            left=[one for one in members if one.state not in ACTIVE_STATES],
            member_states=PARTICIPATION_STATES,
            tone=tone,
            quotas=desk.quotas(delegation, categories),
            steps=steps,
            step_form=forms.get("step") or DelegationStepForm(formdata=None),
            tried=forms["step"].action.data if "step" in forms else "",
            focal_form=forms.get("focal") or FocalPointForm(formdata=None),
            limit_form=LimitForm(formdata=None),
            mail_policies=MAIL_POLICY_LABELS,
            events=in_words(entries, names, DELEGATION_STATES, _),
            full=full,
            back=url_for(".delegations", slug=forum.slug),
        ),
        status,
    )


@pages.page("/forums/<slug>/desk/delegations/<delegation_id>", policy=READ_DELEGATION)
def desk_delegation(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """One delegation: members, quotas, focal points, and what may be done now."""
    return _page()


@pages.page("/forums/<slug>/desk/delegations/<delegation_id>/sheet", policy=READ_DELEGATION)
def desk_delegation_sheet(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """The delegation on paper, in both languages."""
    delegation = current_delegation()
    return render_template(
        "registration/desk/delegation_sheet.html",
        forum=current_forum(),
        delegation=delegation,
        members=[one for one in queries.members(delegation) if one.state in ACTIVE_STATES],
        states=PARTICIPATION_STATES,
        delegation_states=DELEGATION_STATES,
    )


@pages.page(
    "/forums/<slug>/desk/delegations/<delegation_id>/edit",
    policy=EDIT_DELEGATION,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def desk_delegation_edit(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Names, mail policy, note verbale."""
    delegation = current_delegation()
    form = DelegationForm(obj=delegation)
    status, kept = 422 if form.sent else 200, {}
    if form.validate_on_submit():
        try:
            inviting.change(
                delegation,
                {name: form[name].data or "" for name in inviting.FIELDS},
                version=int(form.version.data) if (form.version.data or "").isdecimal() else 0,
                actor=desk_actor(),
                now=now(),
            )
        except StaleEdit as refusal:
            session.rollback()
            session.refresh(delegation)
            form.refuse(refusal)
            kept = {
                form[name].label.text: getattr(delegation, name) or ""
                for name in inviting.FIELDS
                if (getattr(delegation, name) or "") != (form[name].data or "")
            }
            form.version.data = str(delegation.version)
            status = refusal.status
        else:
            flash(_("Your changes are saved."), "success")
            return redirect(_address(delegation), 303)
    return (
        render_template(
            "registration/desk/delegation_edit.html",
            forum=current_forum(),
            delegation=delegation,
            form=form,
            kept=kept,
            back=_address(delegation),
        ),
        status,
    )


@pages.page(
    "/forums/<slug>/desk/delegations/<delegation_id>/step",
    policy=STEP_DELEGATION,
    methods=("POST",),
    soft_csrf=True,
)
def desk_delegation_step(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Take one step of its life; the table says which are lawful for whom."""
    form, delegation = DelegationStepForm(), current_delegation()
    if not form.validate():
        return _page(422, step=form)
    try:
        inviting.step(
            delegation,
            form.action.data or "",
            reason=form.reason.data or "",
            version=int(form.version.data) if (form.version.data or "").isdecimal() else None,
            actor=desk_actor(),
            now=now(),
        )
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _page(refusal.status, step=form)
    flash(_("The state is now “%(state)s”.", state=_(DELEGATION_STATES[delegation.state])), "success")
    return redirect(_address(delegation), 303)


@pages.page(
    "/forums/<slug>/desk/delegations/<delegation_id>/focal-points",
    policy=EDIT_DELEGATION,
    methods=("POST",),
    soft_csrf=True,
)
def desk_focal_point(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Name a focal point by mail address."""
    form, delegation = FocalPointForm(), current_delegation()
    if not form.validate():
        return _page(422, focal=form)
    try:
        inviting.name_focal_point(
            delegation,
            form.email.data,
            form.name.data,
            form.language.data,
            proof=form.proof.data or "",
            actor=desk_actor(),
            now=now(),
        )
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _page(refusal.status, focal=form)
    flash(_("The focal point is named and told by mail."), "success")
    return redirect(_address(delegation) + "#focal-points", 303)


@pages.page(
    "/forums/<slug>/desk/delegations/<delegation_id>/focal-points/<focal_id>/dismiss",
    policy=EDIT_DELEGATION,
    methods=("GET", "POST"),
)
def desk_dismiss_focal_point(slug: str, delegation_id: str, focal_id: str) -> ResponseReturnValue:  # noqa: ARG001 - see policy
    """Take the right to speak for a delegation away, after asking."""
    delegation = current_delegation()
    focal = next((one for one in delegation.focal_points if one.public_id == focal_id), None)
    if focal is None:
        abort(404)
    if request.method == "POST":
        inviting.dismiss_focal_point(delegation, focal, actor=desk_actor(), now=now())
        flash(_("The focal point is taken off."), "success")
        return redirect(_address(delegation) + "#focal-points", 303)
    return render_template(
        "layouts/confirm.html",
        heading=_("Take off this focal point?"),
        sentence=_(
            "%(name)s will no longer be able to act for this delegation. The account stays.",
            name=focal.account.name or focal.account.email,
        ),
        button=_("Take off"),
        cancel_url=_address(delegation) + "#focal-points",
    )
