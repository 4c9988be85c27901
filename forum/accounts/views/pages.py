"""The pages of this room, and what they share: the cookie and the way back."""

from __future__ import annotations

import re

from flask import current_app, make_response, redirect, request, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from forum.accounts import operations
from forum.accounts.models import Account
from forum.accounts.viewing import cookie_name
from forum.web.policy import Pages
from forum.web.viewer import GrantProvider, Viewer, now, settings

pages = Pages("accounts", __name__)
_LOCAL = re.compile(r"/(?:en|zh)/[\w\-./~%]*(?:\?[\w\-./~%=&+]*)?", re.ASCII)


def way_back(wanted: str | None) -> str:
    """Return an address of this site that the reader asked for, or the desk.

    Only a path that a page of this site answers is followed; a whole URL never is.
    """
    if wanted and _LOCAL.fullmatch(wanted) and "//" not in wanted:
        try:
            current_app.create_url_adapter(request).match(wanted.partition("?")[0], method="GET")  # type: ignore[union-attr]
        except (HTTPException, RequestRedirect):
            pass
        else:
            return wanted
    return url_for("site.desk")


def is_staff(account: Account) -> bool:
    """Tell whether any role calls for the second factor and short sessions."""
    providers: list[GrantProvider] = current_app.extensions["forum.grants"]
    grants = frozenset(grant for provide in providers for grant in provide(account.id, now()))
    return Viewer(account_id=account.id, is_admin=account.is_admin, grants=grants).is_staff


def sign_device_in(account: Account, target: str, *, second_factor: bool = False) -> ResponseReturnValue:
    """Give this browser a fresh token and go on."""
    token = operations.open_device(
        account,
        device=request.user_agent.string,
        network=request.remote_addr or "",
        staff=is_staff(account),
        second_factor=second_factor,
        now=now(),
    )
    form_session.clear()  # whoever knew the form token of the one before doesn't know that of this one
    answer = make_response(redirect(target, 303))
    answer.set_cookie(
        cookie_name(),
        token,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Lax",
        path="/",
        max_age=30 * 86400,
    )
    return answer
