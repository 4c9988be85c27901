"""Reading reminders: what waits for somebody, who is to be told, and what was told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from forum.accounts.models import Account, AccountState
from forum.core.database import session
from forum.core.walltime import UnknownZone, zone_named
from forum.offices.models import Office
from forum.offices.queries import runs
from forum.offices.rules import BEIJING
from forum.reminders.models import Notice, NoticeState, Reminder, ReminderDigest, ReminderOffset, ReminderState
from forum.reminders.rules import MORNING
from forum.workdays import queries as workdays
from forum.workdays.rules.calendars import CHINA, Region
from forum.workdays.rules.hours import local_instant

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is told: in which language, by which clock, and which days are worked where."""

    account: Account
    zone: ZoneInfo
    region: Region

    def today(self, now: datetime) -> date:
        """Return the day it is for this person."""
        return now.astimezone(self.zone).date()

    def morning_has_come(self, now: datetime) -> bool:
        """Tell whether it is eight or later for this person."""
        return local_instant(self.today(now), MORNING, self.zone) <= now


def recipients(account_ids: Collection[int], now: datetime) -> Mapping[int, Recipient]:
    """Return those of the accounts that can be told: two statements for however many.

    The clock is the account's own, else that of the city somebody acts for, else Beijing time for offices in
    China.  Working days are those of the place somebody acts for; without one Monday to Friday.
    """
    wanted = sorted(account_ids)
    held: dict[int, Office] = {}
    for office in session.scalars(select(Office).where(Office.account_id.in_(wanted)).order_by(Office.id)):
        if runs(office, now):
            held.setdefault(office.account_id, office)
    accounts = session.scalars(select(Account).where(Account.id.in_(wanted), Account.state == AccountState.ACTIVE))
    return {one.id: Recipient(one, _zone(one, held.get(one.id)), _region(held.get(one.id))) for one in accounts}


def _zone(account: Account, office: Office | None) -> ZoneInfo:
    city = office.city if office is not None else None
    for name in (account.zone_name, city.zone_name if city is not None else "", BEIJING if office else "UTC"):
        try:
            return zone_named(name)
        except UnknownZone:
            continue
    return ZoneInfo("UTC")


def _region(office: Office | None) -> Region:
    if office is None:
        return Region()
    if office.city is not None:
        return workdays.region_of(office.city)
    return workdays.region_of_province(office.province_code) if office.province_code else Region(CHINA)


def open_for(account_id: int, *, skip: int = 0, most: int = 100) -> Sequence[Reminder]:
    """Return what waits for somebody, the nearest date first."""
    return session.scalars(
        _open_of(account_id)
        .order_by(Reminder.due_on, Reminder.object_reference, Reminder.kind, Reminder.id)
        .offset(skip)
        .limit(most)
    ).all()


def count_open(account_id: int) -> int:
    """Return how many things wait for somebody."""
    return session.scalar(select(func.count()).select_from(_open_of(account_id).subquery())) or 0


def _open_of(account_id: int) -> Select[Reminder]:
    return select(Reminder).where(Reminder.account_id == account_id, Reminder.state == ReminderState.OPEN)


def standing() -> Sequence[Reminder]:
    """Return every open reminder with its notices."""
    return session.scalars(
        select(Reminder).where(Reminder.state == ReminderState.OPEN).options(selectinload(Reminder.notices))
    ).all()


def notices_of(reminder_id: int) -> Sequence[Notice]:
    """Return the notices of one reminder."""
    return session.scalars(select(Notice).where(Notice.reminder_id == reminder_id)).all()


def offsets() -> Mapping[str, tuple[int, ...]]:
    """Return the days that the national office has set, by kind."""
    return {one.kind: tuple(one.days) for one in session.scalars(select(ReminderOffset))}


def accounts_to_tell(now: datetime) -> Sequence[int]:
    """Return the accounts with something to be told, if it were the latest day anywhere on Earth."""
    return session.scalars(
        select(Reminder.account_id)
        .join(Notice)
        .where(
            Reminder.state == ReminderState.OPEN,
            Notice.state == NoticeState.PLANNED,
            Notice.tell_on <= now.date() + _DAY,
        )
        .distinct()
        .order_by(Reminder.account_id)
    ).all()


def to_tell(account_id: int, today: date) -> Sequence[Notice]:
    """Return what is to be told to somebody, locked where the database can: who comes second finds nothing."""
    return session.scalars(
        select(Notice)
        .join(Notice.reminder)
        .options(joinedload(Notice.reminder, innerjoin=True))
        .where(
            Reminder.account_id == account_id,
            Reminder.state == ReminderState.OPEN,
            Notice.state == NoticeState.PLANNED,
            Notice.tell_on <= today,
        )
        .order_by(Notice.id)
        .with_for_update(of=Notice)
        .execution_options(populate_existing=True)
    ).all()


def told(object_reference: str, kind: str, due_on: date) -> Sequence[tuple[int, int, datetime]]:
    """Return who was told of a due date: account, days before (negative) or after it, instant."""
    rows = session.execute(
        select(Reminder.account_id, Notice.offset_days, Notice.told_at)
        .join(Notice)
        .where(
            Reminder.object_reference == object_reference,
            Reminder.kind == kind,
            Reminder.due_on == due_on,
            Notice.state == NoticeState.TOLD,
        )
        .order_by(Notice.told_at, Reminder.account_id)
    )
    return [(account_id, days, at) for account_id, days, at in rows if at is not None]


def digests_of(account_id: int) -> Sequence[ReminderDigest]:
    """Return the mails that somebody got, the newest first."""
    return session.scalars(
        select(ReminderDigest).where(ReminderDigest.account_id == account_id).order_by(ReminderDigest.day.desc())
    ).all()
