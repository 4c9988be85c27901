"""Opening, editing and confirming the profile of a city."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.cities import queries, rules
from forum.cities.errors import PopulationIncomplete, ProfileExists, SummaryMissing
from forum.cities.models import CityProfile
from forum.cities.operations.keeping import Texts, choose_original, lock, saved, still_standing, today_in
from forum.cities.words import CityLevel, Visibility
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.places.models import City
from forum.translation import operations as translation


def open_profile(city: City, *, actor: Actor, now: datetime, level: CityLevel = CityLevel.PREFECTURE) -> CityProfile:
    """Begin the profile of a city, hidden; raise ``ProfileExists``."""
    more = [rules.slug_of(city.country.name_en or city.country_iso2)]
    slug = rules.first_free(rules.slug_of(city.name_en or "city"), more, queries.addresses_taken())
    profile = CityProfile(city_id=city.id, city=city, slug=slug, level=level, source_lang=actor.language)
    try:
        with session.begin_nested():
            session.add(profile)
            session.flush()
    except IntegrityError as fault:
        raise ProfileExists from fault
    revisions.bump(revisions.CITIES, now=now)
    record(actor, "open", "city_profile", profile.public_id, now=now, city=city.public_id)
    return profile


def edit_profile(
    profile: CityProfile,
    version: int,
    texts: Texts,
    facts: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> CityProfile:
    """Save a profile.

    Raises ``ChangedMeanwhile``, ``HasMerged``, ``PopulationIncomplete``, ``SummaryMissing``, ``AreaTwice``,
    ``TooManyAreas`` and ``UnknownArea``.
    """
    still_standing(profile)
    lock(profile, version)
    values = dict(facts)
    if "focus_areas" in values:
        values["focus_areas"] = rules.ranked(values["focus_areas"])
    sourced = _will_say(profile, "population_source", texts)
    if values.get("population") and not (values.get("population_year") and sourced):
        raise PopulationIncomplete
    shown = values.get("visibility", profile.visibility) == Visibility.PUBLIC
    if shown and not _will_say(profile, "summary", texts):
        raise SummaryMissing
    before = profile.visibility
    for name, value in values.items():
        setattr(profile, name, value)
    choose_original(profile, texts, actor)
    translation.record(profile, "city_profile", texts, actor=actor, now=now)
    saved(profile, now)
    record(
        actor,
        "edit",
        "city_profile",
        profile.public_id,
        now=now,
        fields=sorted(values),
        before=str(before),
        after=str(profile.visibility),
    )
    return profile


def confirm(profile: CityProfile, *, actor: Actor, now: datetime) -> None:
    """Note that somebody of the city has read the profile and found it right today; raise ``HasMerged``."""
    still_standing(profile)
    lock(profile, None)
    profile.last_confirmed_on = today_in(profile.city, now)
    saved(profile, now)
    record(actor, "confirm", "city_profile", profile.public_id, now=now, on=profile.last_confirmed_on.isoformat())


def _will_say(thing: Any, field: str, texts: Texts) -> bool:
    """Tell whether a field has words in either language once these texts are saved."""
    return any(texts.get((field, language), thing.side(field, language)).strip() for language in LANGUAGES)
