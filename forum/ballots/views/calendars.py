"""Calendars of ballots: the public one, and somebody's own by a secret address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import Account, AccountState
from forum.ballots import exports
from forum.ballots.models import Ballot
from forum.ballots.operations import feeds as operations
from forum.ballots.permissions import READERS, RULES_READERS, roles_in
from forum.ballots.queries import feeds, lists
from forum.ballots.views.blueprint import pages
from forum.committees.permissions import reach_of
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.policy import PUBLIC
from forum.web.viewer import GrantProvider, Viewer, now, settings, viewer

KEPT = timedelta(days=60)  # how long a closed ballot stays in a calendar


def _site(endpoint: str, **values: Any) -> str:
    return str(settings().base_url) + url_for(endpoint, **values)


def _calendar(who: Viewer) -> Response:
    reach = reach_of(who)
    rows = lists.for_calendar(reach, now() - KEPT)
    house = settings()

    def page(row: Ballot) -> str:
        return _site("ballots.ballot", ballot_id=row.public_id)

    frame = exports.Frame(
        host=house.calendar_host,
        organiser=_("Forum for Urban Standardization"),
        address=house.mail_from,
        page=page,
        list_page=_site("ballots.ballots"),
        is_private=bool(reach),
    )
    body = exports.as_ics(rows, lambda row: bool(roles_in(row, who) & READERS), frame, current_language())
    made = Response(body, content_type=exports.MEDIA_TYPE)
    made.headers["Content-Disposition"] = 'attachment; filename="ballots.ics"'
    made.headers["Cache-Control"] = "private, no-store" if reach else "no-cache"
    made.add_etag()
    return made


@pages.page("/ballots.ics", policy=PUBLIC)
def calendar() -> ResponseReturnValue:
    """What the reader may see: closing instants for everybody, our steps for those with reach."""
    return _calendar(viewer()).make_conditional(request)


@pages.page("/ballots/calendar", policy=RULES_READERS, methods=("GET", "POST"))
@limiter.limit("20 per hour", methods=["POST"], key_func=lambda: viewer().public_id)
def my_calendar() -> ResponseReturnValue:
    """Somebody's own calendar address; a new one is shown this once and ends the old."""
    account_id = viewer().account_id or 0
    secret = ""
    if request.method == "POST":
        secret = operations.subscribe(account_id, actor=viewer().actor(), now=now())
    addresses = [_site("ballots.feed", lang=code, secret=secret) for code in ("en", "zh") if secret]
    return render_template("ballots/calendar.html", addresses=addresses, there=feeds.of_account(account_id))


@pages.page("/ballots/calendar/end", policy=RULES_READERS, methods=("POST",))
def end_calendar() -> ResponseReturnValue:
    """End the calendar address."""
    operations.revoke(viewer().account_id or 0, actor=viewer().actor(), now=now())
    flash(_("The calendar address no longer works."), "success")
    return redirect(url_for("ballots.my_calendar"), 303)


@pages.page("/ballots/calendar/<secret>.ics", policy=PUBLIC, capability_link=True)
@limiter.limit("60 per minute")
def feed(secret: str) -> ResponseReturnValue:
    """Somebody's own calendar for a calendar program: rights are those that they hold at this moment."""
    found = feeds.by_secret(secret) if len(secret) <= 100 else None
    if found is None or found.account.state is not AccountState.ACTIVE:
        abort(404)
    made = _calendar(_as_viewer(found.account))
    made.headers["Cache-Control"] = "private, max-age=900"
    made.headers["X-Robots-Tag"] = "noindex"
    made.headers["Referrer-Policy"] = "no-referrer"
    return made.make_conditional(request)


def _as_viewer(account: Account) -> Viewer:
    """Return the account as a viewer with its grants, though nobody is signed in."""
    providers: list[GrantProvider] = current_app.extensions["forum.grants"]
    grants = frozenset(grant for provide in providers for grant in provide(account.id, now()))
    return Viewer(account_id=account.id, public_id=account.public_id, is_admin=account.is_admin, grants=grants)
