"""The list of places and the names that pages print; a site administrator corrects them."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import N_
from forum.core.text import clean_line
from forum.places import operations, queries
from forum.places.forms import NameForm
from forum.web.language import current_language
from forum.web.policy import ADMIN, Pages
from forum.web.viewer import now, viewer

pages = Pages("places", __name__)
PAGE = 60
TITLES = {
    "countries": N_("Countries and regions"),
    "provinces": N_("Provinces of China"),
    "cities": N_("Cities"),
    "organisations": N_("Organisations"),
}


@pages.page("/places/<any(countries,provinces,cities,organisations):kind>", policy=ADMIN)
def places(kind: str) -> ResponseReturnValue:
    """The places of one kind, found in either language."""
    wanted = clean_line(request.args.get("q", ""))[:100]
    number = max(request.args.get("page", default=1, type=int) or 1, 1)
    number = min(number, 10_000)
    found, count = queries.search(kind, wanted, current_language(), offset=(number - 1) * PAGE, limit=PAGE)
    return render_template(
        "places/places.html",
        kind=kind,
        titles=TITLES,
        found=found,
        count=count,
        q=wanted,
        number=number,
        last=max(1, -(-count // PAGE)),
    )


@pages.page(
    "/places/<any(countries,provinces,cities,organisations):kind>/<key>",
    policy=ADMIN,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def place(kind: str, key: str) -> ResponseReturnValue:
    """The display name of one place."""
    found = queries.one(kind, key)
    if found is None:
        abort(404)
    form = NameForm(obj=found)
    if form.validate_on_submit():
        operations.override_name(found, form.name_en.data, form.name_zh.data, actor=viewer().actor(), now=now())
        flash(_("The new name is used from now on."), "success")
        return redirect(url_for("places.places", kind=kind), 303)
    return (
        render_template("places/place.html", kind=kind, key=key, titles=TITLES, place=found, form=form),
        422 if form.sent else 200,
    )
