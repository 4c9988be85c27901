"""Reading what cities say of their use of a standard: what they consented to, and to whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from forum.cities.models import CityProfile
from forum.cities.words import Visibility
from forum.committees.permissions import is_national_office
from forum.core.database import session
from forum.evidence.models import CityUse
from forum.evidence.permissions import own_cities
from forum.evidence.states import UseConsent, UseState
from forum.standards.models import Standard
from forum.web.viewer import Viewer


def _uses() -> Select[CityUse]:
    return (
        select(CityUse)
        .options(joinedload(CityUse.city), joinedload(CityUse.standard))
        .order_by(CityUse.starts_on, CityUse.id)
    )


def _open_city() -> ColumnElement[bool]:
    """A case is public no longer than its city shows its profile."""
    return (
        select(CityProfile.id)
        .where(CityProfile.city_id == CityUse.city_id, CityProfile.visibility == Visibility.PUBLIC)
        .exists()
    )


def is_public() -> ColumnElement[bool]:
    """Return the condition that a case is confirmed and its city has opened it to everybody."""
    return and_(CityUse.state == UseState.CONFIRMED, CityUse.consent == UseConsent.PUBLIC, _open_city())


def public_uses(*conditions: ColumnElement[bool]) -> Sequence[CityUse]:
    """Return confirmed cases that their cities have opened to everybody."""
    return session.scalars(_uses().where(is_public(), *conditions)).all()


def pack_uses(standard_id: int) -> Sequence[CityUse]:
    """Return confirmed cases that their cities let travel with the answer to a systematic review."""
    travelling = [UseConsent.PACK, UseConsent.PUBLIC]
    return session.scalars(
        _uses().where(
            CityUse.standard_id == standard_id,
            CityUse.state == UseState.CONFIRMED,
            CityUse.consent.in_(travelling),
        )
    ).all()


def slugs(city_ids: Collection[int]) -> Mapping[int, str]:
    """Return the addresses of those cities whose pages are open to everybody."""
    rows = session.execute(
        select(CityProfile.city_id, CityProfile.slug).where(
            CityProfile.city_id.in_(city_ids), CityProfile.visibility == Visibility.PUBLIC
        )
    )
    return {row.city_id: row.slug for row in rows}


def _scope(who: Viewer) -> ColumnElement[bool]:
    if is_national_office(who) or who.places_of("auditor"):
        return CityUse.id.is_not(None)
    return CityUse.city_id.in_(sorted(own_cities(who)))


def listed(who: Viewer, limit: int = 200) -> Sequence[CityUse]:
    """Return the cases of somebody's own cities, or all for the national office; those that wait first."""
    return session.scalars(
        _uses()
        .where(_scope(who))
        .order_by(None)
        .order_by(CityUse.state.desc(), CityUse.starts_on.desc(), CityUse.id.desc())
        .limit(limit)
    ).all()


def count_waiting() -> int:
    """Return how many cases wait for the national office."""
    query = select(func.count()).select_from(CityUse).where(CityUse.state == UseState.FILED)
    return session.scalar(query) or 0


def one(public_id: str, who: Viewer) -> CityUse | None:
    """Return one case, if it is of one's own city, or for the national office."""
    return session.scalar(_uses().where(CityUse.public_id == public_id, _scope(who)))


def with_evidence(limit: int = 200) -> Sequence[tuple[Standard, int]]:
    """Return the deliverables for which cities have filed something that may travel, and how many cases."""
    count = func.count(CityUse.id)
    rows = session.execute(
        select(Standard, count)
        .join(CityUse, CityUse.standard_id == Standard.id)
        .where(
            and_(
                CityUse.state == UseState.CONFIRMED,
                or_(CityUse.consent == UseConsent.PACK, CityUse.consent == UseConsent.PUBLIC),
            )
        )
        .group_by(Standard.id)
        .order_by(Standard.sort_key)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]
