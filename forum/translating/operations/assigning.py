"""Giving texts to somebody by a day, and taking them back; who gets some is told in one mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from forum.accounts.models import Account
from forum.audit import operations as audit
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.identifiers import public_id
from forum.core.premises import premises
from forum.core.refusals import spoken
from forum.drafting.neighbours import Scope
from forum.offices.rules import BEIJING
from forum.ports.mail.outbox import post
from forum.reminders.wording import day_words
from forum.translating.errors import BothParts, DayIsOver, NothingChosen, NotOneOfThem
from forum.translating.models import TASKS, Task, TextAssignment
from forum.translating.queries.assignments import Entry, clashes

_IN_ONE = 400  # rows of one statement


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody has to do with texts, by when, and what they should know."""

    task: Task
    due_on: date
    note: str = ""


def today_of(now: datetime) -> date:
    """Return the day by which due dates count: that of the national office."""
    return now.astimezone(ZoneInfo(BEIJING)).date()


def assign(
    scope: Scope, entries: Sequence[Entry], order: Order, account: Account | None, *, actor: Actor, now: datetime
) -> int:
    """Give texts of a scope to somebody who may work on them; return how many.

    ``account`` is None when who was named doesn't work on the scope.  Raises ``NothingChosen``, ``NotOneOfThem``,
    ``DayIsOver``, or ``BothParts`` where a person would translate and review one text.
    """
    if not entries:
        raise NothingChosen
    if account is None:
        raise NotOneOfThem
    if order.due_on < today_of(now):
        raise DayIsOver
    both = clashes(entries, order.task, account.id, account.actor().reference)
    if both:
        raise BothParts(count=both)
    _write(scope, entries, order, account, actor=actor, now=now)
    audit.record(
        actor,
        "assign_texts",
        scope.entity,
        scope.entity_id,
        now=now,
        chain=scope.chain,
        texts=len(entries),
        task=str(order.task),
        to=account.actor().reference,
        due=order.due_on.isoformat(),
    )
    if account.id != actor.account_id:
        _tell(scope, len(entries), order, account, now=now)
    return len(entries)


def _write(
    scope: Scope, entries: Sequence[Entry], order: Order, account: Account, *, actor: Actor, now: datetime
) -> None:
    """Write the assignments; what somebody else had passes on."""
    upsert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(TextAssignment)
    given = {
        "collection": scope.collection,
        "scope": scope.name,
        "account_id": account.id,
        "due_on": order.due_on,
        "note": order.note,
        "by": actor.reference,
        "at": now,
    }
    statement = upsert.on_conflict_do_update(
        index_elements=["entity", "entity_id", "field", "lang", "task"],
        set_={name: getattr(upsert.excluded, name) for name in given},
    )
    keys = ("entity", "entity_id", "field", "lang")
    rows = [{**dict(zip(keys, entry.named, strict=True)), "task": order.task, **given} for entry in entries]
    rows.sort(key=lambda row: tuple(str(row[key]) for key in keys))  # two who assign at once lock in one order
    for start in range(0, len(rows), _IN_ONE):
        session.execute(statement, rows[start : start + _IN_ONE], execution_options={"synchronize_session": False})


def take_back(
    scope: Scope, entries: Sequence[Entry], task: Task, account_public_id: str, *, actor: Actor, now: datetime
) -> int:
    """Take texts back from somebody; return how many they had of them."""
    held = [
        each.row
        for entry in entries
        for each in entry.assigned
        if each.row.task is task and each.row.account.public_id == account_public_id
    ]
    if not held:
        raise NothingChosen
    who = held[0].account.actor().reference
    for start in range(0, len(held), _IN_ONE):
        ids = [(row.id, row.account_id) for row in held[start : start + _IN_ONE]]
        session.execute(
            delete(TextAssignment).where(tuple_(TextAssignment.id, TextAssignment.account_id).in_(ids)),
            execution_options={"synchronize_session": False},
        )
    audit.record(
        actor,
        "take_texts_back",
        scope.entity,
        scope.entity_id,
        now=now,
        chain=scope.chain,
        texts=len(held),
        task=str(task),
        of=who,
    )
    return len(held)


def _tell(scope: Scope, count: int, order: Order, account: Account, *, now: datetime) -> None:
    """Write to who got the texts, in their language: one mail for one act."""
    language = "zh" if account.language == "zh" else "en"
    post(
        "texts_assigned",
        account.email,
        language,
        now=now,
        key=f"texts:{public_id()}",
        title=scope.title.shown(language).text,
        task=spoken(TASKS[order.task], translator(language)),
        count=count,
        due=day_words(order.due_on, language),
        note=order.note,
        address=f"{premises().base_url}/{language}/desk/translation/mine",
    )
