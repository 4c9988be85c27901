"""Taking drafts under a lease, as many as the engine, its rate and the month's budget allow.

What is taken here was looked at in the same transaction: whether it still has to be drafted, and whether it may leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from forum.core.bilingual import fingerprint, other
from forum.core.database import begin_writing, session
from forum.core.identifiers import public_id
from forum.drafting.models import EngineBreaker, EngineUse, JobState, TranslationJob
from forum.drafting.neighbours import Source, neighbours
from forum.drafting.queries import texts
from forum.drafting.rules import (
    CHANGED,
    GONE,
    LEASE,
    MOST_CHARACTERS,
    MOST_TEXTS,
    MOST_TRIES,
    WORKER_ENDED,
    Breaker,
    minute_of,
    month_of,
    wait_after,
)
from forum.ports.engines.port import Engine


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much an engine may be used: calls in a minute, characters in a month (0: as many as there are)."""

    rate: int = 30
    budget: int = 500_000


@dataclass(frozen=True, slots=True)
class Task:
    """A draft that this worker has taken: what it needs to make it, apart from any transaction."""

    job_id: int
    entity: str
    entity_id: str
    field: str
    text: str
    tries: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Drafts of one direction that go to the engine in one call."""

    claim: str
    source: str
    target: str
    tasks: tuple[Task, ...]


def free_expired(now: datetime) -> int:
    """Put back what a worker had taken that is gone; give up what ended too many of them.  Commits."""
    begin_writing()
    expired = (TranslationJob.state == JobState.RUNNING, TranslationJob.lease_until < now)
    quiet = {"synchronize_session": False}
    session.execute(
        update(TranslationJob)
        .where(*expired, TranslationJob.tries >= MOST_TRIES)
        .values(state=JobState.FAILED, error=str(WORKER_ENDED), settled_at=now, lease_until=None, claim=""),
        execution_options=quiet,
    )
    freed = session.execute(
        update(TranslationJob)
        .where(*expired)
        .values(state=JobState.QUEUED, next_at=now, lease_until=None, claim="")
        .returning(TranslationJob.id),
        execution_options=quiet,
    ).all()
    session.commit()
    return len(freed)


def claim(engine: Engine, allowance: Allowance, now: datetime) -> Batch | None:
    """Take the drafts of the next call; None when nothing is due or the engine may not be called.  Commits.

    Jobs that have become needless, or whose text may not leave any more, are settled on the way.
    """
    while True:
        begin_writing()
        row = lock_breaker(engine.name)
        left = _left(engine.name, allowance, now)
        if not standing(row).may_call(now) or not _in_rate(row, allowance, now) or left == 0:
            session.rollback()
            return None
        rows = _due(now)
        if not rows:
            session.rollback()
            return None
        batch = _take(rows, engine, now, left)
        if batch is not None:
            write_breaker(row, standing(row).called(now))
            note_call(engine.name, row, sum(len(task.text) for task in batch.tasks), now)
        elif any(each.state is JobState.QUEUED for each in rows):  # none fits into the budget
            session.commit()
            return None
        session.commit()
        if batch is not None:
            return batch


def _due(now: datetime) -> list[TranslationJob]:
    query = (
        select(TranslationJob)
        .where(TranslationJob.state == JobState.QUEUED, TranslationJob.next_at <= now)
        .order_by(TranslationJob.next_at, TranslationJob.id)
        .limit(MOST_TEXTS)
        .with_for_update(skip_locked=True)  # SQLite has one writer at a time and leaves the clause out
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _take(rows: list[TranslationJob], engine: Engine, now: datetime, left: int | None) -> Batch | None:
    """Take those of the rows that go together; settle those that have become needless."""
    leaving = texts.outgoing([(row.entity, row.entity_id) for row in rows], now)
    name, tasks, size, lang = public_id(), list[Task](), 0, ""
    for row in rows:
        found = _look(row, leaving if engine.outside else None)
        if isinstance(found, _Dropped):
            row.state, row.error, row.settled_at = JobState.DROPPED, found, now
            continue
        fits = not tasks or (row.lang == lang and not row.alone and size + len(found) <= MOST_CHARACTERS)
        if not fits or (left is not None and size + len(found) > left):
            continue
        row.state, row.claim, row.lease_until, row.tries = JobState.RUNNING, name, now + LEASE, row.tries + 1
        tasks.append(Task(row.id, row.entity, row.entity_id, row.field, found, row.tries))
        size, lang = size + len(found), row.lang
        if row.alone:
            break
    session.flush()
    return Batch(name, other(lang), lang, tuple(tasks)) if tasks else None


def _look(row: TranslationJob, leaving: texts.Outgoing | None) -> str:
    """Return the text of a job, or why it is dropped."""
    source = neighbours.sources.get(row.entity)
    record = texts.record_of(source, row.entity_id) if source is not None else None
    if source is None or record is None or row.field not in source.fields:
        return _Dropped(GONE)
    reason = stale(row, record) or texts.needless(source, record, row.field, texts.states_of([record]))
    if reason is None and leaving is not None:
        reason = leaving.refusal(source, record, row.field)
    return _Dropped(reason) if reason is not None else record.side(row.field, record.source_lang)


class _Dropped(str):
    """Why a job is dropped."""

    __slots__ = ()


def stale(row: TranslationJob, record: Any) -> str | None:
    """Return why a job's source isn't the one that was asked for; None when it is."""
    if row.lang != other(record.source_lang):
        return CHANGED
    now = fingerprint(record.side(row.field, record.source_lang))
    return None if now == row.source_hash else CHANGED


def source_and_record(entity: str, entity_id: str) -> tuple[Source, Any] | None:
    """Return a record and its source, held against other writers; None when either is gone."""
    source = neighbours.sources.get(entity)
    record = texts.record_of(source, entity_id, lock=True) if source is not None else None
    return (source, record) if source is not None and record is not None else None


def lock_breaker(engine: str) -> EngineBreaker:
    """Return the row of an engine, made at its first use, held against other workers until the commit."""
    insert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(EngineBreaker)
    session.execute(
        insert.values(engine=engine, state="closed", failures=0, pause=0, last_error="", calls=0)
        .on_conflict_do_nothing(index_elements=["engine"])
        .execution_options(synchronize_session=False)
    )
    return session.get_one(EngineBreaker, engine, with_for_update=True, populate_existing=True)


def standing(row: EngineBreaker) -> Breaker:
    """Return the state of an engine as a value."""
    return Breaker(row.state, row.failures, row.pause, row.until)


def write_breaker(row: EngineBreaker, state: Breaker) -> None:
    """Keep the state of an engine."""
    row.state, row.failures, row.pause, row.until = state.state, state.failures, state.pause, state.until


def _in_rate(row: EngineBreaker, allowance: Allowance, now: datetime) -> bool:
    return row.minute != minute_of(now) or row.calls < allowance.rate


def _left(engine: str, allowance: Allowance, now: datetime) -> int | None:
    if not allowance.budget:
        return None
    used = session.scalar(
        select(func.sum(EngineUse.characters)).where(EngineUse.engine == engine, EngineUse.month == month_of(now))
    )
    return max(0, allowance.budget - (used or 0))


def note_call(engine: str, row: EngineBreaker, characters: int, now: datetime) -> None:
    """Count a call before it is made: what a killed worker has sent counts as well."""
    minute = minute_of(now)
    row.calls = row.calls + 1 if row.minute == minute else 1
    row.minute = minute
    upsert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(EngineUse)
    session.execute(
        upsert.values(engine=engine, month=month_of(now), calls=1, characters=characters).on_conflict_do_update(
            index_elements=["engine", "month"],
            set_={"calls": EngineUse.calls + 1, "characters": EngineUse.characters + characters},
        ),
        execution_options={"synchronize_session": False},
    )
    session.flush()


def put_back(batch: Batch, now: datetime, reason: str, *, retry: bool) -> None:
    """Settle a call that failed: later again, each alone where the batch was refused, or not at all.

    Only what this worker still holds is touched.  The caller commits.
    """
    for task in batch.tasks:
        values: dict[str, Any] = {"lease_until": None, "claim": "", "error": reason[:300]}
        if not retry and len(batch.tasks) > 1:
            values |= {"state": JobState.QUEUED, "alone": True, "next_at": now, "tries": task.tries - 1}
        elif retry and task.tries < MOST_TRIES:
            values |= {"state": JobState.QUEUED, "next_at": now + wait_after(task.tries)}
        else:
            values |= {"state": JobState.FAILED, "settled_at": now}
        session.execute(
            update(TranslationJob)
            .where(TranslationJob.id == task.job_id, TranslationJob.claim == batch.claim)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
