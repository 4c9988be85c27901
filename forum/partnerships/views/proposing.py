"""Proposing a partnership: whom, what for, and the invitation in both languages."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cities.areas import areas
from forum.cities.models import CityProfile
from forum.cities.queries import Wanted, by_slug, public_list
from forum.cities.words import Visibility
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.core.text import clean_line
from forum.partnerships.errors import BothSidesNeeded
from forum.partnerships.forms import ProposalForm
from forum.partnerships.models import Instrument, Origin
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.proposing import Proposal, propose, side_of
from forum.partnerships.permissions import PROPOSERS
from forum.partnerships.queries.desk import cities_of, refused_before
from forum.partnerships.views.blueprint import address_of, pages
from forum.places.models import City
from forum.web.language import current_language
from forum.web.viewer import now, viewer

FOUND = 20


@pages.page("/desk/partnerships/propose", policy=PROPOSERS, methods=("GET", "POST"), soft_csrf=True, endpoint="propose")
def proposing() -> ResponseReturnValue:
    """Choose a city; then write what is proposed to it."""
    slug = request.args.get("with", "")
    if not slug:
        return _choosing()
    other = _counterpart(slug)
    form = ProposalForm(origin=_origin(request.args.get("from", "")))
    mine = [city for city in cities_of(viewer()) if side_of(city) is not side_of(other.city)]
    form.offer([(city.public_id, city.tr("name", current_language()).text) for city in mine], area_choices())
    if not form.sent:
        if (wanted := request.args.get("city", "")) in {city.public_id for city in mine}:
            form.city.data = wanted
        return _page(other, form, 200)
    if not form.validate():
        return _page(other, form, 422)
    city = next(city for city in mine if city.public_id == form.city.data)
    try:
        version = propose(city, [other.city], _proposal(form, city, other.city), actor=viewer().actor(), now=now())
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _page(_counterpart(slug), form, refusal.status)
    flash(_("The draft is kept. Nobody but your city sees it until you invite."), "success")
    return redirect(address_of(version.public_id), 303)


def _choosing() -> ResponseReturnValue:
    """Search among the cities with a public profile."""
    asked = clean_line(request.args.get("q", ""))[:100]
    if request.method == "POST":
        abort(404)
    found, count = (
        public_list(Wanted(text=asked), current_language(), today=now().date(), limit=FOUND) if asked else ((), 0)
    )
    own = {side_of(city) for city in cities_of(viewer())}
    return render_template(
        "partnerships/choose_city.html",
        q=asked,
        count=count,
        found=[(profile, own != {side_of(profile.city)}) for profile in found],
    )


def _counterpart(slug: str) -> CityProfile:
    """Return a city that everybody may see."""
    profile = by_slug(slug)
    if profile is None or profile.visibility is not Visibility.PUBLIC or profile.successor_id is not None:
        abort(404)
    return profile


def _origin(said: str) -> str:
    return said if said in set(Origin) else Origin.FORUM


def area_choices() -> list[tuple[str, str]]:
    """Return the focus areas in the reader's language."""
    return [(code, area.name.shown(current_language()).text) for code, area in areas().items()]


def _proposal(form: ProposalForm, city: City, other: City) -> Proposal:
    origin = Origin(form.origin.data)
    return Proposal(
        instrument=Instrument(form.instrument.data),
        title=form.text("title"),
        objectives=form.text("objectives"),
        invitation=form.text("invitation"),
        areas=tuple(form.areas.data or ()),
        origin=origin,
        origin_reference=form.origin_reference.data or "",
        # Computed here and now: what a form brings isn't taken for a score.
        origin_parts=neighbours.match(city, other, now().date()) if origin is Origin.MATCH else {},
        cites=refused_before(city, other, form.cites.data or ""),
    )


def _page(other: CityProfile, form: ProposalForm, status: int) -> ResponseReturnValue:
    if not form.city.choices:
        form.refuse(BothSidesNeeded())
        status = max(status, 409)
    return render_template("partnerships/propose.html", other=other, form=form), status
