"""Cities: their liaisons and leads work on their own profile, translators on those that the public reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Account
from forum.cities.models import CityProfile
from forum.cities.permissions import EDITORS, edits, own_cities
from forum.cities.queries import by_slug
from forum.cities.words import Visibility
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Scope
from forum.drafting.sources.cities import name_of
from forum.offices import queries as offices
from forum.offices.models import OfficeRole
from forum.translating.collections.kinds import Collection, is_translator
from forum.web.viewer import Viewer


def _works_on(who: Viewer, profile: CityProfile) -> bool:
    is_public = profile.visibility is Visibility.PUBLIC
    return profile.successor_id is None and (edits(who, profile) or (is_translator(who) and is_public))


def _has_any(who: Viewer) -> bool:
    return is_translator(who) or bool(own_cities(who))


def scope_of(profile: CityProfile) -> Scope:
    """Return the texts of a city."""
    title = profile.city.text("name")
    return Scope("cities", profile.slug, name_of(profile), "city_profile", profile.public_id, title, profile)


def _listed(who: Viewer) -> list[Scope]:
    query = select(CityProfile).where(CityProfile.successor_id.is_(None)).order_by(CityProfile.slug)
    if not is_translator(who):
        query = query.where(CityProfile.city_id.in_(own_cities(who)))
    return [scope_of(profile) for profile in session.scalars(query).unique() if _works_on(who, profile)]


def _found(who: Viewer, key: str) -> Scope | None:
    profile = by_slug(key)
    return scope_of(profile) if profile is not None and _works_on(who, profile) else None


def _others(scope: Scope, now: datetime) -> Iterable[Account]:
    city_id = scope.holder.city_id
    return [each.account for role in EDITORS for each in offices.holders(OfficeRole(role), now, city_id=city_id)]


CITIES = Collection("cities", N_("Cities"), _has_any, _listed, _found, others=_others)
