"""The desk of the cities: the profiles that somebody reads or keeps, and the profile of one city."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cities import operations, queries
from forum.cities.forms.parts import CityForm
from forum.cities.forms.profile import MergeForm, ProfileForm, RenameForm
from forum.cities.permissions import (
    CITIES_DESK,
    CITY_EDITORS,
    CITY_KEEPERS,
    CITY_READERS,
    current_profile,
    edits,
    own_cities,
    reach_of,
)
from forum.cities.rules import certificate_state, freshness
from forum.cities.views.blueprint import pages
from forum.cities.views.public import LAST, PAGE, page_from_address, wanted_from_address, words
from forum.cities.words import CONSENTS, VISIBILITIES
from forum.core import revisions
from forum.core.bilingual import Bilingual
from forum.core.refusals import Refusal
from forum.core.text import clean_line
from forum.places import queries as places
from forum.places.models import City
from forum.translation.forms import SettleForm
from forum.translation.operations import settle
from forum.translation.queries import translations_of
from forum.web.language import current_language
from forum.web.viewer import now, viewer

DESK = "/desk/cities"
ZONE = "Asia/Shanghai"
ONE = f"{DESK}/<city_slug>"


@pages.page(f"{DESK}/", policy=CITIES_DESK)
def desk() -> ResponseReturnValue:
    """The cities that somebody keeps or reads, hidden profiles too."""
    who, wanted, number, today = viewer(), wanted_from_address(), page_from_address(), now().date()
    reach = reach_of(who)
    found, count = queries.readable_list(
        reach, wanted, current_language(), today=today, offset=(min(number, LAST) - 1) * PAGE, limit=PAGE
    )
    kept: dict[str, Any] = {"q": wanted.text} if wanted.text else {}
    return render_template(
        "cities/desk/cities.html",
        found=found,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        wanted=wanted,
        waiting=queries.without_profile(own_cities(who)),
        begins=who.is_admin,
        own=own_cities(who),
        levels=words()["levels"],
        fresh={each.id: freshness(each.last_confirmed_on, today) for each in found},
        address=lambda page: url_for("cities.desk", **kept, **({"page": page} if page > 1 else {})),
    )


@pages.page(f"{DESK}/begin", policy=CITY_KEEPERS, methods=("POST",))
def begin() -> ResponseReturnValue:
    """Begin the profile of a city of one's own; a site administrator names any."""
    who = viewer()
    asked = request.form.get("city", "")[:160]
    named = places.city(asked) or _city_named(clean_line(asked))
    if named is None or not (who.is_admin or named.id in own_cities(who)):
        abort(404)
    made = operations.open_profile(named, actor=who.actor(), now=now())
    flash(_("The profile has begun. Nobody else sees it until you show it."), "success")
    return redirect(url_for("cities.profile", city_slug=made.slug), 303)


@pages.page(f"{ONE}/", policy=CITY_READERS)
def desk_city(city_slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the profile
    """Everything that is known of a city, with what can be done."""
    profile, today = current_profile(), now().date()
    found = {kind: queries.entries(kind, profile.city_id) for kind in queries.ENTRIES}
    return render_template(
        "cities/desk/city.html",
        profile=profile,
        found=found,
        edits=edits(viewer(), profile) and profile.successor_id is None,
        fresh=freshness(profile.last_confirmed_on, today),
        certified={each.id: certificate_state(each.valid_until, today) for each in found["certificates"]},
        today=today,
        visibilities=VISIBILITIES,
        consents=CONSENTS,
        successor=queries.of_city(profile.successor_id) if profile.successor_id else None,
        **words(),
    )


@pages.page(f"{ONE}/profile", policy=CITY_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def profile(city_slug: str) -> ResponseReturnValue:  # noqa: ARG001
    """What the city says of itself."""
    found = current_profile()
    form = ProfileForm(data=ProfileForm.present(found)).about(found)
    status = 200
    if request.method == "POST" and not form.validate():
        status = 422
    elif request.method == "POST":
        try:
            operations.edit_profile(found, form.seen, form.sides(), form.values(), actor=viewer().actor(), now=now())
        except Refusal as refusal:
            status = refused(form, refusal, found)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("cities.desk_city", city_slug=found.slug), 303)
    page = render_template(
        "cities/desk/profile.html",
        profile=found,
        form=form,
        edits=differences(form, ProfileForm.present(found)) if status == 409 else [],
        translations=translations_of(found),
        labels=text_labels(form),
        zone=ZONE,
    )
    return page, status


@pages.page(f"{ONE}/confirm", policy=CITY_EDITORS, methods=("POST",))
def confirm(city_slug: str) -> ResponseReturnValue:
    """Say that the profile is right as of today."""
    operations.confirm(current_profile(), actor=viewer().actor(), now=now())
    flash(_("The profile is confirmed as of today."), "success")
    return redirect(url_for("cities.desk_city", city_slug=city_slug), 303)


@pages.page(f"{ONE}/translation", policy=CITY_EDITORS, methods=("POST",))
def settle_profile(city_slug: str) -> ResponseReturnValue:
    """Review the translation of the summary, or confirm that it is still right."""
    settled(current_profile())
    return redirect(url_for("cities.profile", city_slug=city_slug, _anchor="translations"), 303)


@pages.page(f"{ONE}/renamed", policy=CITY_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def renamed(city_slug: str) -> ResponseReturnValue:
    """Note that the city has a new name."""
    found = current_profile()
    form = RenameForm(data={"old_name_en": found.city.name_en, "old_name_zh": found.city.name_zh, "slug": city_slug})
    form.about(found.city, "old_")
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        former = (form.old_name_en.data or "", form.old_name_zh.data or "")
        try:
            operations.rename(
                found,
                former,
                form.slug.data or "",
                form.happened_on.data,
                form.source.data or "",
                actor=viewer().actor(),
                now=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The change is kept. The former address leads on."), "success")
            return redirect(url_for("cities.desk_city", city_slug=found.slug), 303)
    return render_template("cities/desk/renamed.html", profile=found, form=form), status


@pages.page(f"{ONE}/merged", policy=CITY_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def merged(city_slug: str) -> ResponseReturnValue:
    """Note that the city became part of another one."""
    found = current_profile()
    form = MergeForm()
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        try:
            operations.merge(
                found,
                _city_named(form.successor.data or ""),
                form.happened_on.data,
                form.source.data or "",
                actor=viewer().actor(),
                now=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The change is kept. The former address leads on."), "success")
            return redirect(url_for("cities.desk_city", city_slug=city_slug), 303)
    return render_template("cities/desk/merged.html", profile=found, form=form), status


def _city_named(name: str) -> City | None:
    """Return the city that is called exactly so in either language, when there is only one."""
    rows, _count = places.search("cities", name, current_language(), limit=20)
    wanted = name.casefold()
    same = [row for row in rows if wanted in {(row.name_en or "").casefold(), (row.name_zh or "").casefold()}]
    return same[0] if len(same) == 1 else None


def refused(form: CityForm, refusal: Refusal, record: Any) -> int:
    """Show a refusal at its field; a stale edit gets the present version, so that it can be saved over."""
    form.refuse(refusal)
    if refusal.status == 409 and hasattr(record, "version") and record.id is not None:
        form.version.data = str(record.version)
    return refusal.status


def differences(form: CityForm, saved: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what differs between the saved record and what was typed, field by field."""
    return [
        (str(field.label.text), _said(saved.get(field.name)), _said(field.data))
        for field in form
        if field.name != "version" and _said(saved.get(field.name)) != _said(field.data)
    ]


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def text_labels(form: CityForm) -> dict[str, str]:
    """Return how the bilingual fields are called, by field."""
    return {name: str(form[f"{name}_{current_language()}"].label.text) for name in form.texts}


def settled(thing: Bilingual) -> None:
    """Do what a click beside a translation says."""
    form = SettleForm()
    if not form.validate():
        abort(422)
    settle(thing, form.what, form.text.data, form.mark.data, actor=viewer().actor(), now=now())
    revisions.bump(revisions.CITIES, now=now())
    flash(_("Noted."), "success")
