"""Planning what is to be told, telling it in one mail a day, and forgetting it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from forum.audit.operations import record
from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.ports.mail.models import Lane
from forum.ports.mail.outbox import post
from forum.reminders import queries
from forum.reminders.errors import OffsetsOutOfRange
from forum.reminders.models import Notice, NoticeState, Reminder, ReminderDigest, ReminderOffset, ReminderState
from forum.reminders.queries import Recipient
from forum.reminders.rules import FARTHEST, MOST_OFFSETS, Due, telling_days
from forum.reminders.wording import Line, line, packed
from forum.workdays import queries as workdays
from forum.workdays.rules.calendars import Calendar

KEPT = timedelta(days=800)  # after the due date: two rounds of yearly reports
_CONTENT = ("source", "title_en", "title_zh", "sentence", "facts", "next_step", "step_facts", "link")


@dataclass(slots=True)
class Planned:
    """What planning came to."""

    opened: int = 0
    changed: int = 0
    settled: int = 0


def plan(dues: Iterable[tuple[str, Due]], *, unheard: Collection[str] = (), now: datetime) -> Planned:
    """Bring the reminders into line with the due dates that still stand, each with the name of its room.

    What isn't named any more is settled, but for the rooms in ``unheard``, which gave no answer.  The notices
    of a date that moved or was settled are cancelled unless they were told; those of a new one begin with today.
    """
    named = list(dues)
    people = queries.recipients({due.account_id for _, due in named}, now)
    wanted = {due.key: (source, due) for source, due in named if due.account_id in people}
    found, offsets, calendar = Planned(), queries.offsets(), workdays.calendar()
    standing = {(one.object_reference, one.kind, one.due_on, one.account_id): one for one in queries.standing()}
    _settle([one for key, one in standing.items() if key not in wanted and one.source not in unheard], wanted, found)
    for key, (source, due) in wanted.items():
        content = _content(source, due)
        known = standing.get(key)
        notices: Sequence[Notice]
        if known is None:
            reminder_id = _open(due, content)
            notices = queries.notices_of(reminder_id)
            found.opened += 1
        else:
            reminder_id, notices = known.id, known.notices
            if any(getattr(known, name) != content[name] for name in _CONTENT):
                session.execute(update(Reminder).where(Reminder.id == known.id).values(**content))
                found.changed += 1
        person = people[due.account_id]
        days = telling_days(due, offsets.get(due.kind, due.offsets), person.region, calendar=calendar)
        _set_notices(reminder_id, notices, days, person.today(now))
    session.flush()
    session.expire_all()
    return found


def _content(source: str, due: Due) -> dict[str, Any]:
    return {
        "source": source,
        "title_en": due.title.en,
        "title_zh": due.title.zh,
        "sentence": due.sentence,
        "facts": packed(due.facts),
        "next_step": due.next_step,
        "step_facts": packed(due.step_facts),
        "link": due.link,
    }


def _upsert(model: type[Any]) -> Any:
    return (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(model)


def _open(due: Due, content: dict[str, Any]) -> int:
    """Open a reminder, or open it again; two who do so at once open one."""
    opened = {**content, "state": ReminderState.OPEN}
    made = session.execute(
        _upsert(Reminder)
        .values(
            object_reference=due.object_reference, kind=due.kind, due_on=due.on, account_id=due.account_id, **opened
        )
        .on_conflict_do_update(index_elements=["object_reference", "kind", "due_on", "account_id"], set_=opened)
        .returning(Reminder.id)
    )
    return int(made.scalar_one())


def _settle(gone: Sequence[Reminder], wanted: Collection[tuple[str, str, date, int]], found: Planned) -> None:
    moved_to = {(reference, kind, account_id) for reference, kind, _, account_id in wanted}
    by_state: dict[ReminderState, list[int]] = {ReminderState.MOVED: [], ReminderState.SETTLED: []}
    for one in gone:
        moved = (one.object_reference, one.kind, one.account_id) in moved_to
        by_state[ReminderState.MOVED if moved else ReminderState.SETTLED].append(one.id)
    for state, ids in by_state.items():
        if ids:
            session.execute(update(Reminder).where(Reminder.id.in_(ids)).values(state=state))
            _move(Notice.reminder_id.in_(ids), NoticeState.PLANNED, state=NoticeState.CANCELLED)
    found.settled = len(gone)


def _move(which: Any, before: NoticeState, **values: Any) -> None:
    """Change notices that are still in a state: one that was told in the meantime stays told."""
    session.execute(
        update(Notice).where(which, Notice.state == before).values(**values),
        execution_options={"synchronize_session": False},
    )


def _set_notices(reminder_id: int, notices: Sequence[Notice], days: dict[int, date], today: date) -> None:
    known = {one.offset_days: one for one in notices}
    new = [
        {"reminder_id": reminder_id, "offset_days": offset, "tell_on": day, "state": NoticeState.PLANNED}
        for offset, day in days.items()
        if offset not in known and day >= today
    ]
    if new:
        session.execute(_upsert(Notice).on_conflict_do_nothing(index_elements=["reminder_id", "offset_days"]), new)
    for offset, one in known.items():
        day = days.get(offset)
        if one.state is NoticeState.PLANNED and day is None:
            _move(Notice.id == one.id, NoticeState.PLANNED, state=NoticeState.CANCELLED)
        elif one.state is NoticeState.PLANNED and day != one.tell_on:
            _move(Notice.id == one.id, NoticeState.PLANNED, tell_on=day)
        elif one.state is NoticeState.CANCELLED and day is not None and day >= today:
            _move(Notice.id == one.id, NoticeState.CANCELLED, state=NoticeState.PLANNED, tell_on=day)


def is_time_to_tell(person: Recipient, *, calendar: Calendar, now: datetime) -> bool:
    """Tell whether it is eight or later for somebody, on a day that is worked where they work."""
    return person.morning_has_come(now) and calendar.is_workday(person.today(now), person.region)


def tell(person: Recipient, *, calendar: Calendar, base_url: str, now: datetime) -> int:
    """Tell somebody in one mail what is to be told today; return how many lines it has.

    Nothing before eight in the morning of the person's own clock, nor on a day that is free where they work, and
    one mail a day at most.  What was to be told on such a day is told on the next.  Of several notices of one
    due date the last one counts.
    """
    account, today = person.account, person.today(now)
    if not is_time_to_tell(person, calendar=calendar, now=now):
        return 0
    waiting = queries.to_tell(account.id, today)
    if not waiting:
        return 0
    last = {one.reminder_id: one for one in sorted(waiting, key=lambda one: one.offset_days)}
    claimed = session.execute(
        _upsert(ReminderDigest)
        .values(account_id=account.id, day=today, lines=len(last), at=now)
        .on_conflict_do_nothing(index_elements=["account_id", "day"])
        .returning(ReminderDigest.id)
    ).scalar_one_or_none()
    if claimed is None:
        return 0
    for one in waiting:
        is_last = last[one.reminder_id] is one
        one.state = NoticeState.TOLD if is_last else NoticeState.COVERED
        one.told_at = now if is_last else None
    session.flush()
    language = "zh" if account.language == "zh" else "en"
    lines = [line(one.reminder, language, today=today) for one in last.values()]
    post(
        "reminders_digest",
        account.email,
        language,
        now=now,
        key=f"digest:{account.public_id}:{today.isoformat()}",
        lane=Lane.BULK,
        name=account.name,
        count=len(lines),
        groups=_grouped(lines),
        base_url=base_url,
    )
    record(SYSTEM, "remind", "account", account.public_id, now=now, day=today.isoformat(), lines=len(lines))
    return len(lines)


def _grouped(lines: Iterable[Line]) -> list[list[Line]]:
    """Put lines of one object together; the object with the nearest date comes first."""
    groups: dict[str, list[Line]] = {}
    for one in sorted(lines, key=lambda one: (one.due_on, one.reference, one.sentence)):
        groups.setdefault(one.reference, []).append(one)
    return list(groups.values())


def set_offsets(kind: str, days: Iterable[int] | None, *, actor: Actor, now: datetime) -> None:
    """Set on which days a kind is told, negative before the due date; None returns to the room's own.

    Raises ``OffsetsOutOfRange``.  Planning follows at its next run.
    """
    if days is None:
        session.execute(delete(ReminderOffset).where(ReminderOffset.kind == kind))
        record(actor, "reset_offsets", "reminder_kind", kind, now=now)
        return
    wanted = sorted(set(days))
    if len(wanted) > MOST_OFFSETS or any(abs(day) > FARTHEST for day in wanted):
        raise OffsetsOutOfRange(most=MOST_OFFSETS, farthest=FARTHEST)
    session.execute(
        _upsert(ReminderOffset)
        .values(kind=kind, days=wanted)
        .on_conflict_do_update(index_elements=["kind"], set_={"days": wanted})
    )
    record(actor, "set_offsets", "reminder_kind", kind, now=now, days=wanted)


def erase(account_id: int, now: datetime) -> None:  # noqa: ARG001 - what every room is asked
    """Forget what somebody was told: a deleted account."""
    session.execute(delete(Reminder).where(Reminder.account_id == account_id))
    session.execute(delete(ReminderDigest).where(ReminderDigest.account_id == account_id))


def forget_old(now: datetime) -> int:
    """Remove what was settled long ago; return how much."""
    long_ago = now.date() - KEPT
    gone = session.execute(delete(Reminder).where(Reminder.state != ReminderState.OPEN, Reminder.due_on < long_ago))
    session.execute(delete(ReminderDigest).where(ReminderDigest.day < long_ago))
    return int(getattr(gone, "rowcount", 0))
