"""The list of offices, and how they're given and ended; for site administrators and the national registrar."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import Account, AccountState
from forum.accounts.queries import by_email
from forum.core.refusals import N_, Refusal
from forum.offices import operations, queries
from forum.offices.errors import UnclearPlace, UnknownAccount
from forum.offices.forms import AppointForm
from forum.offices.models import LINES, OFFICE_ROLES, Line, Office, OfficeRole
from forum.offices.operations import Appointment
from forum.offices.rules import BEIJING, CITY_ROLES, PROVINCE_ROLES
from forum.places import queries as places
from forum.places.models import City, Province
from forum.web.language import current_language
from forum.web.policy import Pages, Policy
from forum.web.viewer import Viewer, now, viewer

pages = Pages("offices", __name__)
PAGE = 50
STATES = {
    "held": (N_("Held"), "good"),
    "coming": (N_("Begins later"), "wait"),
    "over": (N_("Term over"), "past"),
    "ended": (N_("Ended"), "past"),
}


def _keeps(who: Viewer, _args: dict[str, object]) -> bool:
    return who.is_admin or bool(who.places_of("national_registrar"))


OFFICE_KEEPERS = Policy("offices: site administrator or national registrar", _keeps, staff=True)


def state_of(office: Office, at: datetime) -> str:
    """Return where an office stands: ``held``, ``coming``, ``over`` or ``ended``."""
    if office.ended_at is not None:
        return "ended"
    if queries.runs(office, at):
        return "held"
    return "coming" if office.starts_on > at.date() else "over"


@pages.page("/desk/offices", policy=OFFICE_KEEPERS)
def offices() -> ResponseReturnValue:
    """Who holds which office, for which place and how long."""
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), 10_000)
    role = request.args.get("role", "")
    role = role if role in OFFICE_ROLES else ""
    found, count = queries.page(role, offset=(number - 1) * PAGE, limit=PAGE)
    kept: dict[str, Any] = {"role": role} if role else {}
    return render_template(
        "offices/offices.html",
        rows=[(office, *STATES[state_of(office, now())]) for office in found],
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        roles=OFFICE_ROLES,
        role=role,
        lines=LINES,
        zone=BEIJING,
        address=lambda page: url_for("offices.offices", **kept, **({"page": page} if page > 1 else {})),
    )


@pages.page("/desk/offices/new", policy=OFFICE_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def appoint() -> ResponseReturnValue:
    """Give somebody an office."""
    form = AppointForm(data={"starts_on": now().date()})
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        try:
            operations.appoint(_account(form.email.data or ""), _appointment(form), actor=viewer().actor(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The office is given."), "success")
            return redirect(url_for("offices.offices"), 303)
    return render_template("offices/appoint.html", form=form, names=_place_names()), status


@pages.page("/desk/offices/<office_id>/end", policy=OFFICE_KEEPERS, methods=("GET", "POST"))
def end(office_id: str) -> ResponseReturnValue:
    """End an office; asks first."""
    office = queries.by_public_id(office_id)
    if office is None:
        abort(404)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("End this office?"),
            sentence=_(
                "%(name)s no longer acts as “%(role)s” from this moment on. The entry stays for the record.",
                name=office.account.name or office.account.email,
                role=_(OFFICE_ROLES[office.role]),
            ),
            button=_("End the office"),
            cancel_url=url_for("offices.offices"),
        )
    operations.end(office, actor=viewer().actor(), now=now())
    flash(_("The office has ended."), "success")
    return redirect(url_for("offices.offices"), 303)


def _account(email: str) -> Account:
    account = by_email(email)
    if account is None or account.state is not AccountState.ACTIVE:
        raise UnknownAccount
    return account


def _appointment(form: AppointForm) -> Appointment:
    place = _place(form.place.data or "", form.role.data)
    return Appointment(
        role=OfficeRole(form.role.data),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        city=place if isinstance(place, City) else None,
        province=place if isinstance(place, Province) else None,
        line=Line(form.line.data) if form.line.data else None,
    )


def _place(name: str, role: str) -> City | Province | None:
    """Return the place of a role that is called so; raise ``UnclearPlace`` when none or several are."""
    if not name:
        return None
    wanted, language = name.casefold(), current_language()
    # Beijing is a city and a province: the role tells which of them is meant.
    kinds = ("cities",) if role in CITY_ROLES else ("provinces",) if role in PROVINCE_ROLES else ("cities", "provinces")
    found = [row for kind in kinds for row in places.search(kind, name, language, limit=20)[0]]
    same = [row for row in found if wanted in _called(row)] or found
    if len(same) == 1:
        return cast("City | Province", same[0])
    raise UnclearPlace(candidates="; ".join(row.tr("name", language).text for row in same[:5]) or "–")


def _called(row: City | Province) -> set[str]:
    return {(row.name_en or "").casefold(), (row.name_zh or "").casefold()}


def _place_names() -> list[str]:
    language = current_language()
    return [
        row.tr("name", language).text for kind in ("provinces", "cities") for row in places.everything(kind, language)
    ]
