"""Making the drafts that are due: take them, call the engine outside of any transaction, store what holds.

Between taking and storing anything may happen: a worker is killed, the lease ends, the original changes, a person
writes the translation.  What is stored was compared with the record as it is then, under its lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from forum.audit import operations as audit
from forum.core.actor import SYSTEM
from forum.core.bilingual import other
from forum.core.database import begin_writing, session
from forum.drafting.models import JobState, TranslationJob
from forum.drafting.neighbours import neighbours
from forum.drafting.operations import claiming
from forum.drafting.operations.claiming import Allowance, Batch, Task
from forum.drafting.queries import texts
from forum.drafting.rules import ENGINE, GONE, LOST, NO_ANSWER, TOO_LONG
from forum.ports.engines.port import Engine, EngineDown
from forum.translation import protection
from forum.translation.models import Origin
from forum.translation.operations import record as write

log = structlog.get_logger()
LONGEST_ROUND = 60.0  # seconds; the rest is for the next turn of the schedule
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """What came of one text: a draft, or what was lost of it."""

    text: str = ""
    lost: tuple[str, ...] = ()


def perform_due(
    now: datetime,
    engine: Engine | None,
    *,
    allowance: Allowance | None = None,
    elapsed: Callable[[], float] = time.monotonic,
) -> int:
    """Make the drafts that are due, one call after the other; return how many were stored.

    Keeps its own transactions.  Without an engine nothing is taken and nothing is sent.
    """
    if engine is None:
        return 0
    claiming.free_expired(now)
    begun, done = elapsed(), 0
    while (spent := elapsed() - begun) < LONGEST_ROUND:
        at = now + timedelta(seconds=spent)
        batch = claiming.claim(engine, allowance or Allowance(), at)
        if batch is None:
            break
        done += _perform(batch, engine, at)
    return done


def _perform(batch: Batch, engine: Engine, at: datetime) -> int:
    begun = time.monotonic()
    names = tuple(neighbours.names()) if engine.outside else ()
    session.rollback()  # nothing may be open while we wait for somebody else
    failure: EngineDown | None
    try:
        drafts = _draft(batch, engine, names, at)
    except EngineDown as down:
        failure = down
    except Exception as broken:  # noqa: BLE001 - one answer that nobody foresaw may not hold the others for ever
        session.rollback()
        failure = EngineDown(type(broken).__name__, retry=False)
    else:
        failure = None
    if failure is not None:
        _failed(batch, engine, failure, at + timedelta(seconds=time.monotonic() - begun))
        return 0
    at += timedelta(seconds=time.monotonic() - begun)
    _succeeded(engine, at)
    stored = sum(store(task, batch, drafts[task.job_id], engine.name, at) for task in batch.tasks)
    log.info(
        "drafts",
        engine=engine.name,
        texts=len(batch.tasks),
        characters=sum(len(task.text) for task in batch.tasks),
        stored=stored,
        ms=round((time.monotonic() - begun) * 1000),
    )
    return stored


def _draft(batch: Batch, engine: Engine, names: Sequence[str], at: datetime) -> Mapping[int, Draft]:
    """Return what the engine makes of each text; what lost something is tried once more, as HTML."""
    if not engine.outside:
        found = engine.translate([task.text for task in batch.tasks], batch.source, batch.target)
        return {
            task.job_id: Draft(text, protection.losses(task.text, text) if text else ())
            for task, text in zip(batch.tasks, found, strict=True)
        }
    drafts = _translated(batch.tasks, batch, engine, names, as_html=False)
    again = [task for task in batch.tasks if drafts[task.job_id].lost]
    if again:
        begin_writing()
        row = claiming.lock_breaker(engine.name)
        claiming.note_call(engine.name, row, sum(len(task.text) for task in again), at)
        session.commit()
        drafts |= _translated(again, batch, engine, names, as_html=True)
    return drafts


def _translated(
    tasks: Sequence[Task], batch: Batch, engine: Engine, names: Sequence[str], *, as_html: bool
) -> dict[int, Draft]:
    masked = [protection.mask(task.text, names) for task in tasks]
    lines = [protection.segments(text) for text, _vault in masked]
    asked = [line.core for of_text in lines for line in of_text if line.has_words]
    sent = [protection.as_spans(core) for core in asked] if as_html else asked
    answered = engine.translate(sent, batch.source, batch.target, as_html=as_html) if sent else []
    if len(answered) != len(sent):
        raise EngineDown("answer has the wrong shape", retry=False)
    came = iter([protection.from_spans(text) for text in answered] if as_html else answered)
    drafts = {}
    for task, (_text, vault), of_text in zip(tasks, masked, lines, strict=True):
        cores = [" ".join(next(came).split()) if line.has_words else line.core for line in of_text]
        empty = any(line.has_words and not core for line, core in zip(of_text, cores, strict=True))
        final, lost = protection.unmask(protection.joined(of_text, cores), vault)
        lost = tuple(dict.fromkeys((*lost, *protection.losses(task.text, final, names))))
        drafts[task.job_id] = Draft("" if empty else final, lost)
    return drafts


def _failed(batch: Batch, engine: Engine, down: EngineDown, at: datetime) -> None:
    begin_writing()
    row = claiming.lock_breaker(engine.name)
    claiming.write_breaker(row, claiming.standing(row).failed(at))
    row.last_error, row.last_error_at = down.reason[:120], at
    claiming.put_back(batch, at, f"{ENGINE}{down.reason}", retry=down.retry)
    session.commit()
    log.warning("engine", engine=engine.name, reason=down.reason, texts=len(batch.tasks), state=str(row.state))


def _succeeded(engine: Engine, at: datetime) -> None:
    begin_writing()
    row = claiming.lock_breaker(engine.name)
    before = claiming.standing(row)
    after = before.succeeded()
    if before == after:
        session.rollback()
        return
    claiming.write_breaker(row, after)
    session.commit()
    log.info("engine", engine=engine.name, state=str(row.state), at=at.isoformat())


def store(task: Task, batch: Batch, draft: Draft, engine: str, now: datetime) -> bool:
    """Store a draft in one transaction, if this worker still holds it and the record still wants it; commits."""
    begin_writing()
    job = session.get(TranslationJob, task.job_id, with_for_update=True, populate_existing=True)
    if job is None or job.state is not JobState.RUNNING or job.claim != batch.claim:
        session.rollback()
        return False
    state, error = _settle(task, job, draft, engine, now)
    job.state, job.error, job.settled_at = state, error[:300], now
    job.lease_until, job.claim = None, ""
    session.commit()
    return state is JobState.DONE


def _settle(task: Task, job: TranslationJob, draft: Draft, engine: str, now: datetime) -> tuple[JobState, str]:
    found = claiming.source_and_record(job.entity, job.entity_id)
    if found is None:
        return JobState.DROPPED, GONE
    source, record = found
    reason = claiming.stale(job, record) or texts.needless(source, record, job.field, texts.states_of([record]))
    if reason is not None:
        return JobState.DROPPED, reason
    if draft.lost:
        named = [thing if len(thing) <= 60 else f"{thing[:57]}…" for thing in draft.lost[:_MOST_NAMED]]
        return JobState.FAILED, LOST + ", ".join(named)
    if not draft.text.strip():
        return JobState.FAILED, NO_ANSWER
    most = texts.longest(source, job.field)
    if most is not None and len(draft.text.strip()) > most:
        return JobState.FAILED, TOO_LONG
    side = (job.field, other(record.source_lang))
    actor = SYSTEM.on_behalf_of(job.asked_by)
    write(record, job.entity, {side: draft.text}, actor=actor, now=now, origin=Origin.MACHINE, engine=engine)
    source.wrote(record, now)
    audit.record(
        actor,
        "draft_translation",
        job.entity,
        job.entity_id,
        now=now,
        chain=source.chain_of(record),
        field=job.field,
        language=job.lang,
        engine=engine,
        characters=len(task.text),
    )
    return JobState.DONE, ""
