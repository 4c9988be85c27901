"""Registering: the first page, the consents, the sending.  Everything is saved at each step."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import Refusal
from forum.core.text import pinyin_key
from forum.events.permissions import FORUM_PUBLIC, current_forum
from forum.registration import notices, queries
from forum.registration.errors import AlreadyRegistered, Incomplete, NotWithDelegation
from forum.registration.forms.registering import (
    MAIL_LANGUAGES,
    AgainForm,
    ConsentsForm,
    SendForm,
    StartForm,
    VisitorForm,
)
from forum.registration.models import Category, Chain, Participation
from forum.registration.operations import registering
from forum.registration.operations.consents import decide, given
from forum.registration.operations.links import secret_of
from forum.registration.permissions import OWN_PARTICIPATION, current_participation, own_actor
from forum.registration.rules.fields import ATTENDANCES, DOCUMENT_KINDS, LISTENING, SEALED_DOCUMENTS, SEALED_FIELDS
from forum.registration.rules.windows import category_is_open, forum_is_open
from forum.registration.states import NOMINATING, ParticipationState
from forum.registration.views.blueprint import pages
from forum.registration.views.steps import (
    STEPS,
    UNSENT,
    at,
    onward,
    printed,
    step_page,
)
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.viewer import now, viewer


@pages.page("/forums/<slug>/register", policy=FORUM_PUBLIC, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("60/minute;400/hour", methods=["POST"])
def register(slug: str) -> ResponseReturnValue:
    """As what, for whom, and where the answers go; begins the draft."""
    forum, who = current_forum(), viewer()
    kinds = [kind for kind in queries.categories(forum) if kind.self_registration]
    open_kinds = [kind for kind in kinds if category_is_open(forum, kind, now())]
    form = (StartForm if who.signed_in else VisitorForm)(language=current_language())
    form.category.choices = options((kind.public_id, kind.tr("name", current_language()).text) for kind in open_kinds)
    groups = _delegations_to_join() if any(_takes_delegation(kind) for kind in open_kinds) else []
    form.delegation.choices = options([("", _("None")), *groups])
    form.for_whom.choices = options([("self", _("Myself")), ("other", _("Somebody else"))])
    if not groups:
        del form.delegation
    if not who.signed_in:
        del form.for_whom
    status = 200
    if form.validate_on_submit():
        try:
            return _begun(form, {kind.public_id: kind for kind in open_kinds})
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
        "registration/register/start.html",
        forum=forum,
        form=form,
        kinds=open_kinds,
        all_kinds=kinds,
        is_open=forum_is_open(forum, now()),
        section="registration",
        steps=STEPS,
    ), status


def _takes_delegation(kind: Category) -> bool:
    """Tell whether people of a category come as members of a delegation, whose focal point decides on them."""
    return kind.needs_delegation or kind.chain is Chain.FOCAL_THEN_SECRETARIAT


def _delegations_to_join() -> list[tuple[str, str]]:
    """Return the delegations that still take members, in the order of the reader's language.

    Who was invited and who declined is nobody's business but theirs and the desk's.
    """
    named = [
        (one.public_id, one.tr("name", current_language()).text)
        for one in queries.delegations(current_forum())
        if one.state in NOMINATING
    ]
    return sorted(named, key=lambda pair: pinyin_key(pair[1]))


def _begun(form: StartForm, kinds: Mapping[str, Category]) -> ResponseReturnValue:
    forum, who = current_forum(), viewer()
    kind = kinds[form.category.data]
    for_self = not who.signed_in or form.for_whom.data == "self"
    delegation = None
    if "delegation" in form and form.delegation.data:
        if not _takes_delegation(kind):
            raise NotWithDelegation
        delegation = queries.delegation(forum, form.delegation.data)
    email = form.email.data or (who.email if for_self else "")
    participation = registering.register(
        forum,
        registering.Application(
            category=kind,
            delegation=delegation,
            language=form.language.data,
            for_self=for_self,
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


@pages.page(
    "/forums/<slug>/my/<participation_id>/consents",
    policy=OWN_PARTICIPATION,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def consents(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """One unticked box for each purpose, with why, who sees it and until when."""
    participation = current_participation()
    present = given(participation)
    asked = _asked_consents(participation)
    form = ConsentsForm(data=present if participation.state is not ParticipationState.DRAFT or present else None)
    if form.validate_on_submit():
        decide(
            participation,
            {purpose: bool(form[purpose].data) for purpose in asked},
            language=current_language(),
            actor=own_actor(),
            now=now(),
        )
        return onward("consents")
    return step_page(
        "consents",
        "consents",
        form,
        422 if form.sent else 200,
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
    return step_page(
        "check",
        "check",
        form,
        422 if form.sent else 200,
        gaps=registering.missing(participation),
        attendances=ATTENDANCES,
        listening=LISTENING,
        mail_languages=dict(MAIL_LANGUAGES),
        preview=printed(participation),
        consents=given(participation),
        notices=notices.NOTICES,
        sealed=SEALED_FIELDS,
        documents=registering.documents_of(participation),
        kinds=DOCUMENT_KINDS,
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
