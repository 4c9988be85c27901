"""Who may read and edit the profile of a city.  It is loaded through the viewer's rights, never by bare address."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.cities import queries
from forum.cities.models import CityProfile
from forum.cities.queries import Reach
from forum.cities.words import Visibility
from forum.web.policy import Policy
from forum.web.viewer import Viewer

EDITORS = ("city_liaison", "city_lead")
OF_CITIES = (*EDITORS, "fa_officer")
OF_PROVINCES = ("province_reviewer", "province_lead", "fa_officer")
OF_THE_NATION = ("national_reviewer", "national_approver", "national_registrar", "auditor")


def _ids(who: Viewer, roles: tuple[str, ...], kind: str) -> frozenset[str]:
    return frozenset(
        key for found, _, key in (place.partition(":") for place in who.places_of(*roles)) if found == kind
    )


def own_cities(who: Viewer) -> frozenset[int]:
    """Return the cities whose profiles somebody keeps."""
    return frozenset(int(key) for key in _ids(who, EDITORS, "city"))


def reach_of(who: Viewer) -> Reach:
    """Return the cities of which somebody may read everything."""
    return Reach(
        everything=who.is_admin or bool(who.places_of(*OF_THE_NATION)),
        city_ids=frozenset(int(key) for key in _ids(who, OF_CITIES, "city")),
        province_codes=_ids(who, OF_PROVINCES, "province"),
    )


def reads_inside(who: Viewer, profile: CityProfile) -> bool:
    """Tell whether somebody may read what the public can't see."""
    return reach_of(who).covers(profile.city)


def edits(who: Viewer, profile: CityProfile) -> bool:
    """Tell whether somebody keeps this profile."""
    return who.is_admin or profile.city_id in own_cities(who)


def current_profile() -> CityProfile:
    """Return the profile of this page; the policy has loaded it."""
    return cast("CityProfile", g.city_profile)


def _load(slug: str) -> CityProfile | None:
    g.city_profile = queries.by_slug(slug)
    return cast("CityProfile | None", g.city_profile)


def shows(who: Viewer, profile: CityProfile) -> bool:
    """Tell whether somebody may know of a profile."""
    return profile.visibility is Visibility.PUBLIC or reads_inside(who, profile)


def _reads(who: Viewer, args: dict[str, Any]) -> bool:
    profile = _load(args["city_slug"])
    return profile is not None and reads_inside(who, profile)


def _edits(who: Viewer, args: dict[str, Any]) -> bool:
    profile = _load(args["city_slug"])
    return profile is not None and edits(who, profile)


def _any_reach(who: Viewer, _args: dict[str, Any]) -> bool:
    return bool(reach_of(who))


def _own(who: Viewer, _args: dict[str, Any]) -> bool:
    return who.is_admin or bool(own_cities(who))


CITY_READERS = Policy("city: its own, its province, the nation", _reads, staff=True)
CITY_EDITORS = Policy("city: its liaison or lead", _edits, staff=True)
CITIES_DESK = Policy("cities: any office that reads them", _any_reach, staff=True)
CITY_KEEPERS = Policy("cities: liaison or lead of a city", _own, staff=True)
