"""What the national office sets: delegations to provinces, periods and counts."""

from __future__ import annotations

from dataclasses import asdict

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import P_, Refusal
from forum.partnerships.errors import SettingsChanged
from forum.partnerships.forms import DelegationForm, EndDelegationForm, SettingsForm, settings_form
from forum.partnerships.models import INSTRUMENTS, DelegatedApproval
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.governing import delegate, end_delegation, set_terms
from forum.partnerships.permissions import (
    DELEGATION_READERS,
    RULE_KEEPERS,
    RULE_READERS,
    oversees,
    provinces_of,
    sets_rules,
)
from forum.partnerships.queries.delegations import delegation_by, delegations_page, state_of, used
from forum.partnerships.queries.settings import setting_changes, settings_number, terms
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.terms import SETTINGS
from forum.partnerships.views.blueprint import pages, refused
from forum.places import queries as places
from forum.web.language import current_language
from forum.web.viewer import now, viewer

RULE = "/desk/partnerships/delegations"
PAGE = 25
STATES = {
    "runs": (P_("partnership", "Runs"), "good"),
    "coming": (P_("partnership", "Begins later"), "wait"),
    "over": (P_("partnership", "Period over"), "past"),
    "ended": (P_("partnership", "Taken back"), "past"),
}


@pages.page(RULE, policy=DELEGATION_READERS)
def delegations() -> ResponseReturnValue:
    """What is and was delegated; a province reads its own."""
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), 10_000)
    own = None if oversees(viewer()) else provinces_of(viewer())
    found, count = delegations_page(own, offset=(number - 1) * PAGE, limit=PAGE)
    today = today_in("", now())
    return render_template(
        "partnerships/delegations.html",
        rows=[(given, *STATES[state_of(given, today)]) for given in found],
        used=used([given.reference for given in found]),
        number=number,
        last=max(1, -(-count // PAGE)),
        instruments=INSTRUMENTS,
        keeps=sets_rules(viewer()),
    )


@pages.page(f"{RULE}/new", policy=RULE_KEEPERS, methods=("GET", "POST"), soft_csrf=True, endpoint="delegate")
def delegating() -> ResponseReturnValue:
    """Delegate a class of instruments to a province."""
    form = DelegationForm(data={"starts_on": today_in("", now())})
    language = current_language()
    form.offer([(each.code, each.tr("name", language).text) for each in places.everything("provinces", language)])
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            try:
                delegate(form.handing, actor=viewer().actor(), now=now())
            except Refusal as refusal:
                status = refused(form, refusal)
            else:
                flash(_("The delegation is recorded. It holds from its first day to its last."), "success")
                return redirect(url_for("partnerships.delegations"), 303)
    return render_template("partnerships/delegate.html", form=form), status


@pages.page(f"{RULE}/<delegation_id>/end", policy=RULE_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def end_delegating(delegation_id: str) -> ResponseReturnValue:
    """Take a delegation back; asks for the reason first."""
    given = _delegation(delegation_id)
    form = EndDelegationForm()
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            try:
                end_delegation(given, form.reason.data or "", actor=viewer().actor(), now=now())
            except Refusal as refusal:
                status = refused(form, refusal)
                given = _delegation(delegation_id)
            else:
                flash(_("The delegation is taken back. What was approved by it stays approved."), "success")
                return redirect(url_for("partnerships.delegations"), 303)
    page = render_template("partnerships/end_delegation.html", form=form, given=given, instruments=INSTRUMENTS)
    return page, status


def _delegation(delegation_id: str) -> DelegatedApproval:
    given = delegation_by(delegation_id)
    if given is None:
        abort(404)
    return given


@pages.page("/desk/partnerships/settings", policy=RULE_READERS)
def settings() -> ResponseReturnValue:
    """The periods and counts in force, their changes, and the form of the next change."""
    return _settings(settings_form({**asdict(terms()), "version": str(settings_number())}), 200)


@pages.page(
    "/desk/partnerships/settings", policy=RULE_KEEPERS, methods=("POST",), soft_csrf=True, endpoint="change_settings"
)
def change_settings() -> ResponseReturnValue:
    """Set periods and counts."""
    form = settings_form()
    if not form.validate():
        return _settings(form, 422)
    try:
        set_terms(form.wanted(), form.reason.data or "", seen=form.seen, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        status = refused(form, refusal)
        if isinstance(refusal, SettingsChanged):
            form.version.data = str(settings_number())  # what holds now stands beside each entry
        return _settings(form, status)
    flash(_("The settings hold from now on. What runs already keeps its dates."), "success")
    return redirect(url_for("partnerships.settings"), 303)


def _settings(form: SettingsForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "partnerships/settings.html",
        form=form,
        numbers=SETTINGS,
        kinds=neighbours.reminded,
        present=asdict(terms()),
        changes=setting_changes(),
        keeps=sets_rules(viewer()),
    )
    return page, status
