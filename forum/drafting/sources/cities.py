"""What cities say of themselves, offer, look for and try out, as far as the public reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.cities.models import Certificate, CityProfile, Need, Offer, Pilot
from forum.cities.words import Visibility
from forum.core import revisions
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Gate, Source
from forum.drafting.rules import PROFILE_HIDDEN


def name_of(record: Any) -> str:
    """Return the name of a city's texts in the queue, from its profile or from what hangs on it."""
    return f"city:{record.city_id}"


def _profiles(_now: datetime) -> Gate:
    def gate(profile: CityProfile, _field: str) -> str | None:
        return None if _is_public(profile) else PROFILE_HIDDEN

    return gate


def _is_public(profile: CityProfile | None) -> bool:
    return profile is not None and profile.visibility is Visibility.PUBLIC and profile.successor_id is None


def _entries(_now: datetime) -> Gate:
    known: dict[int, bool] = {}

    def gate(entry: Any, _field: str) -> str | None:
        if entry.city_id not in known:
            known[entry.city_id] = _is_public(session.scalar(select(CityProfile).filter_by(city_id=entry.city_id)))
        is_closed = getattr(entry, "closed_on", None) is not None
        return None if known[entry.city_id] and not is_closed else PROFILE_HIDDEN

    return gate


def _of(model: Any) -> Callable[[Sequence[CityProfile]], Sequence[Any]]:
    def rows(profiles: Sequence[CityProfile]) -> Sequence[Any]:
        wanted = [profile.city_id for profile in profiles]
        return session.scalars(select(model).where(model.city_id.in_(wanted)).order_by(model.id)).unique().all()

    return rows


def _show(_record: Any, now: datetime) -> None:
    revisions.bump(revisions.CITIES, now=now)


def _source(model: Any, label: str, *fields: str, gate: Callable[[datetime], Gate] = _entries) -> Source:
    return Source(
        model.__tablename__,
        model,
        fields,
        label,
        gate,
        collection="cities",
        scope_of=name_of,
        within=_of(model),
        wrote=_show,
    )


SOURCES = (
    _source(CityProfile, N_("City profile"), "summary", "population_source", gate=_profiles),
    _source(Offer, N_("Offer"), "text"),
    _source(Need, N_("Need"), "text"),
    _source(Pilot, N_("Pilot"), "title"),
    _source(Certificate, N_("Certificate"), "body"),
)
