"""The cities that a city has set aside: neither suggested nor able to ask.  The other city isn't told."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cities.models import CityProfile
from forum.cities.permissions import CITY_EDITORS, current_profile
from forum.cities.queries import Wanted, by_slug, public_list
from forum.cities.words import Visibility
from forum.core.text import clean_line
from forum.partnerships.operations.governing import block, unblock
from forum.partnerships.queries.blocks import blocked_by
from forum.partnerships.views.blueprint import pages
from forum.web.language import current_language
from forum.web.viewer import now, viewer

RULE = "/desk/cities/<city_slug>/set-aside"
FOUND = 12


@pages.page(RULE, policy=CITY_EDITORS)
def blocks(city_slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Which cities are set aside, and a search for another one."""
    profile = current_profile()
    asked = clean_line(request.args.get("q", ""))[:80]
    found, count = (
        public_list(Wanted(text=asked), current_language(), today=now().date(), limit=FOUND) if asked else ((), 0)
    )
    aside = blocked_by(profile.city)
    out = {profile.id, *(each.id for each in aside)}
    return render_template(
        "partnerships/blocks.html",
        profile=profile,
        aside=aside,
        q=asked,
        count=count,
        found=[(each, each.id not in out) for each in found],
    )


@pages.page(f"{RULE}/<blocked_slug>", policy=CITY_EDITORS, methods=("POST",), endpoint="block")
def set_aside(city_slug: str, blocked_slug: str) -> ResponseReturnValue:
    """Set a city aside."""
    other = _other(blocked_slug)
    if other.visibility is not Visibility.PUBLIC or other.city_id == current_profile().city_id:
        abort(404)
    block(current_profile().city, other.city, actor=viewer().actor(), now=now())
    flash(_("The city is set aside. It is no longer suggested, and its proposals don’t reach you."), "success")
    return redirect(url_for("partnerships.blocks", city_slug=city_slug), 303)


@pages.page(f"{RULE}/<blocked_slug>/end", policy=CITY_EDITORS, methods=("POST",), endpoint="unblock")
def take_up_again(city_slug: str, blocked_slug: str) -> ResponseReturnValue:
    """Let a city ask again."""
    unblock(current_profile().city, _other(blocked_slug).city, actor=viewer().actor(), now=now())
    flash(_("The city can ask you again."), "success")
    return redirect(url_for("partnerships.blocks", city_slug=city_slug), 303)


def _other(slug: str) -> CityProfile:
    """Return the profile that an address names."""
    found = by_slug(slug)
    if found is None:
        abort(404)
    return found
