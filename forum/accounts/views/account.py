"""One's own account: language, password, signed-in devices, and everything the product holds."""

from __future__ import annotations

import json

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts import operations, own_data, queries
from forum.accounts.errors import WrongCredentials
from forum.accounts.forms import AccountForm, DeleteForm, PasswordForm
from forum.accounts.models import Account
from forum.accounts.viewing import cookie_name
from forum.accounts.views.pages import pages
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.web.policy import SIGNED_IN
from forum.web.transactions import start_writing
from forum.web.viewer import now, viewer


def _me() -> Account:
    return session.get_one(Account, viewer().account_id)


@pages.page("/account", policy=SIGNED_IN, methods=("GET", "POST"), soft_csrf=True)
def account() -> ResponseReturnValue:
    """Name, language and time zone; the password; the devices."""
    me = _me()
    form = AccountForm(obj=me)
    form.set_zones()
    if form.validate_on_submit():
        operations.change_account(
            me, name=form.name.data, language=form.language.data, zone_name=form.zone_name.data, now=now()
        )
        flash(_("Saved."), "success")
        return redirect(url_for("accounts.account"), 303)
    return (
        render_template(
            "accounts/account.html",
            form=form,
            me=me,
            password_form=PasswordForm(formdata=None),
            devices=queries.devices(me.id, now()),
        ),
        422 if form.sent else 200,
    )


@pages.page("/account/password", policy=SIGNED_IN, methods=("GET", "POST"), reads_first=True, soft_csrf=True)
def password() -> ResponseReturnValue:
    """Set a new password; all other devices are signed out."""
    me, form = _me(), PasswordForm()
    if form.validate_on_submit():
        try:
            if me.password_hash and not operations.password_fits(me, form.current.data or ""):
                raise WrongCredentials(field="current")
            made = operations.hash_password(form.password.data, email=me.email)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            start_writing()
            operations.set_password(_me(), made, viewer().sign_in_id, now=now())
            flash(_("The new password is set. Other devices were signed out."), "success")
            return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/password.html", form=form, me=me), 422 if form.sent else 200


@pages.page("/account/devices/<device_id>/end", policy=SIGNED_IN, methods=("POST",))
def end_device(device_id: str) -> ResponseReturnValue:
    """Sign one of one's own devices out."""
    device = next((d for d in queries.devices(viewer().account_id or 0, now()) if d.public_id == device_id), None)
    if device is None:
        abort(404)
    operations.end_device(device, actor=viewer().actor(), now=now())
    flash(_("The device is signed out."), "success")
    return redirect(url_for("accounts.account"), 303)


@pages.page("/account/devices/end-others", policy=SIGNED_IN, methods=("POST",))
def end_other_devices() -> ResponseReturnValue:
    """Sign every other device out."""
    operations.end_other_devices(_me(), viewer().sign_in_id, actor=viewer().actor(), now=now())
    flash(_("All other devices are signed out."), "success")
    return redirect(url_for("accounts.account"), 303)


def _sections(me: Account) -> list[own_data.Section]:
    found = [own_data.account_section(me, now())]
    for sections, _erase in current_app.extensions["forum.own_data"]:
        found.extend(sections(me.id, now()))
    return found


@pages.page("/account/data", policy=SIGNED_IN)
def my_data() -> ResponseReturnValue:
    """Everything that the product holds about this person, readable."""
    return render_template("accounts/my_data.html", sections=_sections(_me()))


@pages.page("/account/data.json", policy=SIGNED_IN)
def my_data_file() -> ResponseReturnValue:
    """The same as a file."""
    body = json.dumps(
        {"exported_at": now().isoformat(), "sections": _sections(_me())}, ensure_ascii=False, indent=2, default=str
    )
    return Response(
        body,
        mimetype="application/json",
        headers={"Content-Disposition": "attachment; filename=my-data.json", "Cache-Control": "no-store"},
    )


@pages.page("/account/delete", policy=SIGNED_IN, methods=("GET", "POST"))
def delete() -> ResponseReturnValue:
    """Delete the account and the personal data; what the law asks to keep is named on the page."""
    form = DeleteForm()
    if form.validate_on_submit():
        me = _me()
        for _sections_of, erase in current_app.extensions["forum.own_data"]:
            erase(me.id, now())
        try:
            operations.close_account(me, actor=viewer().actor(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your account and your personal data are deleted."), "success")
            answer = redirect(url_for("site.home"), 303)
            answer.delete_cookie(cookie_name(), path="/")
            return answer
    return render_template("accounts/delete.html", form=form), 422 if request.method == "POST" else 200
