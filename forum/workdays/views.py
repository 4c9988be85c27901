"""The year of each country, and the office's own corrections to it."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import Refusal
from forum.places import queries as places
from forum.places.models import Country
from forum.web.formats import day as day_words
from forum.web.language import current_language
from forum.web.policy import ADMIN, Pages
from forum.web.viewer import now, viewer
from forum.workdays import operations, queries
from forum.workdays.forms import YEARS, SpecialDayForm
from forum.workdays.models import DAY_KINDS
from forum.workdays.rules.calendars import CHINA, FOOTINGS, Footing, Region, year_of

pages = Pages("workdays", __name__)
PAGE = 50
TONES = {Footing.PUBLISHED: "good", Footing.NOT_ANNOUNCED: "wait", Footing.UNKNOWN: "wait"}


def _names(kind: str) -> list[tuple[str, str]]:
    language = current_language()
    return [
        (place.iso2 if isinstance(place, Country) else place.code, place.tr("name", language).text)
        for place in places.everything(kind, language)
    ]


def _year() -> int:
    year = request.args.get("year", default=now().year, type=int)
    return year if year in YEARS else now().year


@pages.page("/working-days", policy=ADMIN)
def year() -> ResponseReturnValue:
    """One year of one country: what is closed, what is worked, and what the office has corrected."""
    names = _names("countries")
    country = request.args.get("country", "")
    country = country if country in dict(names) else CHINA
    chosen = _year()
    number = min(max(1, request.args.get("page", default=1, type=int) or 1), 10_000)
    special, count = queries.special_days(country, chosen, skip=(number - 1) * PAGE, most=PAGE)
    calendar = queries.calendar()
    region = Region(country)
    footing = calendar.footing(chosen, region)
    return render_template(
        "workdays/year.html",
        names=names,
        country=country,
        country_name=dict(names).get(country, country),
        chosen=chosen,
        years=[(str(each), str(each)) for each in sorted({*range(now().year - 1, now().year + 4), chosen})],
        weekdays=[date(2024, 1, 1 + number) for number in range(7)],  # a Monday and the days after it
        year=year_of(calendar, chosen, region),
        footing=footing,
        footings=FOOTINGS,
        tone=TONES[footing],
        special=special,
        provinces=dict(_names("provinces")) if any(each.subdivision for each in special) else {},
        kinds=DAY_KINDS,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
    )


@pages.page("/working-days/new", policy=ADMIN, methods=("GET", "POST"), soft_csrf=True)
def enter() -> ResponseReturnValue:
    """Enter one day or several in a row."""
    form = SpecialDayForm(country=request.args.get("country", CHINA))
    form.offer(_names("countries"), _names("provinces"))
    if form.validate_on_submit():
        try:
            made = operations.enter(form.special(), actor=viewer().actor(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The special days were entered. Dates reckoned from now on follow them."), "success")
            first = made[0]
            return redirect(url_for("workdays.year", country=first.country_iso2, year=first.day.year), 303)
    return render_template("workdays/enter.html", form=form), 422 if form.sent else 200


@pages.page("/working-days/<special_id>/remove", policy=ADMIN, methods=("GET", "POST"))
def remove(special_id: str) -> ResponseReturnValue:
    """Remove a special day, after asking."""
    found = queries.by_public_id(special_id)
    if found is None:
        abort(404)
    back = url_for("workdays.year", country=found.country_iso2, year=found.day.year)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Remove this special day?"),
            sentence=_(
                "%(day)s (%(name)s): what was published counts again.",
                day=day_words(found.day),
                name=found.tr("name", current_language()).text,
            ),
            button=_("Remove"),
            cancel_url=back,
        )
    operations.remove(found, actor=viewer().actor(), now=now())
    flash(_("The special day was removed."), "success")
    return redirect(back, 303)
