"""What became of a city: renamed, or part of another one; its former address leads on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.cities import queries
from forum.cities.errors import AddressTaken, SuccessorHasGone, SuccessorNeeded
from forum.cities.models import CityChange, CityProfile, Need, Offer
from forum.cities.operations.keeping import lock, still_standing, today_in
from forum.cities.words import ChangeKind
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import search_forms
from forum.places.models import City


def rename(
    profile: CityProfile,
    former: tuple[str, str],
    slug: str,
    on: date,
    source: str,
    *,
    actor: Actor,
    now: datetime,
) -> CityChange:
    """Note that a city has a new name; its former address leads on, and the former names are still found.

    ``former`` holds the former English and Chinese names.  Raises ``AddressTaken`` and ``HasMerged``.
    """
    still_standing(profile)
    lock(profile, None)
    old_slug = profile.slug if slug and slug != profile.slug else None
    if old_slug is not None:
        # A city may take an address of its own again; then it leads nowhere else any more.
        session.execute(
            update(CityChange)
            .where(CityChange.city_id == profile.city_id, CityChange.old_slug == slug)
            .values(old_slug=None)
        )
        if slug in queries.addresses_taken():
            raise AddressTaken
        profile.slug = slug
    made = CityChange(
        city_id=profile.city_id,
        kind=ChangeKind.RENAMED,
        old_name_en=former[0],
        old_name_zh=former[1],
        old_slug=old_slug,
        happened_on=on,
        source=source,
    )
    _remember(profile, former)
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as fault:
        raise AddressTaken from fault
    return _changed(profile, made, actor=actor, now=now)


def merge(
    profile: CityProfile, successor: City | None, on: date, source: str, *, actor: Actor, now: datetime
) -> CityChange:
    """Note that a city became part of another one: its address leads there, what it offered and needed is closed.

    Raises ``SuccessorNeeded``, ``SuccessorHasGone`` and ``HasMerged``.
    """
    still_standing(profile)
    if successor is None or successor.id == profile.city_id:
        raise SuccessorNeeded
    other = queries.of_city(successor.id)
    if other is not None and other.successor_id is not None:
        raise SuccessorHasGone
    lock(profile, None)
    city = profile.city
    profile.successor_id = successor.id
    made = CityChange(
        city_id=city.id,
        kind=ChangeKind.MERGED,
        old_name_en=city.name_en or "",
        old_name_zh=city.name_zh or "",
        successor_id=successor.id,
        successor=successor,
        happened_on=on,
        source=source,
    )
    session.add(made)
    kinds: tuple[type[Any], ...] = (Offer, Need)
    for model in kinds:
        for open_one in session.scalars(select(model).where(model.city_id == city.id, model.closed_on.is_(None))):
            open_one.closed_on = today_in(city, now)
    if other is not None:
        _remember(other, (city.name_en or "", city.name_zh or ""))
    session.flush()
    return _changed(profile, made, actor=actor, now=now)


def _changed(profile: CityProfile, made: CityChange, *, actor: Actor, now: datetime) -> CityChange:
    revisions.bump(revisions.CITIES, now=now)
    record(actor, str(made.kind), "city_profile", profile.public_id, now=now, on=made.happened_on.isoformat())
    return made


def _remember(profile: CityProfile, former: tuple[str, str]) -> None:
    forms = search_forms(*former)
    profile.former_names = " | ".join(part for part in (profile.former_names, forms) if part)[:600]
