"""Which cities a city doesn't want to be asked by."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.cities.models import CityProfile
from forum.core.database import session
from forum.partnerships.models import CityBlock
from forum.places.models import City


def blocked_by(city: City) -> Sequence[CityProfile]:
    """Return the profiles of the cities that this one has set aside, the latest first; for its own people alone."""
    return session.scalars(
        select(CityProfile)
        .join(CityBlock, CityBlock.blocked_city_id == CityProfile.city_id)
        .where(CityBlock.city_id == city.id, CityBlock.ended_at.is_(None))
        .order_by(CityBlock.id.desc())
    ).all()
