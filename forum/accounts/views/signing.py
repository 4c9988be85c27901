"""Signing in: by password, by a link in a mail, with a second factor for staff."""

from __future__ import annotations

import segno
from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext as _
from pyotp import TOTP

from forum.accounts import operations, queries
from forum.accounts.errors import WrongCode, WrongCredentials
from forum.accounts.forms import CodeForm, LinkForm, SignInForm
from forum.accounts.models import Account, LinkPurpose, SignIn
from forum.accounts.viewing import cookie_name
from forum.accounts.views.pages import pages, sign_device_in, way_back
from forum.core.database import session
from forum.core.identifiers import digest
from forum.core.refusals import Refusal
from forum.core.text import clean_code
from forum.web.language import current_language
from forum.web.limits import limiter, network
from forum.web.policy import AT_THE_DOOR, PUBLIC
from forum.web.transactions import start_writing
from forum.web.viewer import now, settings, viewer


def address_typed() -> str:
    """Return what the limit of one address counts, from whatever network; known and unknown ones alike."""
    typed = clean_code(request.form.get("email", "")).casefold()
    return digest(typed[:254]) if typed else network()


def account_at_the_door() -> str:
    """Return what the limit of codes counts: six digits don't stand long against many networks."""
    return viewer().public_id or network()


def was_wrong(answer: Response) -> bool:
    """Tell whether an attempt counts: only those that failed do."""
    return answer.status_code == 422


@pages.page("/sign-in", policy=PUBLIC, methods=("GET", "POST"), reads_first=True, soft_csrf=True)
@limiter.limit("20 per minute; 100 per hour", methods=["POST"])
@limiter.limit("5 per minute; 30 per hour", methods=["POST"], key_func=address_typed, deduct_when=was_wrong)
def sign_in() -> ResponseReturnValue:
    """Sign in with a password; the answer to a wrong one says nothing about the address."""
    form = SignInForm(next=request.args.get("next", ""))
    if (viewer().signed_in or g.get("second_factor_lacks")) and request.method == "GET":
        return redirect(way_back(form.next.data), 303)
    if form.validate_on_submit():
        account = queries.by_email(form.email.data)
        if operations.password_fits(account, form.password.data):
            start_writing()
            if (account := queries.by_email(form.email.data)) is not None:
                return sign_device_in(account, way_back(form.next.data))
        form.refuse(WrongCredentials())
    return render_template("accounts/sign_in.html", form=form), 422 if form.sent else 200


@pages.page("/sign-in/link", policy=PUBLIC, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("6 per minute; 30 per hour", methods=["POST"])
@limiter.limit("5 per minute; 20 per hour", methods=["POST"], key_func=address_typed)
def ask_for_link() -> ResponseReturnValue:
    """Mail a one-time link; the page looks the same whether the address is known or not."""
    form = LinkForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        operations.send_link(
            form.email.data, current_language(), settings().base_url, purpose=LinkPurpose.SIGN_IN, now=now()
        )
        return render_template("accounts/link_sent.html", email=form.email.data)
    return render_template("accounts/ask_for_link.html", form=form), 422 if form.sent else 200


@pages.page("/link/<token>", policy=PUBLIC, methods=("GET", "POST"))
@limiter.limit("30 per minute")
def link(token: str) -> ResponseReturnValue:
    """Spend a link with a button: opening it (as mail scanners do) changes nothing."""
    if request.method == "GET":
        return render_template("accounts/link.html")
    found = operations.use_link(token, now=now())
    return sign_device_in(found.account, url_for("site.desk"))


@pages.page("/sign-out", policy=AT_THE_DOOR, methods=("POST",))
def sign_out() -> ResponseReturnValue:
    """Sign this device out and clear what the browser kept."""
    device = session.get(SignIn, viewer().sign_in_id)
    if device is not None:
        operations.end_device(device, actor=viewer().actor(), now=now())
    form_session.clear()
    flash(_("You are signed out."), "success")
    answer = make_response(redirect(url_for("site.home"), 303))
    answer.delete_cookie(cookie_name(), path="/", secure=settings().secure_cookies, httponly=True, samesite="Lax")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _me() -> Account:
    return session.get_one(Account, viewer().account_id)


@pages.page("/second-factor", policy=AT_THE_DOOR, methods=("GET", "POST"))
@limiter.limit("10 per minute", methods=["POST"])
@limiter.limit("5 per minute; 30 per hour", methods=["POST"], key_func=account_at_the_door, deduct_when=was_wrong)
def second_factor() -> ResponseReturnValue:
    """Give the code; the device gets a new token with its new rights."""
    account, form = _me(), CodeForm()
    if account.totp_confirmed_at is None:
        return redirect(url_for("accounts.set_up_second_factor"), 303)
    if form.validate_on_submit():
        try:
            return _raise_device(account, form.code.data)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("accounts/second_factor.html", form=form), 422 if form.sent else 200


def _raise_device(account: Account, code: str) -> ResponseReturnValue:
    operations.give_second_factor(account, code, settings().keyring, now=now())
    old = session.get(SignIn, viewer().sign_in_id)
    if old is not None:
        operations.end_device(old, actor=viewer().actor(), now=now())
    return sign_device_in(account, url_for("site.desk"), second_factor=True)


@pages.page("/second-factor/set-up", policy=AT_THE_DOOR, methods=("GET", "POST"), reads_first=True)
@limiter.limit("10 per minute", methods=["POST"])
def set_up_second_factor() -> ResponseReturnValue:
    """Set the second factor up: first a button makes the secret, then a code proves that it was kept."""
    account, form = _me(), CodeForm()
    if account.totp_confirmed_at is not None:
        return redirect(url_for("accounts.second_factor"), 303)
    if request.method == "POST":
        start_writing()
        account = _me()
        if "begin" in request.form:
            operations.new_second_factor(account, settings().keyring)
            return redirect(url_for("accounts.set_up_second_factor"), 303)
        if form.validate():
            try:
                return _raise_device(account, form.code.data)
            except WrongCode as wrong:
                form.refuse(wrong)
    secret = operations.second_factor_secret(account, settings().keyring) if account.totp_secret else ""
    address = TOTP(secret).provisioning_uri(name=account.email, issuer_name="Forum") if secret else ""
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="#fff") if secret else ""
    return (
        render_template("accounts/set_up_second_factor.html", form=form, secret=secret, picture=picture),
        422 if form.sent else 200,
    )
