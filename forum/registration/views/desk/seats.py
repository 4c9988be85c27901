"""Limits and waiting lists: how many seats there are, who stands in line, in which order."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.database import session
from forum.core.refusals import N_, Refusal
from forum.events.permissions import REGISTRATION_DESK, current_forum
from forum.registration import queries
from forum.registration.desk_permissions import EDIT_ENTRY, current_entry, desk_actor
from forum.registration.forms.desk import CallOffForm, EntryForm, LimitForm
from forum.registration.operations import waiting
from forum.registration.operations.calling_off import call_off
from forum.registration.operations.limits import set_limit
from forum.registration.queries import desk, standing
from forum.registration.states import WAITING_LIFE, WAITING_STATES
from forum.registration.views.blueprint import pages
from forum.web.viewer import now

SCOPE_KINDS = {
    "forum": N_("Whole forum"),
    "category": N_("Category"),
    "session": N_("Session"),
    "quota": N_("Quota"),
}
TONES = {"offered": "wait", "waiting": "", "expired": "past", "declined": "past"}


def scope_of(scope: str) -> desk.Scope | None:
    """Return a scope of this forum by its name, or None for one of another forum or of none."""
    forum = current_forum()
    categories = queries.categories(forum)
    for known in desk.scopes(forum, categories):
        if known.scope == scope:
            return known
    kind, _colon, rest = scope.partition(":")
    if kind != "delegation":
        return None
    delegation = desk.delegation(forum, rest.partition(":")[0])
    if delegation is None:
        return None
    return next((quota for quota in desk.quotas(delegation, categories) if quota.scope == scope), None)


def _seats_page(status: int = 200, form: LimitForm | None = None) -> ResponseReturnValue:
    forum = current_forum()
    return (
        render_template(
            "registration/desk/seats.html",
            forum=forum,
            scopes=desk.scopes(forum, queries.categories(forum)),
            kinds=SCOPE_KINDS,
            off=standing.sessions_off(forum),
            form=form or LimitForm(formdata=None),
            tried=form.scope.data if form else "",
        ),
        status,
    )


@pages.page("/forums/<slug>/desk/seats", policy=REGISTRATION_DESK, methods=("GET", "POST"), soft_csrf=True)
def desk_seats(slug: str) -> ResponseReturnValue:
    """Every limit with its meter; a limit is never set below what is taken."""
    form = LimitForm()
    if not form.sent:
        return _seats_page()
    scope = scope_of(form.scope.data or "")
    if scope is None:
        abort(404)
    if not form.validate():
        return _limit_refused(scope, form, 422)
    try:
        offers = set_limit(
            current_forum(), scope.scope, form.cap.data, reason=form.reason.data or "", actor=desk_actor(), now=now()
        )
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _limit_refused(scope, form, refusal.status)
    if offers:
        told = ngettext(
            "The limit is set. %(num)d offer was sent.", "The limit is set. %(num)d offers were sent.", len(offers)
        )
        flash(told, "success")
    else:
        flash(_("The limit is set."), "success")
    return redirect(_back_of(scope, slug), 303)


@pages.page(
    "/forums/<slug>/desk/seats/<session_id>/call-off",
    policy=REGISTRATION_DESK,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def desk_call_off(slug: str, session_id: str) -> ResponseReturnValue:
    """Give back the seats of a session that no longer takes place, and tell those who had them."""
    forum = current_forum()
    held = standing.bookable_session(forum, session_id)
    if held is None:
        abort(404)
    form = CallOffForm()
    status = 200
    if form.sent and form.validate():
        try:
            told = call_off(forum, held, reason=form.reason.data, actor=desk_actor(), now=now())
        except Refusal as refusal:
            session.rollback()
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(ngettext("%(num)d person was told.", "%(num)d people were told.", told), "success")
            return redirect(url_for(".desk_seats", slug=slug), 303)
    elif form.sent:
        status = 422
    scope = scope_of(f"session:{session_id}")
    return render_template("registration/desk/call_off.html", forum=current_forum(), scope=scope, form=form), status


def _back_of(scope: desk.Scope, slug: str) -> str:
    if scope.kind == "quota":
        delegation: Any = scope.thing
        return str(url_for(".desk_delegation", slug=slug, delegation_id=delegation.public_id) + "#quotas")
    return str(url_for(".desk_seats", slug=slug))


def _limit_refused(scope: desk.Scope, form: LimitForm, status: int) -> ResponseReturnValue:
    """Show the refusal beside the limit that was tried; a quota has a page of its own for this."""
    if scope.kind != "quota":
        return _seats_page(status, form)
    return (
        render_template(
            "registration/desk/limit.html",
            forum=current_forum(),
            scope=scope,
            form=form,
            back=_back_of(scope, current_forum().slug),
        ),
        status,
    )


@pages.page("/forums/<slug>/desk/waiting", policy=REGISTRATION_DESK)
def desk_waiting(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The waiting lists: one in full, the others by their numbers."""
    return _waiting_page()


def _waiting_page(status: int = 200, form: EntryForm | None = None, tried: str = "") -> ResponseReturnValue:
    forum = current_forum()
    scopes = desk.scopes(forum, queries.categories(forum))
    wanted = request.args.get("scope", "") or (current_entry().scope if tried else "")
    shown = next((scope for scope in scopes if scope.scope == wanted), None)
    if shown is None:
        shown = next((scope for scope in scopes if scope.waiting or scope.offered), scopes[0])
    roles = desk_actor().roles
    entries = desk.line(forum, shown.scope)
    return (
        render_template(
            "registration/desk/waiting.html",
            forum=forum,
            scopes=[scope for scope in scopes if scope.waiting or scope.offered or scope is shown],
            shown=shown,
            kinds=SCOPE_KINDS,
            rows=[(entry, WAITING_LIFE.lawful(entry.state, roles)) for entry in entries],
            states=WAITING_STATES,
            tones=TONES,
            form=form or EntryForm(formdata=None),
            tried=tried,
            expired=[entry.id for entry in entries if entry.state == "offered" and not waiting.stands(entry, now())],
        ),
        status,
    )


@pages.page(
    "/forums/<slug>/desk/waiting/<entry_id>/<any(remove,restore,prefer):deed>",
    policy=EDIT_ENTRY,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def desk_waiting_deed(slug: str, entry_id: str, deed: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Take off the list, put back, or change the priority: each with a reason."""
    entry = current_entry()
    form = EntryForm(data={"priority": entry.priority})
    back = url_for(".desk_waiting", slug=slug, scope=entry.scope)
    if form.validate_on_submit():
        try:
            _do(deed, form)
        except Refusal as refusal:
            session.rollback()
            form.refuse(refusal)
            return _deed_page(form, deed, back, refusal.status)
        flash(_("The waiting list is changed."), "success")
        return redirect(back, 303)
    return _deed_page(form, deed, back, 422 if form.sent else 200)


def _do(deed: str, form: EntryForm) -> None:
    entry, actor, reason = current_entry(), desk_actor(), form.reason.data or ""
    if deed == "remove":
        waiting.remove(entry, actor=actor, now=now(), reason=reason)
    elif deed == "restore":
        waiting.restore(entry, actor=actor, now=now(), reason=reason)
    else:
        waiting.prefer(entry, form.priority.data or 0, actor=actor, now=now(), reason=reason)


def _deed_page(form: EntryForm, deed: str, back: str, status: int) -> ResponseReturnValue:
    return (
        render_template(
            "registration/desk/waiting_deed.html",
            forum=current_forum(),
            entry=current_entry(),
            form=form,
            deed=deed,
            states=WAITING_STATES,
            back=back,
        ),
        status,
    )
