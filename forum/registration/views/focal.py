"""The focal point's pages: the delegation's sheet, nominations, approvals, files, the submission."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.catalogue import translator
from forum.core.refusals import Refusal
from forum.events.permissions import current_forum
from forum.people.rules import displayed
from forum.ports.documents import delimited, spreadsheet
from forum.ports.documents.table import UnreadableTable
from forum.registration import imports, queries
from forum.registration.forms.focal import ApplyForm, DecideForm, NominateForm, SheetForm, UploadForm
from forum.registration.models import Category, Delegation, Participation
from forum.registration.operations import composing, importing
from forum.registration.operations.life import lawful, perform_many
from forum.registration.operations.registering import Application, submit_many
from forum.registration.permissions import FOCAL_POINT, current_delegation, focal_actor
from forum.registration.rules import names
from forum.registration.states import (
    ACTIVE_STATES,
    DELEGATION_LIFE,
    DELEGATION_STATES,
    NOMINATING,
    PARTICIPATION_STATES,
)
from forum.registration.views.blueprint import pages
from forum.registration.views.steps import UNSENT
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.viewer import now

BULK = ("focal_approve", "focal_return", "submit")
LARGEST = 5 * 1024 * 1024


def _at(endpoint: str, **more: Any) -> str:
    address: str = url_for(
        f"registration.{endpoint}", slug=current_forum().slug, delegation_id=current_delegation().public_id, **more
    )
    return address


def _kinds() -> list[Category]:
    """Return the categories in which a focal point nominates, those with a quota of the delegation first."""
    kinds = [kind for kind in queries.categories(current_forum()) if kind.needs_delegation or kind.self_registration]
    metered = {kind.id for kind, _counter in composing.meters(current_delegation(), kinds)}
    return sorted(kinds, key=lambda kind: kind.id not in metered)


def _usual_language(group: Delegation) -> str:
    return "zh" if group.country_iso2 == "CN" else "en"


def _members() -> list[Participation]:
    return list(queries.members(current_delegation()))


def _page(template: str, status: int = 200, **more: Any) -> ResponseReturnValue:
    return render_template(
        f"registration/focal/{template}.html",
        forum=current_forum(),
        delegation=current_delegation(),
        states=PARTICIPATION_STATES,
        delegation_states=DELEGATION_STATES,
        section="mine",
        to=_at,
        **more,
    ), status


@pages.page("/forums/<slug>/delegations/<delegation_id>/", policy=FOCAL_POINT, methods=("GET", "POST"), soft_csrf=True)
def delegation(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """The sheet: members in order with the deed for each, quota meters, note verbale, state."""
    group = current_delegation()
    form = SheetForm(note_verbale=group.note_verbale, mail_policy=group.mail_policy, version=str(group.version))
    form.mail_policy.choices = options(
        [
            ("registrant", _("Whoever registered the member")),
            ("focal", _("The focal points")),
            ("person", _("The member in person")),
        ]
    )
    if form.validate_on_submit():
        try:
            composing.describe(
                group,
                note_verbale=form.note_verbale.data or "",
                mail_policy=form.mail_policy.data,
                version=int(form.version.data) if (form.version.data or "").isdecimal() else None,
                actor=focal_actor(),
                now=now(),
            )
            flash(_("Your changes are saved."))
            return redirect(_at("delegation"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    members = _members()
    kinds = queries.categories(current_forum())
    return _page(
        "sheet",
        422 if form.sent else 200,
        form=form,
        members=[one for one in members if one.state in ACTIVE_STATES],
        gone=[one for one in members if one.state not in ACTIVE_STATES],
        meters=composing.meters(group, kinds),
        steps=[row for row in DELEGATION_LIFE.lawful(group.state, {"focal"}) if row.action != "first_nomination"],
        nominating=group.state in NOMINATING,
        bulk=[action for action in BULK if any(_may(one, action) for one in members)],
        may={one.id: [row.action for row in lawful(one, {"focal"})] for one in members},
    )


def _may(one: Participation, action: str) -> bool:
    return any(row.action == action for row in lawful(one, {"focal"}))


@pages.page("/forums/<slug>/delegations/<delegation_id>/members", policy=FOCAL_POINT, methods=("POST",))
@limiter.limit("120/minute")
def focal_members(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Do something with the ticked members, or with the one whose button was pressed; each has its answer."""
    known = {one.public_id: one for one in _members()}
    deed, _colon, target = request.form.get("deed", "").partition(":")
    actor = focal_actor()
    if deed in {"up", "down", "head", "alternate", "promote"}:
        one = known.get(target)
        if one is None:
            abort(404)
        _with_one(deed, one, [*known])
        return redirect(_at("delegation"), 303)
    if deed not in BULK:
        abort(400)
    chosen = [known[public_id] for public_id in request.form.getlist("member") if public_id in known]
    if not chosen:
        flash(_("Choose at least one member."), "error")
        return redirect(_at("delegation"), 303)
    if deed == "submit":
        outcomes = submit_many(chosen, actor=actor, now=now())
    else:
        outcomes = perform_many(chosen, deed, actor=actor, now=now(), reason=request.form.get("reason", "")[:1000])
    return _page("answers", outcomes=[(o.participation, o.refusal.say(_) if o.refusal else "") for o in outcomes])


def _with_one(deed: str, one: Participation, order: list[str]) -> None:
    group, actor = current_delegation(), focal_actor()
    if deed == "head":
        composing.name_head(group, one, actor=actor, now=now())
        flash(_("%(name)s heads the delegation.", name=displayed(one.person, current_language())))
    elif deed in {"alternate", "promote"}:
        composing.set_alternate(one, deed == "alternate", actor=actor, now=now())
        flash(_("Your changes are saved."))
    else:
        place = order.index(one.public_id)
        other = max(0, place - 1) if deed == "up" else min(len(order) - 1, place + 1)
        order[place], order[other] = order[other], order[place]
        composing.reorder(group, order, actor=actor, now=now())


@pages.page(
    "/forums/<slug>/delegations/<delegation_id>/nominate", policy=FOCAL_POINT, methods=("GET", "POST"), soft_csrf=True
)
@limiter.limit("60/minute", methods=["POST"])
def focal_nominate(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Nominate one member."""
    group = current_delegation()
    if group.state not in NOMINATING:
        return _page("closed", 409)
    kinds = _kinds()
    form = NominateForm(language=_usual_language(group))
    form.category.choices = options((kind.public_id, kind.tr("name", current_language()).text) for kind in kinds)
    if form.validate_on_submit():
        try:
            _nominated(form)
            flash(_("The member is nominated. Complete the registration and send it."), "success")
            return redirect(_at("delegation"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _page("nominate", 422 if form.sent else 200, form=form, meters=composing.meters(group, kinds))


def _nominated(form: NominateForm) -> None:
    group, forum = current_delegation(), current_forum()
    kind = queries.category(forum, form.category.data)
    if kind is None:
        abort(404)
    typed = ("family_latin", "given_latin", "name_zh", "function_en", "function_zh", "email", "language")
    person: dict[str, object] = {name: form[name].data or "" for name in typed}
    person |= {"country_iso2": group.country_iso2, "city_id": group.city_id}
    person |= {"name_order": names.usual_order(group.country_iso2)}
    person |= {"organisation_name_en": group.name_en, "organisation_name_zh": group.name_zh}
    application = Application(
        category=kind,
        person=person,
        facts={"country_iso2": group.country_iso2},
        delegation=group,
        language=form.language.data,
        for_self=False,
    )
    composing.nominate_once(
        group,
        application,
        form_key=form.form_key.data or "",
        body_hash=form.body_hash(),
        alternate=bool(form.alternate.data),
        actor=focal_actor(),
        now=now(),
    )


DECISIONS = ("accept", "decline", "submit", "withdraw")


@pages.page(
    "/forums/<slug>/delegations/<delegation_id>/<any(accept,decline,submit,withdraw):action>",
    policy=FOCAL_POINT,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def focal_decide(slug: str, delegation_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Ask before a step of the whole delegation, then take it."""
    group = current_delegation()
    form = DecideForm(version=str(group.version))
    step = next((row for row in DELEGATION_LIFE.lawful(group.state, {"focal"}) if row.action == action), None)
    status = 200
    if form.validate_on_submit():
        try:
            composing.decide(
                group,
                action,
                actor=focal_actor(),
                now=now(),
                reason=form.reason.data,
                version=int(form.version.data) if (form.version.data or "").isdecimal() else None,
            )
            flash(_("Your decision is recorded."))
            return redirect(_at("delegation"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    elif step is None:
        abort(409)
    active = [one for one in _members() if one.state in ACTIVE_STATES]
    return _page(
        "decide",
        status,
        form=form,
        step=step,
        action=action,
        members=active,
        unsent=[one for one in active if one.state in UNSENT],
    )


@pages.page(
    "/forums/<slug>/delegations/<delegation_id>/template.<any(xlsx,csv):form>", policy=FOCAL_POINT, methods=("GET",)
)
def focal_template(slug: str, delegation_id: str, form: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """The file to fill in, with headings in the reader's language."""
    codes = [kind.code for kind in _kinds()]
    if form == "xlsx":
        body = imports.template_xlsx(_, _("Delegation"), codes, datetime(2027, 1, 1, tzinfo=UTC))
    else:
        body = imports.template_csv(_, codes)
    answer = Response(body, mimetype=spreadsheet.MEDIA_TYPE if form == "xlsx" else delimited.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="delegation.{form}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _headings() -> dict[str, list[str]]:
    """Return the headings of each column in both languages, so that either template is read."""
    speakers = [translator("en"), translator("zh")]
    return {key: [speak(heading) for speak in speakers] for key, heading, *_rest in imports.COLUMNS}


@pages.page(
    "/forums/<slug>/delegations/<delegation_id>/import", policy=FOCAL_POINT, methods=("GET", "POST"), soft_csrf=True
)
@limiter.limit("20/minute", methods=["POST"])
def focal_import(slug: str, delegation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Upload a file: every wrong cell is named, or the preview waits for confirmation."""
    if current_delegation().state not in NOMINATING:
        return _page("closed", 409)
    form = UploadForm()
    errors: list[tuple[str, str, str]] = []
    if form.validate_on_submit():
        upload = request.files["table"]
        content = upload.stream.read(LARGEST + 1)
        try:
            found = _read(content, upload.filename or "")
        except UnreadableTable:
            form.form_errors.append(_("This file can't be read as a table. Please use the template as XLSX or CSV."))
        else:
            if found.members:
                return _kept(found, upload.filename or "")
            errors = [(e.coordinate, _(e.heading) if e.heading else "", _(e.sentence) % e.facts) for e in found.errors]
            form.form_errors.append(
                ngettext(
                    "One cell needs your attention. Nothing was imported.",
                    "%(num)s cells need your attention. Nothing was imported.",
                    len(errors),
                )
            )
    return _page("import", 422 if form.sent else 200, form=form, errors=errors, kinds=_kinds())


def _read(content: bytes, filename: str) -> imports.ReadDelegation:
    if len(content) > LARGEST:
        raise UnreadableTable(UnreadableTable.TOO_LARGE)
    return imports.read(content, filename, _kinds(), _headings(), now().date())


def _kept(found: imports.ReadDelegation, filename: str) -> ResponseReturnValue:
    candidates = [
        importing.Candidate(one.category, one.person, one.sealed, one.alternate, one.language) for one in found.members
    ]
    kept = importing.keep(current_delegation(), filename, candidates, actor=focal_actor(), now=now())
    return redirect(_at("focal_preview", import_id=kept.public_id), 303)


@pages.page(
    "/forums/<slug>/delegations/<delegation_id>/import/<import_id>",
    policy=FOCAL_POINT,
    methods=("GET", "POST"),
    soft_csrf=True,
)
@limiter.limit("20/minute", methods=["POST"])
def focal_preview(slug: str, delegation_id: str, import_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """What a file will do; sending the form nominates everybody in it, or nobody."""
    group = current_delegation()
    kept = importing.find(group, import_id)
    if kept is None:
        abort(404)
    form = ApplyForm()
    candidates = importing.candidates_of(kept)
    status = 200
    if form.sent and kept.applied_at is not None:
        return redirect(_at("delegation"), 303)
    if form.validate_on_submit():
        try:
            agreed = [name for name in ("notice", "identity") if form[name].data]
            made = importing.apply(group, kept, consents=agreed, actor=focal_actor(), now=now())
            flash(ngettext("One member is nominated.", "%(num)s members are nominated.", len(made)), "success")
            return redirect(_at("delegation"), 303)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    elif form.sent:
        status = 422
    return _page(
        "preview",
        status,
        form=form,
        kept=kept,
        candidates=candidates,
        with_passports=any({"passport_number", "birth_date"} & one.sealed.keys() for one in candidates),
        meters=composing.meters(group, queries.categories(current_forum())),
    )
