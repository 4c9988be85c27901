"""What the national office and the cities set beforehand: periods, delegations, blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean_line
from forum.partnerships.models import CityBlock, DelegatedApproval, Instrument, PartnershipSetting
from forum.partnerships.rules.terms import Terms
from forum.places.models import City
from forum.reminders.operations import set_offsets


def set_term(key: str, value: int, *, actor: Actor, now: datetime) -> None:
    """Set one period or count; a key that isn't one is unknown."""
    if key not in {field.name for field in fields(Terms)} or value < 0:
        raise NotFound
    session.merge(PartnershipSetting(key=key, value=value))
    session.flush()
    record(actor, "set_term", "partnership_setting", key, now=now, value=value)


def set_reminder_days(kind: str, days: Iterable[int] | None, *, actor: Actor, now: datetime) -> None:
    """Set on which days a kind of due date is told, negative before it; None returns to the default.

    Raises ``OffsetsOutOfRange``.
    """
    set_offsets(kind, days, actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class Handing:
    """Which class of instrument goes to which province, and for how long."""

    reference: str
    instrument: Instrument
    province_code: str
    starts_on: date
    ends_on: date


def delegate(handing: Handing, *, actor: Actor, now: datetime) -> DelegatedApproval:
    """Hand a class of instrument to a province for a period 授权."""
    given = DelegatedApproval(
        reference=clean_line(handing.reference),
        instrument=handing.instrument,
        province_code=handing.province_code,
        starts_on=handing.starts_on,
        ends_on=handing.ends_on,
        given_by=actor.reference,
    )
    session.add(given)
    session.flush()
    record(actor, "delegate", "delegated_approval", given.public_id, now=now, province=handing.province_code)
    return given


def block(city: City, blocked: City, *, actor: Actor, now: datetime) -> None:
    """Let a city no longer be asked by another one; nobody is told why."""
    row = session.scalar(select(CityBlock).where(CityBlock.city_id == city.id, CityBlock.blocked_city_id == blocked.id))
    if row is None:
        row = CityBlock(city_id=city.id, blocked_city_id=blocked.id)
        session.add(row)
    row.ended_at = None
    session.flush()
    record(actor, "block", "city", city.public_id, now=now)


def unblock(city: City, blocked: City, *, actor: Actor, now: datetime) -> None:
    """Let a city be asked again."""
    row = session.scalar(select(CityBlock).where(CityBlock.city_id == city.id, CityBlock.blocked_city_id == blocked.id))
    if row is None or row.ended_at is not None:
        return
    row.ended_at = now
    session.flush()
    record(actor, "unblock", "city", city.public_id, now=now)
