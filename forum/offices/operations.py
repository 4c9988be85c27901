"""Giving and ending offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.offices.ending import BEFORE_ENDING
from forum.offices.errors import HeldAlready, OwnOffice, TermReversed, WrongPlace
from forum.offices.models import Line, Office, OfficeRole
from forum.offices.queries import runs
from forum.offices.rules import fits
from forum.places.models import City, Province


@dataclass(frozen=True, slots=True)
class Appointment:
    """What somebody is to be, for which place and for how long; no place means the whole country."""

    role: OfficeRole
    starts_on: date
    ends_on: date | None = None
    city: City | None = None
    province: Province | None = None
    line: Line | None = None


def appoint(account: Account, to: Appointment, *, actor: Actor, now: datetime) -> Office:
    """Give somebody an office; raise ``OwnOffice``, ``WrongPlace``, ``TermReversed`` or ``HeldAlready``."""
    if actor.account_id is not None and actor.account_id == account.id:
        raise OwnOffice
    city, province = to.city, to.province
    if not fits(to.role, city=city is not None, province=province is not None):
        raise WrongPlace
    if to.ends_on is not None and to.ends_on < to.starts_on:
        raise TermReversed
    held = session.scalars(
        select(Office).where(
            Office.account_id == account.id,
            Office.role == to.role,
            Office.city_id == (city.id if city else None),
            Office.province_code == (province.code if province else None),
            Office.ended_at.is_(None),
        )
    )
    if any(runs(office, now) or office.starts_on >= to.starts_on for office in held):
        raise HeldAlready
    office = Office(
        account_id=account.id,
        account=account,
        role=to.role,
        city_id=city.id if city else None,
        city=city,
        province_code=province.code if province else None,
        province=province,
        line=to.line,
        starts_on=to.starts_on,
        ends_on=to.ends_on,
        granted_by=actor.reference,
    )
    session.add(office)
    session.flush()
    record(actor, "appoint", "office", office.public_id, now=now, role=str(to.role), scope=office.scope)
    return office


def end(office: Office, *, actor: Actor, now: datetime) -> None:
    """End an office at once; the row stays for the record.  Raises what isn't settled yet."""
    if office.ended_at is not None:
        return
    for question in BEFORE_ENDING:
        question(office, now)
    office.ended_at = now
    office.ended_by = actor.reference
    session.flush()
    record(actor, "end", "office", office.public_id, now=now, role=str(office.role), scope=office.scope)
