"""Reading offices: what an account holds now, and who holds a role for a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, bindparam, func, or_, select

from forum.core.database import session
from forum.offices.models import Office, OfficeRole, scope_of
from forum.offices.rules import in_term
from forum.places.models import City

_DAY = timedelta(days=1)
# Asked with every request of somebody who has signed in: made once, and no more columns than the answer needs.
_HELD = (
    select(Office.role, Office.city_id, Office.province_code, Office.starts_on, Office.ends_on, City.zone_name)
    .outerjoin(City, City.id == Office.city_id)
    .where(
        Office.account_id == bindparam("account"),
        Office.starts_on <= bindparam("until"),
        or_(Office.ends_on.is_(None), Office.ends_on >= bindparam("from")),
        Office.ended_at.is_(None),
    )
)


def _around(query: Select[Office], now: datetime) -> Select[Office]:
    """Keep the terms that may run somewhere on Earth now; the zone of the place decides afterwards."""
    day: date = now.date()
    return query.where(
        Office.starts_on <= day + timedelta(days=1),
        or_(Office.ends_on.is_(None), Office.ends_on >= day - timedelta(days=1)),
        Office.ended_at.is_(None),
    )


def runs(office: Office, now: datetime) -> bool:
    """Tell whether an office is held now, by the calendar of its place."""
    if office.ended_at is not None and office.ended_at <= now:
        return False
    zone = office.city.zone_name if office.city is not None else ""
    return in_term(office.starts_on, office.ends_on, now=now, zone_name=zone)


def offices_of(account_id: int, now: datetime) -> Sequence[Office]:
    """Return the offices that an account holds now."""
    rows = session.scalars(_around(select(Office).where(Office.account_id == account_id), now).order_by(Office.id))
    return [office for office in rows if runs(office, now)]


def grants_of(account_id: int, now: datetime) -> Iterable[tuple[str, str]]:
    """Return the offices of an account as grants, such as ``("city_liaison", "city:12")``."""
    rows = session.execute(_HELD, {"account": account_id, "from": now.date() - _DAY, "until": now.date() + _DAY})
    return [
        (str(role), scope_of(city_id, province_code))
        for role, city_id, province_code, starts_on, ends_on, zone in rows
        if in_term(starts_on, ends_on, now=now, zone_name=zone or "")
    ]


def holders(
    role: OfficeRole, now: datetime, *, city_id: int | None = None, province_code: str | None = None
) -> Sequence[Office]:
    """Return who holds a role for a place now, those longest in office first."""
    query = select(Office).where(Office.role == role, Office.city_id == city_id, Office.province_code == province_code)
    rows = session.scalars(_around(query, now).order_by(Office.starts_on, Office.id))
    return [office for office in rows if runs(office, now)]


def roster(now: datetime) -> Mapping[tuple[str, str], Sequence[Office]]:
    """Return everybody in office now by role and scope, such as ``("city_liaison", "city:12")``: one statement."""
    found: dict[tuple[str, str], list[Office]] = {}
    for office in session.scalars(_around(select(Office), now).order_by(Office.starts_on, Office.id)):
        if runs(office, now):
            found.setdefault((str(office.role), office.scope), []).append(office)
    return found


def holders_at(role: str, scope: str, now: datetime) -> Sequence[Office]:
    """Return who holds a role now for a place as grants name it, such as ``city:12`` or ``nation:``."""
    kind, _, place = scope.partition(":")
    return holders(
        OfficeRole(role),
        now,
        city_id=int(place) if kind == "city" else None,
        province_code=place if kind == "province" else None,
    )


def by_public_id(public_id: str) -> Office | None:
    """Return an office."""
    return session.scalar(select(Office).where(Office.public_id == public_id))


def every_office() -> Sequence[Office]:
    """Return all offices, those still held first."""
    return session.scalars(
        select(Office).order_by(Office.ended_at.is_not(None), Office.role, Office.starts_on, Office.id)
    ).all()


def all_of(account_id: int) -> Sequence[Office]:
    """Return every office of an account, whenever it runs."""
    return session.scalars(select(Office).where(Office.account_id == account_id).order_by(Office.id)).all()


def page(role: str, *, offset: int, limit: int) -> tuple[Sequence[Office], int]:
    """Return a page of the offices, those not ended first, and how many there are; all roles where none is given."""
    query = select(Office)
    if role:
        query = query.where(Office.role == OfficeRole(role))
    count = session.scalar(select(func.count()).select_from(query.with_only_columns(Office.id).subquery())) or 0
    order = (Office.ended_at.is_not(None), Office.role, Office.starts_on.desc(), Office.id)
    return session.scalars(query.order_by(*order).offset(offset).limit(limit)).unique().all(), count
