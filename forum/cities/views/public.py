"""The public list of cities and the profile of one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.cities import queries
from forum.cities.areas import areas
from forum.cities.forms.parts import area_choices, language_names
from forum.cities.models import CityProfile, Need, Offer
from forum.cities.permissions import edits, reach_of, reads_inside, shows
from forum.cities.queries import Wanted
from forum.cities.rules import certificate_state, freshness, runs
from forum.cities.views.blueprint import pages
from forum.cities.words import (
    BOUNDARIES,
    CERTIFICATE_STATES,
    CHANGE_KINDS,
    COMMITTEE_PARTS,
    FORMS,
    LANGUAGES,
    LEVELS,
    NEED_LEVELS,
    NETWORKS,
    OFFER_LEVELS,
    Consent,
)
from forum.core import revisions
from forum.core.text import clean_line
from forum.translation.queries import states_of, text_of
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.public_bodies import public_body
from forum.web.viewer import now, viewer

PAGE = 40
LAST = 10_000


def _prepared() -> None:
    """Promise the same answer to every visitor until the registry changes, or the day does."""
    revision, changed_at = revisions.standing(revisions.CITIES)
    midnight = datetime.combine(now().date() + timedelta(days=1), time(), UTC)
    public_body(revisions.CITIES, revision, changed_at=changed_at, until=midnight, kind="registry")


def wanted_from_address() -> Wanted:
    """Return what the address asks for; what no list holds is left out."""
    asked = request.args
    area, language, side = asked.get("area", ""), asked.get("language", ""), asked.get("side", "")
    country = asked.get("country", "").upper()
    return Wanted(
        text=clean_line(asked.get("q", ""))[:100],
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        area=area if area in areas() else "",
        side=side if side in {"offers", "needs"} else "",
        language=language if language in LANGUAGES else "",
    )


def page_from_address() -> int:
    """Return the number of the page asked for, at least one."""
    return min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)


def carried(wanted: Wanted) -> dict[str, Any]:
    """Return what links to other pages of the same list carry."""
    given = {"q": wanted.text, "country": wanted.country, "area": wanted.area, "side": wanted.side}
    return {name: text for name, text in (given | {"language": wanted.language}).items() if text}


def _names(countries: Any, language: str) -> list[tuple[str, str]]:
    ordered = sorted(countries, key=lambda each: each.sort_zh if language == "zh" else (each.name_en or "").casefold())
    return [(each.iso2, each.tr("name", language).text) for each in ordered]


@pages.page("/cities/", policy=PUBLIC)
def cities() -> ResponseReturnValue:
    """The cities that show a profile, found by name and by what they offer and need."""
    wanted, number, language, today = wanted_from_address(), page_from_address(), current_language(), now().date()
    _prepared()
    found, count = queries.public_list(wanted, language, today=today, offset=(number - 1) * PAGE, limit=PAGE)
    ids = [profile.city_id for profile in found]
    kept = carried(wanted)
    return render_template(
        "cities/cities.html",
        found=found,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        wanted=wanted,
        filtered=bool(kept),
        offers=queries.open_areas(Offer, ids, today),
        needs=queries.open_areas(Need, ids, today),
        areas=areas(),
        levels=LEVELS,
        area_choices=[(choice.value, choice.label) for choice in area_choices()],
        country_choices=_names(queries.public_countries(), language),
        language_choices=sorted(zip(LANGUAGES, language_names(LANGUAGES), strict=True), key=_first_zh_and_en),
        stale={each.id for each in found if freshness(each.last_confirmed_on, today) != "fresh"},
        address=lambda page: url_for("cities.cities", **kept, **({"page": page} if page > 1 else {})),
        keeps=bool(reach_of(viewer())),
    )


def _first_zh_and_en(choice: tuple[str, str]) -> tuple[bool, int]:
    return choice[0] not in {"zh", "en"}, LANGUAGES.index(choice[0])


@pages.page("/cities/<city_slug>/", policy=PUBLIC)
def city(city_slug: str) -> ResponseReturnValue:
    """One city: its facts, what it offers and needs, its certificates, pilots, committees and networks."""
    who = viewer()
    profile = queries.by_slug(city_slug)
    if profile is None or profile.successor_id is not None:
        there = queries.moved_to(city_slug)
        if there is None or not shows(who, there):
            abort(404)
        return redirect(url_for("cities.city", city_slug=there.slug), 301)
    if not shows(who, profile):
        abort(404)
    _prepared()
    panels = [panel(profile.city) for panel in current_app.extensions.get("forum.city_panels", ())]
    return render_template("cities/city.html", **_frame(profile), edits=edits(who, profile), panels=panels)


def _frame(profile: CityProfile) -> dict[str, Any]:
    who, today, city_id = viewer(), now().date(), profile.city_id
    consents = [Consent.PUBLIC, *([Consent.PARTNERS] if who.offices or who.is_admin else [])]
    offers = queries.open_areas(Offer, [city_id], today).get(city_id, ())
    needs = queries.open_areas(Need, [city_id], today).get(city_id, ())
    pilots, contacts = queries.entries("pilots", city_id), queries.contacts_shown(city_id, consents, today)
    return {
        "profile": profile,
        "summary": text_of(profile, "summary", states_of([profile])),
        "fresh": freshness(profile.last_confirmed_on, today),
        "offers": _with_texts(offers, "text"),
        "needs": _with_texts(needs, "text"),
        "pilots": _with_texts(pilots, "title"),
        "contacts": contacts,
        "certificates": [
            (each, certificate_state(each.valid_until, today)) for each in queries.entries("certificates", city_id)
        ],
        "committees": [(each, _runs(each, today)) for each in queries.entries("committees", city_id)],
        "networks": [(each, _runs(each, today)) for each in queries.entries("networks", city_id)],
        "changes": queries.entries("changes", city_id),
        "joined": queries.joined_by(city_id),
        "inside": reads_inside(who, profile),
        "today": today,
        **words(),
    }


def _runs(each: Any, today: Any) -> bool:
    return runs(each.starts_on, each.ends_on, today)


def _with_texts(records: Any, field: str) -> list[tuple[Any, Any]]:
    states = states_of(records) if records else {}
    return [(each, text_of(each, field, states)) for each in records]


def words() -> dict[str, Any]:
    """Return the words and lists that pages of cities speak with."""
    return {
        "areas": areas(),
        "levels": LEVELS,
        "boundaries": BOUNDARIES,
        "forms": FORMS,
        "offer_levels": OFFER_LEVELS,
        "need_levels": NEED_LEVELS,
        "certificate_states": CERTIFICATE_STATES,
        "committee_parts": COMMITTEE_PARTS,
        "network_names": NETWORKS,
        "change_kinds": CHANGE_KINDS,
        "language_names": language_names,
    }
