"""Laying down weights, and keeping the list of countries without diplomatic relations."""

from __future__ import annotations

from dataclasses import asdict, astuple
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.matching.errors import LimitsUnsound, OwnCountry, UnknownCountry, WeightsChanged, WeightsUnsound
from forum.matching.models import MatchWeights, NoRelations
from forum.matching.queries import newest_weights
from forum.matching.rules.facts import AT_HOME
from forum.matching.rules.score import DEFAULT_WEIGHTS, WHOLE, Weights
from forum.places.models import Country


def lay_down_weights(weights: Weights, *, floor: int, cap: int, seen: int, actor: Actor, now: datetime) -> MatchWeights:
    """Lay down the next version of the weights; ``seen`` is the number of the version that the person looked at.

    Raises ``WeightsUnsound``, ``LimitsUnsound`` or ``WeightsChanged``.
    """
    if not weights.sound:
        raise WeightsUnsound(total=sum(astuple(weights)))
    if not 0 <= floor <= WHOLE or cap < 1:
        raise LimitsUnsound
    made = MatchWeights(number=seen + 1, floor=floor, cap=cap, set_by=actor.reference, **asdict(weights))
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as taken:
        raise WeightsChanged from taken
    record(
        actor, "lay_down", "match_weights", made.public_id, now=now,
        number=made.number, floor=floor, cap=cap, **asdict(weights),
    )  # fmt: skip
    return made


def weights_in_force(now: datetime) -> MatchWeights:
    """Return the newest weights; the first time, the defaults become version 1."""
    return newest_weights() or lay_down_weights(DEFAULT_WEIGHTS, floor=30, cap=10, seen=0, actor=SYSTEM, now=now)


def list_country(iso2: str, *, actor: Actor, now: datetime) -> None:
    """Put a country on the list; raise ``UnknownCountry`` or ``OwnCountry``.  Listed already, it stays listed."""
    if iso2 in AT_HOME:
        raise OwnCountry
    if session.get(Country, iso2) is None:
        raise UnknownCountry
    if session.get(NoRelations, iso2) is None:
        session.add(NoRelations(country_iso2=iso2, listed_by=actor.reference, listed_at=now))
        session.flush()
        record(actor, "list_country", "match_no_relations", iso2, now=now)


def unlist_country(iso2: str, *, actor: Actor, now: datetime) -> None:
    """Take a country off the list."""
    if (listed := session.get(NoRelations, iso2)) is not None:
        session.delete(listed)
        session.flush()
        record(actor, "unlist_country", "match_no_relations", iso2, now=now)
