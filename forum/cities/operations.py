"""Keeping profiles: opening, editing and confirming them, their entries, and what became of a city."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import lazyload

from forum.audit.operations import record
from forum.cities import queries, rules
from forum.cities.errors import (
    AddressTaken,
    ChangedMeanwhile,
    ConsentInTheFuture,
    ConsentUndated,
    DatesReversed,
    EndsInThePast,
    HasMerged,
    NetworkUnnamed,
    OpenAlready,
    PopulationIncomplete,
    ProfileExists,
    SuccessorHasGone,
    SuccessorNeeded,
    SummaryMissing,
)
from forum.cities.models import (
    Certificate,
    CityChange,
    CityContact,
    CityProfile,
    Need,
    NetworkMembership,
    Offer,
    Pilot,
)
from forum.cities.words import ChangeKind, CityLevel, Consent, Network, Visibility
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.text import search_forms
from forum.places.models import City
from forum.translation import operations as translation

Texts = Mapping[tuple[str, str], str]
BEIJING = "Asia/Shanghai"


def today_in(city: City, now: datetime) -> date:
    """Return the day that a city writes."""
    return now.astimezone(ZoneInfo(city.zone_name or BEIJING)).date()


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
    _still_standing(profile)
    _lock(profile, version)
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
    _original(profile, texts, actor)
    translation.record(profile, "city_profile", texts, actor=actor, now=now)
    _saved(profile, now)
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
    _still_standing(profile)
    _lock(profile, None)
    profile.last_confirmed_on = today_in(profile.city, now)
    _saved(profile, now)
    record(actor, "confirm", "city_profile", profile.public_id, now=now, on=profile.last_confirmed_on.isoformat())


def save_entry(
    profile: CityProfile,
    entry: Any,
    version: int,
    texts: Texts,
    facts: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> Any:
    """Save an offer, need, certificate, pilot, part in a committee, membership or contact, new or known.

    Raises ``ChangedMeanwhile``, ``HasMerged``, ``OpenAlready`` and what the entry's own dates and fields ask for.
    """
    _still_standing(profile)
    new = entry.id is None
    if not new:
        _lock(entry, version)
    values = _sound(type(entry), dict(facts), entry, today_in(profile.city, now))
    for name, value in values.items():
        setattr(entry, name, value)
    entry.city_id = profile.city_id
    if texts:
        _original(entry, texts, actor)
    try:
        with session.begin_nested():
            session.add(entry)
            session.flush()
    except IntegrityError as fault:
        raise OpenAlready from fault
    kind = entry.__tablename__
    if texts:
        translation.record(entry, kind, texts, actor=actor, now=now)
    _saved(entry, now)
    record(
        actor,
        "create" if new else "edit",
        kind,
        entry.public_id,
        now=now,
        city=profile.city.public_id,
        fields=sorted(values),
    )
    return entry


def close_entry(profile: CityProfile, entry: Offer | Need, *, actor: Actor, now: datetime) -> None:
    """Close an offer or a need; it stays for the record, and the area is free for another one."""
    _still_standing(profile)
    _lock(entry, None)
    if entry.closed_on is not None:
        return
    entry.closed_on = today_in(profile.city, now)
    _saved(entry, now)
    record(actor, "close", entry.__tablename__, entry.public_id, now=now, city=profile.city.public_id)


def remove_entry(profile: CityProfile, entry: Any, *, actor: Actor, now: datetime) -> None:
    """Remove an entry that was wrong; offers and needs are closed instead, and changes of a city stay for ever."""
    _still_standing(profile)
    if isinstance(entry, (Offer, Need, CityChange)):
        message = "this kind of entry is never removed"
        raise TypeError(message)
    kind, public_id = entry.__tablename__, entry.public_id
    session.delete(entry)
    session.flush()
    revisions.bump(revisions.CITIES, now=now)
    record(actor, "remove", kind, public_id, now=now, city=profile.city.public_id)


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
    _still_standing(profile)
    _lock(profile, None)
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
    _still_standing(profile)
    if successor is None or successor.id == profile.city_id:
        raise SuccessorNeeded
    other = queries.of_city(successor.id)
    if other is not None and other.successor_id is not None:
        raise SuccessorHasGone
    _lock(profile, None)
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


def _will_say(thing: Any, field: str, texts: Texts) -> bool:
    """Tell whether a field has words in either language once these texts are saved."""
    return any(texts.get((field, language), thing.side(field, language)).strip() for language in LANGUAGES)


def _original(thing: Any, texts: Texts, actor: Actor) -> None:
    """What is written first is the original: in the writer's language where both sides come at once."""
    if any(thing.side(field, language) for field, language in texts):
        return
    written = {language for (_field, language), text in texts.items() if text.strip()}
    if written:
        thing.source_lang = actor.language if actor.language in written else min(written)


def _still_standing(profile: CityProfile) -> None:
    if profile.successor_id is not None:
        raise HasMerged


def _lock(thing: Any, version: int | None) -> None:
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


def _saved(thing: Any, now: datetime) -> None:
    thing.updated_at = now
    session.flush()
    revisions.bump(revisions.CITIES, now=now)


def _sound(model: type[Any], values: dict[str, Any], entry: Any, today: date) -> dict[str, Any]:
    """Check what belongs together in an entry."""
    if model in (Offer, Need, Pilot):
        rules.known_area(values["area"])
    if model in (Offer, Need):
        end = values.get("valid_until")
        if end is not None and end < today and end != entry.valid_until:
            raise EndsInThePast
    first, last = ("issued_on", "valid_until") if model is Certificate else ("starts_on", "ends_on")
    if first in values and values[first] and values.get(last) and values[last] < values[first]:
        raise DatesReversed(field=last)
    if model is NetworkMembership and values["network"] == Network.OTHER and not values.get("name"):
        raise NetworkUnnamed
    if model is CityContact:
        return _consented(values, today)
    return values


def _consented(values: dict[str, Any], today: date) -> dict[str, Any]:
    if values["consent"] == Consent.NONE:
        return values | {"consented_on": None}
    if values.get("consented_on") is None:
        raise ConsentUndated
    if values["consented_on"] > today:
        raise ConsentInTheFuture
    return values
