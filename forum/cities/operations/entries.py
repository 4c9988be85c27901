"""Offers, needs, certificates, pilots, parts in committees, memberships and contacts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.cities import rules
from forum.cities.errors import (
    ConsentInTheFuture,
    ConsentUndated,
    DatesReversed,
    EndsInThePast,
    NetworkUnnamed,
    OpenAlready,
)
from forum.cities.models import Certificate, CityChange, CityContact, CityProfile, Need, NetworkMembership, Offer, Pilot
from forum.cities.operations.keeping import Texts, choose_original, lock, saved, still_standing, today_in
from forum.cities.words import Consent, Network
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.translation import operations as translation


def save_entry(
    profile: CityProfile,
    entry: Any,
    version: int | None,
    texts: Texts,
    facts: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> Any:
    """Save an offer, need, certificate, pilot, part in a committee, membership or contact, new or known.

    ``version`` is what the editor saw; None for a new entry.  Raises ``ChangedMeanwhile``, ``HasMerged``,
    ``OpenAlready`` and what the entry's own dates and fields ask for.
    """
    still_standing(profile)
    new = entry.id is None
    if not new:
        lock(entry, version)
    values = _sound(type(entry), dict(facts), entry, today_in(profile.city, now))
    for name, value in values.items():
        setattr(entry, name, value)
    entry.city_id = profile.city_id
    if texts:
        choose_original(entry, texts, actor)
    try:
        with session.begin_nested():
            session.add(entry)
            session.flush()
    except IntegrityError as fault:
        raise OpenAlready from fault
    kind = entry.__tablename__
    if texts:
        translation.record(entry, kind, texts, actor=actor, now=now)
    saved(entry, now)
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
    still_standing(profile)
    lock(entry, None)
    if entry.closed_on is not None:
        return
    entry.closed_on = today_in(profile.city, now)
    saved(entry, now)
    record(actor, "close", entry.__tablename__, entry.public_id, now=now, city=profile.city.public_id)


def remove_entry(profile: CityProfile, entry: Any, *, actor: Actor, now: datetime) -> None:
    """Remove an entry that was wrong; offers and needs are closed instead, and changes of a city stay for ever."""
    still_standing(profile)
    if isinstance(entry, (Offer, Need, CityChange)):
        message = "this kind of entry is never removed"
        raise TypeError(message)
    kind, public_id = entry.__tablename__, entry.public_id
    session.delete(entry)
    session.flush()
    revisions.bump(revisions.CITIES, now=now)
    record(actor, "remove", kind, public_id, now=now, city=profile.city.public_id)


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
