"""On which days people are reminded of each kind of due date, as the national office sets it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import Refusal
from forum.partnerships.errors import SettingsChanged
from forum.partnerships.forms import ReminderDaysForm, reminder_days_form, written_days
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.governing import set_reminder_days
from forum.partnerships.permissions import RULE_KEEPERS, RULE_READERS, sets_rules
from forum.partnerships.queries.settings import reminder_days, settings_number
from forum.partnerships.views.blueprint import pages, refused
from forum.web.viewer import now, viewer

RULE = "/desk/partnerships/reminder-days"


@pages.page(RULE, policy=RULE_READERS, endpoint="reminder_days")
def show() -> ResponseReturnValue:
    """The days in force for every kind, and the form of the next change."""
    return _page(reminder_days_form({**_present(), "version": str(settings_number())}), 200)


@pages.page(RULE, policy=RULE_KEEPERS, methods=("POST",), soft_csrf=True, endpoint="change_reminder_days")
def change() -> ResponseReturnValue:
    """Set the days of some kinds."""
    form = reminder_days_form()
    if not form.validate():
        return _page(form, 422)
    try:
        set_reminder_days(form.wanted(), form.reason.data or "", seen=form.seen, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        status = refused(form, refusal)
        if isinstance(refusal, SettingsChanged):
            form.version.data = str(settings_number())  # what holds now stands beside each entry
        return _page(form, status)
    flash(_("The days hold from the next round on. What was told stays told."), "success")
    return redirect(url_for("partnerships.reminder_days"), 303)


def _present() -> dict[str, str]:
    chosen = reminder_days({kind: reminded.days for kind, reminded in neighbours.reminded.items()})
    return {kind: written_days(days) for kind, days in chosen.items()}


def _page(form: ReminderDaysForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "partnerships/reminder_days.html",
        form=form,
        kinds=neighbours.reminded,
        present=_present(),
        keeps=sets_rules(viewer()),
    )
    return page, status
