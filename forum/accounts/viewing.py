"""From the cookie of a request to the viewer: one query, plus one for each kind of grant."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, request
from sqlalchemy import select, update

from forum.accounts.models import AccountState, SignIn
from forum.core.database import db, session
from forum.core.identifiers import digest
from forum.web.viewer import NOBODY, Grant, GrantProvider, Viewer, now, settings

IDLE_STAFF = timedelta(minutes=30)
IDLE = timedelta(days=14)
TOUCH_AFTER = timedelta(minutes=1)


def cookie_name() -> str:
    """Return the cookie's name; ``__Host-`` needs https."""
    return "__Host-forum" if settings().secure_cookies else "forum"


def load_viewer() -> Viewer:
    """Return the viewer of this request."""
    token = request.cookies.get(cookie_name())
    if not token:
        return NOBODY
    signed = session.scalar(select(SignIn).where(SignIn.token_hash == digest(token)))
    at = now()
    if signed is None or signed.ended_at is not None or signed.expires_at <= at:
        return NOBODY
    account = signed.account
    if account.state is not AccountState.ACTIVE:
        return NOBODY
    grants: set[Grant] = set()
    providers: list[GrantProvider] = current_app.extensions["forum.grants"]
    for provide in providers:
        grants.update(provide(account.id, at))
    viewer = Viewer(
        account_id=account.id,
        public_id=account.public_id,
        name=account.name or account.email,
        email=account.email,
        language=account.language,
        is_admin=account.is_admin,
        second_factor=signed.second_factor_at is not None,
        has_second_factor=account.totp_confirmed_at is not None,
        sign_in_id=signed.id,
        grants=frozenset(grants),
    )
    if at - signed.last_seen_at > (IDLE_STAFF if viewer.is_staff else IDLE):
        return NOBODY
    if at - signed.last_seen_at > TOUCH_AFTER:
        _touch(signed.id)
    return viewer


def _touch(sign_in_id: int) -> None:
    """Note that the device was used, in a transaction of its own: the page itself only reads."""
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now()))
