"""People with accounts, for the site administrator."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from forum.accounts import operations, queries
from forum.accounts.models import Account
from forum.accounts.views.pages import pages
from forum.core.database import session
from forum.core.text import clean_line
from forum.web.policy import ADMIN
from forum.web.viewer import now, viewer

PAGE = 50


@pages.page("/people-with-accounts", policy=ADMIN)
def people() -> ResponseReturnValue:
    """The accounts, found by name or address."""
    wanted = clean_line(request.args.get("q", ""))[:100]
    number = min(max(request.args.get("page", default=1, type=int), 1), 10_000)
    found, count = queries.search(wanted, (number - 1) * PAGE, PAGE)
    return render_template(
        "accounts/people.html",
        found=found,
        count=count,
        q=wanted,
        number=number,
        last=max(1, -(-count // PAGE)),
    )


def _somebody(account_id: str) -> Account:
    found = session.scalar(select(Account).where(Account.public_id == account_id))
    if found is None:
        abort(404)
    return found


@pages.page("/people-with-accounts/<account_id>/reset-second-factor", policy=ADMIN, methods=("POST",))
def reset_second_factor(account_id: str) -> ResponseReturnValue:
    """Help somebody who lost their device."""
    operations.reset_second_factor(_somebody(account_id), actor=viewer().actor(), now=now())
    flash(_("The second factor is reset. The person sets it up at the next sign-in."), "success")
    return redirect(url_for("accounts.people"), 303)


@pages.page("/people-with-accounts/<account_id>/end-sessions", policy=ADMIN, methods=("POST",))
def end_sessions(account_id: str) -> ResponseReturnValue:
    """Sign all devices of somebody out."""
    operations.end_other_devices(_somebody(account_id), None, actor=viewer().actor(), now=now())
    flash(_("All devices of this person are signed out."), "success")
    return redirect(url_for("accounts.people"), 303)
