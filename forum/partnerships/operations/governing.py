"""What the national office and the cities set beforehand: periods, delegations, blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_line
from forum.partnerships import errors
from forum.partnerships.models import CityBlock, DelegatedApproval, Instrument, PartnershipSetting, SettingChange
from forum.partnerships.neighbours import neighbours
from forum.partnerships.queries.settings import reminder_days, settings_number, terms
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.terms import SETTINGS, changes
from forum.places.models import City, Province
from forum.reminders.errors import OffsetsOutOfRange
from forum.reminders.operations import set_offsets


def set_terms(wanted: Mapping[str, int], reason: str = "", *, seen: int, actor: Actor, now: datetime) -> SettingChange:
    """Set periods and counts; ``seen`` is the number of the change that the person looked at.

    Raises ``SettingOutside`` at the field that is out of bounds, ``NothingChanged``, and ``SettingsChanged`` when
    somebody else was first.  What runs already keeps its dates.
    """
    for key, value in wanted.items():
        bounds = SETTINGS.get(key)
        if bounds is None:
            raise NotFound
        if not bounds.least <= value <= bounds.most:
            raise errors.SettingOutside(field=key, **errors.listed(least=bounds.least, most=bounds.most))
    differing: dict[str, Any] = {key: list(pair) for key, pair in changes(terms(), wanted).items()}
    made = _enter(differing, reason, seen=seen, actor=actor, now=now)
    for key, (_before, after) in differing.items():
        session.merge(PartnershipSetting(key=key, value=after))
    session.flush()
    record(actor, "set_terms", "partnership_setting", made.public_id, now=now, number=made.number, **differing)
    return made


def set_reminder_days(
    wanted: Mapping[str, Sequence[int]], reason: str = "", *, seen: int, actor: Actor, now: datetime
) -> SettingChange:
    """Set on which days kinds of due dates are told, negative before them; ``seen`` as for ``set_terms``.

    Raises ``OffsetsOutOfRange`` at the field, ``NothingChanged`` and ``SettingsChanged``.  What was told stays told;
    planning follows at its next round.
    """
    known = neighbours.reminded
    if not wanted.keys() <= known.keys():
        raise NotFound
    present = reminder_days({kind: known[kind].days for kind in wanted})
    chosen = {kind: tuple(sorted(set(days))) for kind, days in wanted.items()}
    differing = {kind: [list(present[kind]), list(days)] for kind, days in chosen.items() if days != present[kind]}
    made = _enter(differing, reason, seen=seen, actor=actor, now=now)
    for kind in differing:
        try:
            set_offsets(kind, None if chosen[kind] == known[kind].days else chosen[kind], actor=actor, now=now)
        except OffsetsOutOfRange as outside:
            outside.field = kind
            raise
    return made


def _enter(differing: Mapping[str, list[Any]], reason: str, *, seen: int, actor: Actor, now: datetime) -> SettingChange:
    """Give a change its number; of two who saw the same one, the second is refused."""
    if settings_number() != seen:
        raise errors.SettingsChanged
    if not differing:
        raise errors.NothingChanged
    made = SettingChange(
        number=seen + 1, at=now, account_id=actor.account_id, reason=clean(reason), changes=dict(differing)
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as taken:
        raise errors.SettingsChanged from taken
    return made


@dataclass(frozen=True, slots=True)
class Handing:
    """Which class of instrument goes to which province, and for how long."""

    reference: str
    instrument: Instrument
    province_code: str
    starts_on: date
    ends_on: date


def delegate(handing: Handing, *, actor: Actor, now: datetime) -> DelegatedApproval:
    """Hand a class of instrument to a province for a period 授权; raise ``TermReversed`` or ``ReferenceTaken``."""
    if session.get(Province, handing.province_code) is None:
        raise NotFound
    if handing.ends_on < handing.starts_on:
        raise errors.TermReversed
    given = DelegatedApproval(
        reference=clean_line(handing.reference),
        instrument=handing.instrument,
        province_code=handing.province_code,
        starts_on=handing.starts_on,
        ends_on=handing.ends_on,
        given_by=actor.reference,
    )
    try:
        with session.begin_nested():
            session.add(given)
    except IntegrityError as taken:
        raise errors.ReferenceTaken from taken
    record(
        actor,
        "delegate",
        "delegated_approval",
        given.public_id,
        now=now,
        province=handing.province_code,
        instrument=str(handing.instrument),
        starts_on=handing.starts_on.isoformat(),
        ends_on=handing.ends_on.isoformat(),
    )
    return given


def end_delegation(given: DelegatedApproval, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take a delegation back from this moment on; what was approved by it stays approved.

    Raises ``DelegationOver``.
    """
    session.refresh(given, ["ended_at", "ends_on"], with_for_update=True)
    if given.ended_at is not None or given.ends_on < today_in("", now):
        raise errors.DelegationOver
    given.ended_at, given.ended_by, given.end_reason = now, actor.reference, clean(reason)
    session.flush()
    record(actor, "end_delegation", "delegated_approval", given.public_id, now=now, province=given.province_code)


def block(city: City, blocked: City, *, actor: Actor, now: datetime) -> None:
    """Let a city no longer be asked by another one; nobody is told why."""
    row = session.scalar(select(CityBlock).where(CityBlock.city_id == city.id, CityBlock.blocked_city_id == blocked.id))
    if row is None:
        row = CityBlock(city_id=city.id, blocked_city_id=blocked.id)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # a colleague was first, and wanted the same
            return
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
