"""What every change of a profile or an entry does: look, lock, save, and say that the public part changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.cities.errors import ChangedMeanwhile, HasMerged
from forum.cities.models import CityProfile
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.places.models import City

Texts = Mapping[tuple[str, str], str]
BEIJING = "Asia/Shanghai"


def today_in(city: City, now: datetime) -> date:
    """Return the day that a city writes."""
    return now.astimezone(ZoneInfo(city.zone_name or BEIJING)).date()


def still_standing(profile: CityProfile) -> None:
    """Refuse to touch what is kept for the record; raise ``HasMerged``."""
    if profile.successor_id is not None:
        raise HasMerged


def lock(thing: Any, version: int | None) -> None:
    """Read a record as it stands and hold it against other writers; raise ``ChangedMeanwhile``."""
    model = type(thing)
    session.scalar(
        select(model)
        .where(model.id == thing.id)
        .options(lazyload("*"))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if version is not None and thing.version != version:
        raise ChangedMeanwhile(at=thing.updated_at)


def saved(thing: Any, now: datetime) -> None:
    """Flush a record and say that the public part of the registry has changed."""
    thing.updated_at = now
    session.flush()
    revisions.bump(revisions.CITIES, now=now)


def choose_original(thing: Any, texts: Texts, actor: Actor) -> None:
    """What is written first is the original: in the writer's language where both sides come at once."""
    if any(thing.side(field, language) for field, language in texts):
        return
    written = {language for (_field, language), text in texts.items() if text.strip()}
    if written:
        thing.source_lang = actor.language if actor.language in written else min(written)
